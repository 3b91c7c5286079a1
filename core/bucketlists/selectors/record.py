"""What is written down of a list: its ballots, and who changed what."""

from core.accounts.models import User
from core.accounts.shapes import card
from core.bucketlists import shapes
from core.bucketlists.models import AuditEntry, Ballot, List
from core.bucketlists.selectors.lists import roles_on


def ballots_of(row: List, *, limit: int, round: int | None = None, after: int = 0) -> shapes.Ballots:
    """At most `limit` ballots of that round, by default the running one, with a seq above `after`; one query."""
    number = round or row.round
    rows = Ballot.objects.filter(list=row, round=number, seq__gt=after).order_by("seq")
    found = [
        shapes.Ballot(seq=it.seq, item=it.item_id, voter_ref=it.voter_ref, choice=it.choice, cast_at=it.cast_at)
        for it in rows[: limit + 1]
    ]
    return shapes.Ballots(
        round=number, results=found[:limit], next=found[limit - 1].seq if len(found) > limit else None
    )


def audit_of(row: List, *, limit: int, before: int | None = None, item: int | None = None) -> shapes.Audit:
    """At most `limit` entries with an id below `before`, newest first, of the list or of one item of it (V100); two
    queries."""
    entries = AuditEntry.objects.filter(list=row) if item is None else AuditEntry.objects.filter(list=row, item=item)
    rows = entries.select_related("by__profile").order_by("-pk")
    found = list((rows if before is None else rows.filter(pk__lt=before))[: limit + 1])
    members = roles_on(row, {entry.by_id for entry in found if entry.by_id})
    results = [_show_entry(entry, entry.by if entry.by_id in members else None) for entry in found[:limit]]
    return shapes.Audit(results=results, next=results[-1].id if len(found) > limit else None)


def _show_entry(entry: AuditEntry, member: User | None) -> shapes.AuditEntry:
    by = card(member) if member else shapes.FORMER_MEMBER
    return shapes.AuditEntry(
        id=entry.pk,
        by=by if entry.by_id else None,
        action=entry.action,
        item=entry.item_id,
        before=entry.before,
        after=entry.after,
        origin=entry.origin,
        at=entry.at,
    )
