"""Applying to host, and deciding about it."""

from drf_spectacular.utils import extend_schema
from rest_framework.response import Response
from rest_framework.viewsets import ViewSet

from api.authentication import SignedInRequest
from api.files.parsers import PICTURE_FORM, FileParser, file_of
from api.hosts import serializers as read
from api.idempotency import idempotent
from core.hosts import selectors, services, shapes
from core.hosts.rules import check_may_decide


@extend_schema(tags=["Hosting"])
class ApplicationViews(ViewSet):
    """The own application."""

    @extend_schema(summary="Show the own application to host", responses=shapes.HostApplication)
    def show(self, request: SignedInRequest) -> Response:
        """The newest, where it stands, and the reason of the last decision."""
        return Response(selectors.application_of(request.user))

    @extend_schema(summary="Apply to host", request=read.NewApplication, responses={201: shapes.HostApplication})
    @idempotent
    def create(self, request: SignedInRequest) -> Response:
        """One at a time; after a rejection, another."""
        services.apply_to_host(by=request.user, **read.NewApplication.read(request.data))
        return Response(selectors.application_of(request.user), status=201)

    @extend_schema(
        summary="Change the own application", request=read.ApplicationChanges, responses=shapes.HostApplication
    )
    def change(self, request: SignedInRequest) -> Response:
        """Until it is decided. Where more was asked, this is the answer: it waits for a decision again."""
        services.edit_application(by=request.user, **read.ApplicationChanges.read(request.data))
        return Response(selectors.application_of(request.user))


@extend_schema(tags=["Hosting"])
class DocumentViews(ViewSet):
    parser_classes = [FileParser]

    @extend_schema(summary="Add a document", request=PICTURE_FORM, responses={201: shapes.HostApplication})
    def add(self, request: SignedInRequest) -> Response:
        """A picture for administrators' eyes, at most five. It is made anew, without what cameras write beside it."""
        services.add_document(by=request.user, raw=file_of(request))
        return Response(selectors.application_of(request.user), status=201)

    @extend_schema(summary="Remove a document", request=None, responses={204: None})
    def remove(self, request: SignedInRequest, document_id: int) -> Response:
        services.remove_document(by=request.user, document_id=document_id)
        return Response(status=204)


@extend_schema(tags=["Administration"])
class DecisionViews(ViewSet):
    """For administrators; everything is in the audit log."""

    @extend_schema(
        "host_applications",
        summary="List applications to host",
        parameters=[read.ApplicationsQuery],
        responses=shapes.HostApplications,
    )
    def all(self, request: SignedInRequest) -> Response:
        """Newest first."""
        page = read.ApplicationsQuery.read(request.query_params.dict())
        return Response(selectors.list_applications(request.user, **page))

    @extend_schema("host_application", summary="Show an application to host", responses=shapes.HostApplicationView)
    def show(self, request: SignedInRequest, application_id: int) -> Response:
        return Response(selectors.see_application(request.user, application_id))

    @extend_schema(summary="Approve an application", request=read.Decision, responses=shapes.HostApplicationView)
    @idempotent
    def approve(self, request: SignedInRequest, application_id: int) -> Response:
        return _decide(request, application_id, "approve")

    @extend_schema(summary="Reject an application", request=read.Decision, responses=shapes.HostApplicationView)
    @idempotent
    def reject(self, request: SignedInRequest, application_id: int) -> Response:
        return _decide(request, application_id, "reject")

    @extend_schema(summary="Ask for more", request=read.Decision, responses=shapes.HostApplicationView)
    @idempotent
    def needs_info(self, request: SignedInRequest, application_id: int) -> Response:
        return _decide(request, application_id, "needs_info")

    @extend_schema(summary="Suspend a host", request=read.Decision, responses=shapes.HostApplicationView)
    @idempotent
    def suspend(self, request: SignedInRequest, application_id: int) -> Response:
        return _decide(request, application_id, "suspend")

    @extend_schema(summary="Reinstate a host", request=read.Decision, responses=shapes.HostApplicationView)
    @idempotent
    def reinstate(self, request: SignedInRequest, application_id: int) -> Response:
        return _decide(request, application_id, "reinstate")


def _decide(request: SignedInRequest, application_id: int, decision: str) -> Response:
    check_may_decide(request.user)
    reason = read.Decision.read(request.data)["reason"]
    services.decide_application(by=request.user, application_id=application_id, decision=decision, reason=reason)
    return Response(selectors.see_application(request.user, application_id))
