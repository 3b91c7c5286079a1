"""Teams in the Django admin: to look at, never to change."""

from django.contrib import admin

from core.teams.models import Hold, JoinRequest, Membership, Team
from core.work.admin import ReadOnly


class MembershipInline(ReadOnly, admin.TabularInline[Membership, Team]):
    model = Membership
    fields = ("user", "role", "state", "joined_at", "ended_at")
    ordering = ("pk",)


class JoinRequestInline(ReadOnly, admin.TabularInline[JoinRequest, Team]):
    model = JoinRequest
    fields = ("user", "words", "state", "created_at", "decided_at")
    ordering = ("pk",)


class HoldInline(ReadOnly, admin.TabularInline[Hold, Team]):
    model = Hold
    fields = ("cause",)


@admin.register(Team)
class TeamAdmin(ReadOnly, admin.ModelAdmin[Team]):
    list_display = ("tag", "name", "game", "created_at", "disbanded_at")
    list_filter = ("game",)
    search_fields = ("name", "tag_key")
    ordering = ("-pk",)
    show_full_result_count = False
    inlines = (MembershipInline, JoinRequestInline, HoldInline)
