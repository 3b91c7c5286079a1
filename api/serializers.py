"""Reading input: exactly the fields that are listed, each of exactly its JSON type."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from rest_framework import serializers
from rest_framework.exceptions import ErrorDetail, ValidationError

MOST_SEQ = 2**53 - 1  # what every JSON reader can hold


# no docstring, or every request that has none of its own would be described by it
class StrictSerializer(serializers.Serializer[Any]):
    ignored: frozenset[str] = frozenset()  # names that clients may send and nobody reads

    def to_internal_value(self, data: Any) -> Any:
        unknown = sorted(data.keys() - self.fields.keys() - self.ignored) if isinstance(data, Mapping) else []
        if unknown:
            raise ValidationError({name: [ErrorDetail("Unknown field.", "unknown_field")] for name in unknown})
        return super().to_internal_value(data)

    @classmethod
    def read(cls, data: Any) -> dict[str, Any]:
        """What `data` says in this shape. Raises ValidationError."""
        serializer = cls(data=data)
        serializer.is_valid(raise_exception=True)
        return dict(serializer.validated_data)


class Text(serializers.CharField):
    """A JSON string; numbers are not taken for one."""

    def to_internal_value(self, data: Any) -> str:
        if not isinstance(data, str):
            self.fail("invalid")
        return super().to_internal_value(data)


class Email(serializers.EmailField):
    """A JSON string that is an e-mail address."""

    def to_internal_value(self, data: Any) -> str:
        if not isinstance(data, str):
            self.fail("invalid")
        return super().to_internal_value(data)


class Uuid(serializers.UUIDField):
    """A JSON string that is a UUID; numbers are not taken for one."""

    def to_internal_value(self, data: Any) -> UUID:
        if not isinstance(data, str):
            self.fail("invalid", value=data)
        return super().to_internal_value(data)


class Whole(serializers.IntegerField):
    """A JSON integer; strings, fractions and booleans are not taken for one."""

    def to_internal_value(self, data: Any) -> int:
        if not isinstance(data, int) or isinstance(data, bool):
            self.fail("invalid")
        return super().to_internal_value(data)


class Flag(serializers.BooleanField):
    """JSON true or false."""

    def to_internal_value(self, data: Any) -> bool:
        if not isinstance(data, bool):
            self.fail("invalid", input=data)
        return data


class WholeQuery(serializers.IntegerField):
    """A number in a query, which is text."""

    def __init__(self, **more: Any) -> None:
        super().__init__(**{"min_value": 1, "max_value": MOST_SEQ, "required": False} | more)


class PageQuery(StrictSerializer):
    after = WholeQuery(help_text="The `next` of the page before.")
    limit = WholeQuery(max_value=100, default=50)
