"""Lists in the admin: to look at, never to change, and without who voted what."""

import pytest
from django.test import Client

from core.bucketlists.models import AuditEntry, Ballot
from core.bucketlists.services import cast_vote, edit_item
from tests.core.bucketlists.lists import make_item, make_list
from tests.people import make_person

pytestmark = pytest.mark.django_db


def test_an_administrator_looks_and_changes_nothing() -> None:
    """V31"""
    asha = make_person("asha")
    row = make_list(asha)
    item = make_item(row, asha)
    cast_vote(by=asha, item_id=item.pk, vote_type="upvote")
    edit_item(by=asha, item_id=item.pk, title="Rafting")
    client = Client()
    client.force_login(make_person("root", staff=True, superuser=True))
    rows = {
        "list": row.pk,
        "item": item.pk,
        "ballot": Ballot.objects.get().pk,
        "auditentry": AuditEntry.objects.first(),
    }
    for model, pk in rows.items():
        home = f"/admin/bucketlists/{model}/"
        one = f"{home}{getattr(pk, 'pk', pk)}/"
        looks = [client.get(home), client.get(f"{one}change/")]
        assert [page.status_code for page in looks] == [200, 200], model
        refused = (
            client.post(f"{one}change/", {"title": "x"}),
            client.post(f"{one}delete/"),
            client.get(f"{home}add/"),
        )
        assert [answer.status_code for answer in refused] == [403, 403, 403], model
    assert [client.get(f"/admin/bucketlists/{it}/").status_code for it in ("vote", "voter")] == [404, 404]
