"""The rooms in which competitions are talked about: rooms of chat, whose rules these are."""

from core.chat.rules import RoomRule, register_rooms
from core.tournaments.selectors import match_talk, talking


def open_rooms() -> None:
    """At start: chat knows the rooms of competitions, and of matches."""
    register_rooms(
        talking.CHAT,
        RoomRule(
            may_read=talking.may_read,
            may_post=talking.may_write,
            read_only_because="Those who play in it and those who run it write here, until it is archived.",
            readers=talking.people_in,
            facts=talking.facts_of,
        ),
    )
    register_rooms(
        match_talk.CHAT,
        RoomRule(
            may_read=match_talk.may_read,
            may_post=match_talk.may_write,
            read_only_because="The competition is over.",
            readers=match_talk.people_in,
            facts=match_talk.facts_of,
        ),
    )
