"""Says as many lines in the global room as the argument says: a community that has been there for a while."""

import sys
from uuid import uuid4

import django

django.setup()

from core.accounts.models import User  # noqa: E402 settings come first
from core.chat.services.posting import Draft, post_messages  # noqa: E402

AT_ONCE = 200

author = User.objects.select_related("profile").order_by("pk")[0]
for _ in range(int(sys.argv[1]) // AT_ONCE):
    lines = [Draft(author=author, text="lorem ipsum " * 15, client_id=uuid4()) for _ in range(AT_ONCE)]
    post_messages(room="global", drafts=lines)
