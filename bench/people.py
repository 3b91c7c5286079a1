"""Signs up as many people as the argument says and prints their access tokens: one line, a JSON list."""

import json
import secrets
import sys

import django
from django.test import override_settings

django.setup()

from core.accounts.services import create_account, open_session  # noqa: E402 settings come first
from core.accounts.system import SYSTEM  # noqa: E402


def _sign_up(number: int) -> str:
    name = f"bench{number}"
    user = create_account(by=SYSTEM, email=f"{name}@example.org", password=secrets.token_urlsafe(), username=name)
    return open_session(user=user, device="bench").access


with override_settings(PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"]):  # nobody signs in with it
    print(json.dumps([_sign_up(number) for number in range(int(sys.argv[1]))]))
