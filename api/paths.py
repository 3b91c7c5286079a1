"""What stands in a path, in its one canonical form; anything else is no address of ours."""


class RowId:
    """A database id: ASCII digits without leading zeros, within 63 bits."""

    regex = "[1-9][0-9]{0,17}"

    def to_python(self, value: str) -> int:
        return int(value)

    def to_url(self, value: int) -> str:
        return str(value)


class Username:
    regex = r"[\w.-]{1,60}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


class SessionId(Username):
    regex = "[A-Za-z0-9_-]{22}"


class InviteToken(Username):
    regex = "[A-Za-z0-9_-]{20,100}"
