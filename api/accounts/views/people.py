"""The own account and the people around it."""

from dataclasses import fields
from typing import TYPE_CHECKING, Any

from drf_spectacular.utils import extend_schema
from rest_framework.response import Response
from rest_framework.viewsets import ViewSet

from api.accounts import serializers as read
from api.accounts.shapes import OwnProfileView, People, PersonView, Sessions
from api.authentication import SignedInRequest
from api.idempotency import idempotent
from api.pagination import page_after
from core.accounts import selectors, services
from core.accounts.shapes import (
    GameIdentity,
    OwnUser,
    UserCard,
    own_profile,
    own_user,
    session,
)
from core.hosts import selectors as hosts
from core.teams import selectors as teams

if TYPE_CHECKING:
    from core.accounts.models import User


def _fields(shape: Any) -> dict[str, Any]:
    return {field.name: getattr(shape, field.name) for field in fields(shape)}


def _own(user: "User") -> OwnProfileView:
    return OwnProfileView(**_fields(own_profile(user)), teams=teams.teams_of(user.pk), host=hosts.state_of(user.pk))


@extend_schema(tags=["People"])
class PeopleViews(ViewSet):
    @extend_schema(summary="Search people", parameters=[read.SearchSerializer], responses=People)
    def search(self, request: SignedInRequest) -> Response:
        """People whose username or shown name contains `q`; cards only, never an e-mail address."""
        page = read.SearchSerializer.read(request.query_params.dict())
        found = selectors.people_like(page.pop("q"))
        results, after = page_after(found, selectors.card, by="username_key", **page)
        return Response(People(results=results, next=after))

    @extend_schema(summary="Show a person", responses=PersonView)
    def profile(self, request: SignedInRequest, username: str) -> Response:
        found = selectors.profile_named(username)
        person = found.user.id or 0
        return Response(PersonView(**_fields(found), teams=teams.teams_of(person), is_host=hosts.is_host(person)))


@extend_schema(tags=["Own account"])
class AccountViews(ViewSet):
    @extend_schema(summary="Show the own account", responses=OwnUser)
    def show(self, request: SignedInRequest) -> Response:
        return Response(own_user(request.user))

    @extend_schema(summary="Change the own account", request=read.AccountSerializer, responses=OwnUser)
    def change(self, request: SignedInRequest) -> Response:
        """What is not given stays, with PUT as with PATCH."""
        given = read.AccountSerializer.read(request.data)
        return Response(own_user(services.update_account(by=request.user, **given)))

    @extend_schema(summary="Delete the own account", request=None, responses={202: None})
    def delete(self, request: SignedInRequest) -> Response:
        """Every sign-in ends now; in 14 days everything personal is removed. Signing in before then calls it off."""
        services.ask_deletion(by=request.user)
        return Response(status=202)


@extend_schema(tags=["Own account"])
class ProfileViews(ViewSet):
    @extend_schema(summary="Show the own profile", responses=OwnProfileView)
    def show(self, request: SignedInRequest) -> Response:
        return Response(_own(request.user))

    @extend_schema(summary="Change the own profile", request=read.ProfileSerializer, responses=OwnProfileView)
    def change(self, request: SignedInRequest) -> Response:
        """What is not given stays, with PUT as with PATCH; `links` and `game_accounts` are replaced whole."""
        given: dict[str, Any] = read.ProfileSerializer.read(request.data)
        if "game_accounts" in given:
            given["game_accounts"] = [GameIdentity(**account) for account in given["game_accounts"]]
        return Response(_own(services.update_profile(by=request.user, **given)))


@extend_schema(tags=["Own account"])
class SessionViews(ViewSet):
    @extend_schema(summary="List the own sign-ins", responses=Sessions)
    def show(self, request: SignedInRequest) -> Response:
        """The 100 last seen."""
        families = selectors.live_families(request.user)[:100]
        return Response(Sessions(results=[session(family, current=request.auth.session_id) for family in families]))

    @extend_schema(summary="End one sign-in", request=None, responses={204: None})
    def end(self, request: SignedInRequest, session_id: str) -> Response:
        services.end_session(by=request.user, session_id=session_id)
        return Response(status=204)


@extend_schema(tags=["Own account"])
class BlockViews(ViewSet):
    @extend_schema(summary="List whom you block", parameters=[read.PageSerializer], responses=People)
    def show(self, request: SignedInRequest) -> Response:
        page = read.PageSerializer.read(request.query_params.dict())
        results, after = page_after(selectors.blocked_people(request.user), selectors.card, by="username_key", **page)
        return Response(People(results=results, next=after))

    @extend_schema(summary="Block somebody", request=read.BlockSerializer, responses={201: UserCard})
    @idempotent
    def block(self, request: SignedInRequest) -> Response:
        """You hear nothing of them any more; they are not told."""
        user_id = read.BlockSerializer.read(request.data)["user"]
        return Response(services.block_user(by=request.user, user_id=user_id), status=201)

    @extend_schema(summary="Unblock somebody", request=None, responses={204: None})
    def unblock(self, request: SignedInRequest, user_id: int) -> Response:
        services.unblock_user(by=request.user, user_id=user_id)
        return Response(status=204)
