"""What the database itself holds of the result log (T11): an entry is neither changed nor deleted. Pure."""

from core.work.guards import Guard

WORDS = "result entries are only ever added"
LOG_STAYS = (
    Guard("tournaments_entry_stays", "tournaments_resultentry", "UPDATE", WORDS),
    Guard("tournaments_entry_is_kept", "tournaments_resultentry", "DELETE", WORDS),
)
