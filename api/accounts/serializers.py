"""What REST reads about accounts."""

from typing import Any

from django.core.validators import validate_slug
from rest_framework import serializers

from api.serializers import Email, Flag, StrictSerializer, Text, Whole

MOST_GAME_ACCOUNTS = 50
DAY_S = 24 * 3_600


PASSWORD: Any = {"max_length": 128, "trim_whitespace": False}


class RegisterSerializer(StrictSerializer):
    email = Email(max_length=254)
    password = Text(**PASSWORD)
    username = Text(required=False, max_length=30)
    cookie = Flag(default=False, help_text="Put the refresh token into an HttpOnly cookie.")


class LoginSerializer(StrictSerializer):
    """Either `email` or `username`."""

    email = Text(required=False, max_length=254)
    username = Text(required=False, max_length=254)
    password = Text(**PASSWORD)
    cookie = Flag(default=False, help_text="Put the refresh token into an HttpOnly cookie.")

    def validate(self, attrs: dict[str, str]) -> dict[str, str]:
        if ("email" in attrs) == ("username" in attrs):
            raise serializers.ValidationError("Give either email or username.")
        return attrs


class RefreshSerializer(StrictSerializer):
    """Without `refresh` the browser's cookie counts, if the header X-Guildhall-Client is there."""

    refresh = Text(required=False, max_length=200)


class TokenSerializer(StrictSerializer):
    token = Text(max_length=2_000)


class PasswordChangeSerializer(StrictSerializer):
    old_password = Text(**PASSWORD)
    new_password = Text(**PASSWORD)


class PasswordResetSerializer(StrictSerializer):
    email = Email(max_length=254)


class PasswordResetConfirmSerializer(StrictSerializer):
    token = Text(max_length=200)
    password = Text(**PASSWORD)


class AccountSerializer(StrictSerializer):
    """What is not given stays. A new `email` needs the `password`."""

    username = Text(required=False, max_length=30)
    email = Email(required=False, max_length=254)
    name = Text(required=False, allow_blank=True, max_length=50)
    password = Text(**PASSWORD, required=False)


class GameAccountSerializer(StrictSerializer):
    game = Text(max_length=40, validators=[validate_slug])
    in_game_id = Text(max_length=60)
    in_game_name = Text(max_length=60, allow_blank=True, default="")


class ProfileSerializer(StrictSerializer):
    """What is not given stays; `links` and `game_accounts` are replaced whole."""

    name = Text(required=False, allow_blank=True, max_length=50)
    bio = Text(required=False, allow_blank=True, max_length=500)
    avatar = Text(source="avatar_url", required=False, allow_blank=True, max_length=500, help_text="An https address.")
    links = serializers.DictField(child=Text(max_length=300), required=False, help_text="By site, https only.")
    time_zone = Text(required=False, max_length=64)
    language = Text(required=False, max_length=35)
    shows_streak = Flag(required=False)
    is_invisible = Flag(required=False, help_text="Count nowhere as present.")
    shows_typing = Flag(required=False, help_text="Let others see that you write.")
    game_accounts = serializers.ListField(child=GameAccountSerializer(), required=False, max_length=MOST_GAME_ACCOUNTS)


class SearchSerializer(StrictSerializer):
    q = serializers.CharField(min_length=2, max_length=60)
    after = serializers.CharField(required=False, max_length=60, help_text="`next` of the page before.")
    limit = serializers.IntegerField(default=20, min_value=1, max_value=50)


class BlockSerializer(StrictSerializer):
    user = Whole(min_value=1, max_value=2**63 - 1)


class TimeoutSerializer(StrictSerializer):
    seconds = Whole(min_value=60, max_value=28 * DAY_S)
    reason = Text(max_length=500)


class BanSerializer(StrictSerializer):
    seconds = Whole(
        min_value=60, max_value=3_660 * DAY_S, required=False, allow_null=True, help_text="Else until it is lifted."
    )
    reason = Text(max_length=500)


class LiftSerializer(StrictSerializer):
    reason = Text(max_length=500, allow_blank=True, default="")


class PageSerializer(StrictSerializer):
    after = serializers.CharField(required=False, max_length=60, help_text="`next` of the page before.")
    limit = serializers.IntegerField(default=50, min_value=1, max_value=100)
