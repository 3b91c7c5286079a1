"""Who decides about hosts, and which moves there are (A18)."""

from collections.abc import Mapping

from core.accounts.system import Actor
from core.errors import Conflict, NotAllowed
from core.hosts.models import Application

State = Application.State
OPEN = frozenset({State.SUBMITTED, State.NEEDS_INFO})
DECISIONS: Mapping[str, tuple[State, State]] = {
    "approve": (State.SUBMITTED, State.APPROVED),
    "reject": (State.SUBMITTED, State.REJECTED),
    "needs_info": (State.SUBMITTED, State.NEEDS_INFO),
    "suspend": (State.APPROVED, State.SUSPENDED),
    "reinstate": (State.SUSPENDED, State.APPROVED),
}
"""By decision: from which state, to which."""


def may_decide(by: Actor) -> bool:
    """T4: administrators."""
    return by.is_superuser


def check_may_decide(by: Actor) -> None:
    """Raises NotAllowed: not_administrator."""
    if not may_decide(by):
        raise NotAllowed("not_administrator", "Only administrators do this.")


def legal(state: str) -> list[str]:
    """What administrators may decide of an application in that state."""
    return [decision for decision, (before, _) in DECISIONS.items() if before == state]


def state_after(application: Application, decision: str) -> State:
    """Raises Conflict: illegal_move, with the `legal` ones."""
    if decision not in legal(application.state):
        words = f"An application that is {application.state} cannot be decided like that."
        raise Conflict("illegal_move", words, facts={"state": application.state, "legal": legal(application.state)})
    return DECISIONS[decision][1]


def check_open(application: Application) -> None:
    """What its applicant may still change. Raises Conflict: application_decided."""
    if application.state not in OPEN:
        raise Conflict("application_decided", "This application is decided.", facts={"state": application.state})
