"""Who runs a competition, and what they announce (T4, T22a)."""

from drf_spectacular.utils import extend_schema
from rest_framework.response import Response

from api.authentication import AnyRequest, SignedInRequest
from api.idempotency import idempotent
from api.tournaments import serializers as read
from api.tournaments.competitions import shown
from api.tournaments.twins import CompetitionViewSet, below_one
from core.tournaments import services, shapes
from core.tournaments.selectors.announcements import announcements_of
from core.tournaments.selectors.competitions import staff_of
from core.tournaments.selectors.standing import find_competition


@extend_schema(tags=["Staff of a tournament"])
class StaffViews(CompetitionViewSet):
    @extend_schema("competition_staff", summary="Show who runs a tournament", responses=shapes.StaffList)
    def all(self, request: AnyRequest, competition_id: int) -> Response:
        """The host first."""
        return shown(request, staff_of(find_competition(competition_id, request.user).competition))

    @extend_schema(summary="Let somebody help", request=read.Appointment, responses=shapes.StaffList)
    @idempotent
    def appoint(self, request: SignedInRequest, competition_id: int) -> Response:
        """For the host. Somebody who helps already has this role instead of theirs."""
        given = read.Appointment.read(request.data)
        services.appoint(by=request.user, competition_id=competition_id, **given)
        return Response(staff_of(find_competition(competition_id, request.user).competition))

    @extend_schema(summary="Dismiss somebody, or resign", request=None, responses={204: None})
    def dismiss(self, request: SignedInRequest, competition_id: int, user_id: int) -> Response:
        """For the host; anybody may resign."""
        services.dismiss(by=request.user, competition_id=competition_id, user_id=user_id)
        return Response(status=204)


@extend_schema(tags=["Staff of a tournament"])
class AnnouncementViews(CompetitionViewSet):
    @extend_schema("announcements", summary="Show what was announced", responses=shapes.Announcements)
    def all(self, request: AnyRequest, competition_id: int) -> Response:
        """The newest 50, newest first; of those to one group what is to yours."""
        return shown(request, announcements_of(find_competition(competition_id, request.user)))

    @extend_schema(summary="Announce something", request=read.NewAnnouncement, responses={201: shapes.Announcement})
    @idempotent
    def announce(self, request: SignedInRequest, competition_id: int) -> Response:
        """For host and co-hosts: on the page, live, and as a notification to all entrants, or those of one group."""
        given = read.NewAnnouncement.read(request.data)
        group_id = given.pop("group", None)
        said = services.announce(by=request.user, competition_id=competition_id, group_id=group_id, **given)
        return Response(said, status=201)


ROUTES = below_one(
    [
        ("staff/", StaffViews, {"get": "all", "post": "appoint"}),
        ("staff/<id:user_id>/", StaffViews, {"delete": "dismiss"}),
        ("announcements/", AnnouncementViews, {"get": "all", "post": "announce"}),
    ]
)
