from typing import Any

from rest_framework import serializers

from api.serializers import Flag, StrictSerializer, Text, Whole

MOST_IDS = 500
ONE_OF = "Give one of id, ids and all."


class AfterQuery(StrictSerializer):
    after = Text(max_length=80, required=False, help_text="The `next` of the page before.")


class RowId(Whole):
    def __init__(self, **more: Any) -> None:
        super().__init__(min_value=1, max_value=2**53 - 1, **more)


class TokenQuery(StrictSerializer):
    token = Text(max_length=200, help_text="From the mail.")


class Choice(StrictSerializer):
    in_app = Flag(required=False, help_text="In the list and the count.")
    mail = Flag(required=False, help_text="By mail, five minutes later, unless it was read.")


class WhatWasRead(StrictSerializer):
    id = RowId(required=False)
    ids = serializers.ListField(child=RowId(), required=False, min_length=1, max_length=MOST_IDS)
    all = Flag(default=False, help_text="Everything that was there before this request.")
    dismiss = Flag(default=False, help_text="Also take them out of the list.")

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """What the service takes: the ids, None for all."""
        if ("id" in attrs) + ("ids" in attrs) + attrs["all"] != 1:
            raise serializers.ValidationError(ONE_OF)
        ids = [attrs["id"]] if "id" in attrs else attrs.get("ids")
        return {"ids": ids, "dismiss": attrs["dismiss"]}
