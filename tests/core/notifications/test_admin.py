"""Notifications in the admin: to look at, never to change, and without what people said."""

import pytest
from django.test import Client

from core.accounts.models import User
from tests.core.notifications.conftest import Tell, only
from tests.people import make_person

pytestmark = pytest.mark.django_db(transaction=True)


def test_an_administrator_looks_and_changes_nothing(asha: User, tell: Tell) -> None:
    tell(asha, data={"room": "global", "line": "between us"})
    client = Client()
    client.force_login(make_person("root", staff=True, superuser=True))
    home = "/admin/notifications/notification/"
    row = f"{home}{only(asha).pk}/"
    pages = [client.get(address) for address in (home, f"{row}change/")]
    assert [page.status_code for page in pages] == [200, 200]
    assert "global/1" in pages[1].content.decode()
    assert not any("between us" in page.content.decode() for page in pages)
    refused = (client.post(f"{row}change/", {"kind": "x"}), client.post(f"{row}delete/"), client.get(f"{home}add/"))
    assert [answer.status_code for answer in refused] == [403, 403, 403]
