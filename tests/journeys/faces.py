"""The two faces of lists as tests ask them: what REST answers, and what the commands of a socket answer."""

from typing import Any, Protocol
from uuid import uuid4

from api.errors import STATUS_OF
from core.accounts.models import User
from core.errors import DomainError
from realtime.protocol import read_body
from realtime.topics import Asked, BatchCommand, find_command
from tests.api.phone import Phone

OK = 200


class Face(Protocol):
    """Does what `action` names, as `user`, to the things whose ids are in `ids`; answers a status, OK for any 2xx, or
    None if this face does not have that action."""

    def do(self, user: User, action: str, ids: dict[str, Any]) -> int | None: ...


class Rest:
    """Requests, through every middleware."""

    ACTIONS: dict[str, tuple[str, str, Any]] = {
        "cast": ("POST", "items/{voted}/vote/", {"vote_type": "downvote"}),
        "change": ("PUT", "items/{voted}/vote/", {"vote_type": "upvote"}),
        "take back": ("DELETE", "items/{voted}/vote/", None),
        "add": ("POST", "bucketlists/{list}/items/", {"title": "Opera"}),
        "edit own": ("PATCH", "items/{own}/", {"title": "Sailing"}),
        "edit other": ("PATCH", "items/{other}/", {"title": "Sailing"}),
        "schedule": ("PATCH", "items/{own}/", {"start_date": "2026-06-01"}),
        "move": ("PATCH", "items/{own}/", {"status": "locked_in"}),
        "delete own": ("DELETE", "items/{own}/", None),
        "react": ("PUT", "items/{voted}/react/", {"reaction": "fire"}),
        "comment": ("POST", "items/{voted}/comments/", {"text": "By boat?"}),
        "chat": ("POST", "chat/rooms/list-{list}/messages/", {"text": "Who drives?"}),
        "edit list": ("PATCH", "bucketlists/{list}/", {"description": "Where to?"}),
        "invite": ("POST", "bucketlists/{list}/invites/viewer/", None),
        "set role": ("PATCH", "bucketlists/{list}/members/{bystander}/", {"role": "viewer"}),
        "join": ("POST", "invites/{token}/accept/", {"accept": True}),
        "leave": ("DELETE", "bucketlists/{list}/members/{membership}/", None),
    }

    def __init__(self) -> None:
        self._phones: dict[int, Phone] = {}

    def do(self, user: User, action: str, ids: dict[str, Any]) -> int | None:
        method, path, body = self.ACTIONS[action]
        phone = self._phones.get(user.pk) or self._phones.setdefault(user.pk, Phone(user))
        status = phone.call(method, path.format(**ids), body).status_code
        return OK if 200 <= status < 300 else status


class Commands:
    """Commands as a socket reads and runs them."""

    ACTIONS: dict[str, tuple[str, Any]] = {
        "cast": ("vote.cast", {"item": "voted", "vote_type": ["downvote"]}),
        "change": ("vote.cast", {"item": "voted", "vote_type": ["upvote"]}),
        "take back": ("vote.cast", {"item": "voted", "vote_type": [None]}),
        "add": ("item.add", {"list": "list", "title": ["Opera"]}),
        "edit own": ("item.edit", {"item": "own", "title": ["Sailing"]}),
        "edit other": ("item.edit", {"item": "other", "title": ["Sailing"]}),
        "schedule": ("item.edit", {"item": "own", "start_date": ["2026-06-01"]}),
        "move": ("item.status", {"item": "own", "status": ["locked_in"]}),
        "react": ("item.react", {"item": "voted", "reaction": ["fire"]}),
        "comment": ("comment.post", {"item": "voted", "text": ["By boat?"], "client_id": "client_id"}),
        "chat": ("chat.post", {"room": "room", "text": ["Who drives?"], "client_id": "client_id"}),
        "set role": ("member.role", {"list": "list", "membership_id": "bystander", "role": ["viewer"]}),
        "leave": ("member.end", {"list": "list", "membership_id": "membership"}),
    }
    """What stands in a list is said as it is, everything else is looked up among the ids."""

    def do(self, user: User, action: str, ids: dict[str, Any]) -> int | None:
        if action not in self.ACTIONS:
            return None
        name, template = self.ACTIONS[action]
        known = {**ids, "room": f"list-{ids['list']}", "client_id": str(uuid4())}
        with_ = {key: value[0] if isinstance(value, list) else known[value] for key, value in template.items()}
        answer = _run(user, name, with_)
        if isinstance(answer, DomainError):
            return next(status for kind, status in STATUS_OF.items() if isinstance(answer, kind))
        return OK


def _run(user: User, name: str, with_: dict[str, Any]) -> Any:
    command = find_command(name)
    try:
        body = read_body(with_, command.body)
        if isinstance(command, BatchCommand):
            return command.run(command.key(body), [Asked(user, body, "r-1")])[0]
        return command.run(user, body)
    except DomainError as refusal:
        return refusal


FACES: tuple[type[Face], ...] = (Rest, Commands)
