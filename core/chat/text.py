"""What a reply shows of the message that it answers (C15a): pure, no Django."""

FIRST_LINE_CHARS = 140


def first_line(text: str) -> str:
    """Its first line, at most 140 characters."""
    return text.split("\n", 1)[0][:FIRST_LINE_CHARS]
