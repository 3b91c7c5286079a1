"""Results of matches and decisions by hand: each call adds an entry to the log, and none changes one (T11)."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from api.authentication import SignedInRequest
from api.idempotency import KEY, idempotent, key_of
from api.tournaments import reading_results as read
from api.tournaments.twins import CompetitionViewSet, below_one
from core.tournaments import shapes
from core.tournaments.selectors.entries import show_entry, show_recorded
from core.tournaments.selectors.matches import find_match
from core.tournaments.services import penalising, recording

RECORDED = {201: shapes.RecordedResult}


@extend_schema(tags=["Results"])
class ResultViews(CompetitionViewSet):
    """Of one match, for those who may settle it."""

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        reader: Any = request.user
        find_match(kwargs["competition_id"], kwargs["match_id"], reader)

    @extend_schema(summary="Record a result", parameters=[KEY], request=read.NewResult, responses=RECORDED)
    def record(self, request: SignedInRequest, competition_id: int, match_id: int) -> Response:
        """For referees and above who do not play it. The first result of the match, or of a game of it. With an
        Idempotency-Key it is recorded once, forever."""
        given = read.NewResult.read(request.data)
        key = key_of(request)
        entry = recording.record_result(by=request.user, match_id=match_id, idempotency_key=key, **given)
        return Response(show_recorded(entry), status=201)

    @extend_schema(summary="Put a result", parameters=[KEY], request=read.ResultPut, responses=RECORDED)
    def put(self, request: SignedInRequest, competition_id: int, match_id: int) -> Response:
        """The first result or, with a reason, a correction of what stands: another entry, in its place since it
        counted. `supersedes` is the seq that you saw; 409 if it stands no more."""
        given = read.ResultPut.read(request.data)
        entry = recording.put_result(by=request.user, match_id=match_id, idempotency_key=key_of(request), **given)
        return Response(show_recorded(entry), status=201)

    @extend_schema(summary="Award a walk-over", request=read.WalkoverAward, responses=RECORDED)
    @idempotent
    def walkover(self, request: SignedInRequest, competition_id: int, match_id: int) -> Response:
        """Of a duel. In the place of a result it needs a reason."""
        given = read.WalkoverAward.read(request.data)
        return Response(
            show_recorded(recording.award_walkover(by=request.user, match_id=match_id, **given)), status=201
        )

    @extend_schema(summary="Record a double forfeit", request=read.Forfeit, responses=RECORDED)
    @idempotent
    def double_forfeit(self, request: SignedInRequest, competition_id: int, match_id: int) -> Response:
        """Of a duel. In the place of a result it needs a reason."""
        entry = recording.record_double_forfeit(by=request.user, match_id=match_id, **read.Forfeit.read(request.data))
        return Response(show_recorded(entry), status=201)

    @extend_schema(summary="Void a match", request=read.Voiding, responses=RECORDED)
    @idempotent
    def void(self, request: SignedInRequest, competition_id: int, match_id: int) -> Response:
        """It, or a game of it, counts for nobody, until a correction says otherwise."""
        entry = recording.void_match(by=request.user, match_id=match_id, **read.Voiding.read(request.data))
        return Response(show_recorded(entry), status=201)


@extend_schema(tags=["Results"], responses={201: shapes.ResultEntry})
class PenaltyViews(CompetitionViewSet):
    """For co-hosts and above."""

    @extend_schema(summary="Give or take points", request=read.Adjustment)
    @idempotent
    def adjust(self, request: SignedInRequest, competition_id: int) -> Response:
        given = read.Adjustment.read(request.data)
        entry = penalising.adjust(by=request.user, competition_id=competition_id, **given)
        return Response(show_entry(entry), status=201)

    @extend_schema(summary="Record a lot", request=read.LotDrawn)
    @idempotent
    def lot(self, request: SignedInRequest, competition_id: int) -> Response:
        """A draw among the tied, or the outcome of a play-off: it decides wherever it has everybody who is tied."""
        given = read.LotDrawn.read(request.data)
        entry = penalising.record_lot(by=request.user, competition_id=competition_id, **given)
        return Response(show_entry(entry), status=201)

    @extend_schema(summary="Put an entrant at a place", request=read.Overriding)
    @idempotent
    def override(self, request: SignedInRequest, competition_id: int) -> Response:
        """Whatever the rules say; the others keep their order."""
        given = read.Overriding.read(request.data)
        entry = penalising.override(by=request.user, competition_id=competition_id, **given)
        return Response(show_entry(entry), status=201)

    @extend_schema(summary="Disqualify an entrant", request=read.Disqualifying)
    @idempotent
    def disqualify(self, request: SignedInRequest, competition_id: int) -> Response:
        """In the last stage that it is in: what it did there is kept, annulled, or it comes last."""
        given = read.Disqualifying.read(request.data)
        entry = penalising.disqualify(by=request.user, competition_id=competition_id, **given)
        return Response(show_entry(entry), status=201)

    @extend_schema(summary="Reinstate an entrant", request=read.Reinstating)
    @idempotent
    def reinstate(self, request: SignedInRequest, competition_id: int) -> Response:
        """As if it had never been out."""
        given = read.Reinstating.read(request.data)
        entry = penalising.reinstate(by=request.user, competition_id=competition_id, **given)
        return Response(show_entry(entry), status=201)

    @extend_schema(summary="Take a decision back", request=read.Why)
    @idempotent
    def take_back(self, request: SignedInRequest, competition_id: int, seq: int) -> Response:
        """An adjustment, a lot or an override counts no more: an adjustment by nothing stands in its place."""
        given = read.Why.read(request.data)
        entry = penalising.take_back(by=request.user, competition_id=competition_id, seq=seq, **given)
        return Response(show_entry(entry), status=201)


MATCH = "matches/<id:match_id>"
ROUTES = below_one(
    [
        (f"{MATCH}/result/", ResultViews, {"post": "record", "put": "put"}),
        (f"{MATCH}/walkover/", ResultViews, {"post": "walkover"}),
        (f"{MATCH}/double-forfeit/", ResultViews, {"post": "double_forfeit"}),
        (f"{MATCH}/void/", ResultViews, {"post": "void"}),
        ("adjustments/", PenaltyViews, {"post": "adjust"}),
        ("lots/", PenaltyViews, {"post": "lot"}),
        ("overrides/", PenaltyViews, {"post": "override"}),
        ("disqualifications/", PenaltyViews, {"post": "disqualify"}),
        ("reinstatements/", PenaltyViews, {"post": "reinstate"}),
        ("entries/<id:seq>/take-back/", PenaltyViews, {"post": "take_back"}),
    ]
)
