"""Taking part in a competition: registering, the roster, offers, check-in, and what staff do about it (T5-T7)."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework.permissions import IsAuthenticated
from rest_framework.response import Response

from api.authentication import AnyRequest, SignedInRequest
from api.idempotency import idempotent
from api.serializers import PageQuery
from api.tournaments import entry_serializers as read
from api.tournaments.competitions import shown
from api.tournaments.twins import CompetitionViewSet, below_one
from core.tournaments import services, shapes
from core.tournaments.selectors import entrants as selectors


@extend_schema(tags=["Taking part"])
class EntrantViews(CompetitionViewSet):
    @extend_schema("entrants", summary="List who takes part", parameters=[PageQuery], responses=shapes.EntrantPage)
    def all(self, request: AnyRequest, competition_id: int) -> Response:
        """Those who have a seat or wait for one, in the order of arrival."""
        page = PageQuery.read(request.query_params.dict())
        return shown(request, selectors.list_entrants(request.user, competition_id, **page))


@extend_schema(tags=["Taking part"])
class EntryViews(CompetitionViewSet):
    """For captains: what they do for what they lead."""

    permission_classes = [IsAuthenticated]

    @extend_schema(summary="Register", request=read.Registering, responses={201: shapes.Entrant})
    @idempotent
    def register(self, request: SignedInRequest, competition_id: int) -> Response:
        """A team by its captain, with its roster; or yourself, where people play alone. You get the lowest free seat,
        or a place in the waitlist. In-game ids are those of your accounts unless you give others."""
        given = read.Registering.read(request.data)
        register: Any = services.register_team if "team_id" in given else services.register_person
        return Response(register(by=request.user, competition_id=competition_id, **given), status=201)

    @extend_schema(summary="Withdraw", request=None, responses=shapes.Entrant)
    @idempotent
    def withdraw(self, request: SignedInRequest, competition_id: int) -> Response:
        """Your seat is offered to who waits. You may register again while registration is open."""
        return Response(services.withdraw(by=request.user, competition_id=competition_id))

    @extend_schema(summary="Answer an offered seat", request=read.OfferAnswer, responses=shapes.Entrant)
    @idempotent
    def answer(self, request: SignedInRequest, competition_id: int) -> Response:
        """Before `offer_expires_at`. Who accepts while check-in is open is checked in; who declines waits at the end of
        the line."""
        given = read.OfferAnswer.read(request.data)
        return Response(services.answer_offer(by=request.user, competition_id=competition_id, **given))

    @extend_schema("check_in", summary="Check in", request=None, responses=shapes.Entrant)
    @idempotent
    def check_in(self, request: SignedInRequest, competition_id: int) -> Response:
        """While check-in is open."""
        return Response(services.check_in(by=request.user, competition_id=competition_id))

    @extend_schema("undo_check_in", summary="Take a check-in back", request=None, responses=shapes.Entrant)
    def undo(self, request: SignedInRequest, competition_id: int) -> Response:
        return Response(services.undo_check_in(by=request.user, competition_id=competition_id))

    @extend_schema("own_roster", summary="Show what you play for", responses=shapes.Entrant)
    def roster(self, request: SignedInRequest, competition_id: int) -> Response:
        return Response(selectors.see_own_entrant(request.user, competition_id))

    @extend_schema("change_roster", summary="Change the roster", request=read.RosterGiven, responses=shapes.Entrant)
    def change_roster(self, request: SignedInRequest, competition_id: int) -> Response:
        """All who play, until registration closes."""
        given = read.RosterGiven.read(request.data)
        return Response(services.change_roster(by=request.user, competition_id=competition_id, **given))


@extend_schema(tags=["Taking part"])
class RegistrationViews(CompetitionViewSet):
    """For staff: host and co-hosts act on behalf of entrants."""

    permission_classes = [IsAuthenticated]

    @extend_schema(
        "registrations",
        summary="List registrations",
        parameters=[read.RegistrationsQuery],
        responses=shapes.EntrantPage,
    )
    def all(self, request: SignedInRequest, competition_id: int) -> Response:
        """Everybody who ever registered, in the order of arrival."""
        page = read.RegistrationsQuery.read(request.query_params.dict())
        return Response(selectors.list_registrations(request.user, competition_id, **page))

    @extend_schema("remove_entrant", summary="Remove an entrant", request=read.Removing, responses=shapes.Entrant)
    @idempotent
    def remove(self, request: SignedInRequest, competition_id: int, entrant_id: int) -> Response:
        given = read.Removing.read(request.data)
        removed = services.withdraw(by=request.user, competition_id=competition_id, entrant_id=entrant_id, **given)
        return Response(removed)

    @extend_schema("check_in_entrant", summary="Check an entrant in", request=None, responses=shapes.Entrant)
    @idempotent
    def check_in(self, request: SignedInRequest, competition_id: int, entrant_id: int) -> Response:
        return Response(services.check_in(by=request.user, competition_id=competition_id, entrant_id=entrant_id))

    @extend_schema("undo_check_in_of_entrant", summary="Undo a check-in", request=None, responses=shapes.Entrant)
    def undo(self, request: SignedInRequest, competition_id: int, entrant_id: int) -> Response:
        return Response(services.undo_check_in(by=request.user, competition_id=competition_id, entrant_id=entrant_id))


ROUTES = below_one(
    [
        ("entrants/", EntrantViews, {"get": "all"}),
        ("register/", EntryViews, {"post": "register"}),
        ("withdraw/", EntryViews, {"post": "withdraw"}),
        ("offer/", EntryViews, {"post": "answer"}),
        ("check-in/", EntryViews, {"post": "check_in", "delete": "undo"}),
        ("roster/", EntryViews, {"get": "roster", "put": "change_roster"}),
        ("registrations/", RegistrationViews, {"get": "all"}),
        ("registrations/<id:entrant_id>/withdraw/", RegistrationViews, {"post": "remove"}),
        ("registrations/<id:entrant_id>/check-in/", RegistrationViews, {"post": "check_in", "delete": "undo"}),
    ]
)
