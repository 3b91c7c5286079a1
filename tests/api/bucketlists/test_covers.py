"""Covers over REST: a form with one file goes in, links come out, and browsers follow them."""

from http import HTTPMethod
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart

from core.bucketlists.models import List
from core.bucketlists.services import update_list
from core.files.models import StoredFile
from tests.api.phone import Phone, json_of, refusal_of
from tests.core.bucketlists.lists import make_item, make_list
from tests.core.files.pictures import picture
from tests.people import make_person

pytestmark = pytest.mark.django_db


class Upload:
    """What a form holds of a file."""

    def __init__(self, content: bytes, name: str = "../../harm.php") -> None:
        self.content, self.name = content, name
        self.content_type = "text/html"

    def read(self) -> bytes:
        return self.content


def put(phone: Phone, path: str, form: dict[str, Any]) -> HttpResponse:
    return phone.call(HTTPMethod.PUT, path, encode_multipart(BOUNDARY, form), content_type=MULTIPART_CONTENT)


def look(url: str, **headers: str) -> HttpResponse:
    """As a browser does, which sends no token."""
    answer: Any = Client().get(url, headers=headers)
    return answer  # type: ignore[no-any-return]


def test_a_cover_goes_in_comes_out_and_is_removed() -> None:
    asha = make_person("asha")
    row, phone = make_list(asha), Phone(asha)
    for path in (f"bucketlists/{row.pk}/cover/", f"items/{make_item(row, asha).pk}/cover/"):
        assert refusal_of(phone.get(path)) == (404, "no_cover")
        answer = put(phone, path, {"file": Upload(picture("JPEG", 600, 300))})
        shown = json_of(answer)
        assert (answer.status_code, shown["width"], shown["height"]) == (200, 600, 300)
        assert json_of(phone.get(path)) == shown
        assert json_of(phone.get(path.removesuffix("cover/")))["cover"] == shown
        for link in (shown["url"], shown["thumbnail_url"]):
            found = look(link)
            assert (found.status_code, found.headers["Content-Type"]) == (200, "image/webp")
            assert found.headers["X-Content-Type-Options"] == "nosniff"
            assert found.content[:4] == b"RIFF"
        assert refusal_of(Phone().get(path))[0] in (401, 404)
        assert phone.delete(path).status_code == 204
        assert phone.delete(path).status_code == 204
        assert look(shown["url"]).status_code == 404


def test_private_covers_are_seen_by_signed_links_and_public_ones_by_plain_links() -> None:
    asha = make_person("asha")
    row, phone = make_list(asha), Phone(asha)
    path = f"bucketlists/{row.pk}/cover/"
    signed = json_of(put(phone, path, {"file": Upload(picture())}))["url"]
    plain = signed.partition("?")[0]
    found = look(signed)
    assert found.headers["Cache-Control"].startswith("private, max-age=")
    again = look(signed, if_none_match=found.headers["ETag"])
    assert (again.status_code, again.content) == (304, b"")
    assert [look(url).status_code for url in (plain, signed[:-4], plain.replace("large", "other"))] == [404] * 3
    update_list(by=asha, list_id=row.pk, is_public=True)
    assert json_of(Phone().get(path))["url"] == plain
    assert look(plain).headers["Cache-Control"] == "public, max-age=3600"
    update_list(by=asha, list_id=row.pk, is_public=False)
    assert look(plain).status_code == 404
    assert Client().post(signed).status_code == 405


def test_a_form_that_is_not_one_picture_is_refused() -> None:
    asha = make_person("asha")
    row, phone = make_list(asha), Phone(asha)
    path = f"bucketlists/{row.pk}/cover/"
    upload = Upload(picture())
    assert refusal_of(phone.call(HTTPMethod.PUT, path)) == (400, "invalid")
    assert refusal_of(put(phone, path, {})) == (400, "invalid")
    assert refusal_of(put(phone, path, {"file": "words"})) == (400, "invalid")
    assert refusal_of(put(phone, path, {"file": [upload, upload]})) == (400, "invalid")
    assert refusal_of(put(phone, path, {"file": upload, "name": "x"})) == (400, "unknown_field")
    assert refusal_of(put(phone, path, {"file": upload, "other": upload})) == (400, "unknown_field")
    assert refusal_of(put(phone, path, {"file": Upload(b"<svg/>")})) == (400, "not_a_picture")
    assert refusal_of(put(phone, path, {"file": Upload(b"x" * (8 * 1024 * 1024 + 1))})) == (413, "too_large")
    assert refusal_of(phone.call(HTTPMethod.PUT, path, {"file": "x"})) == (415, "unsupported_media_type")
    broken = phone.call(HTTPMethod.PUT, path, b"--x", content_type="multipart/form-data")
    assert refusal_of(broken)[0] == 400
    many = {f"part-{number}": "x" for number in range(1_100)}
    assert refusal_of(put(phone, path, many))[0] == 400
    assert refusal_of(put(Phone(), path, {"file": upload})) == (401, "not_signed_in")
    assert not StoredFile.objects.exists()
    assert List.objects.get().cover is None
