"""Opens lists and prints them: `python -m bench.listing <lists> <items>`, a JSON list of `{"id", "items"}`.

The first person who signed up owns them, and everybody else is an editor of each.
"""

import json
import sys
from typing import Any

import django

django.setup()

from core.accounts.models import User  # noqa: E402 settings come first
from core.bucketlists.models import Membership  # noqa: E402
from core.bucketlists.services import add_item, create_list  # noqa: E402
from core.work.clock import database_now  # noqa: E402


def _open(owner: User, others: list[User], items: int) -> dict[str, Any]:
    row = create_list(by=owner, title="Friday night", is_public=True)
    now = database_now()
    Membership.objects.bulk_create(Membership(list=row, user=one, role="editor", joined_at=now) for one in others)
    proposed = [add_item(by=owner, list_id=row.pk, title=f"Map {number}").pk for number in range(items)]
    return {"id": row.pk, "items": proposed}


def main() -> None:
    count, items = int(sys.argv[1]), int(sys.argv[2])
    owner, *others = User.objects.select_related("profile").order_by("pk")
    print(json.dumps([_open(owner, others, items) for _ in range(count)]))


if __name__ == "__main__":
    main()
