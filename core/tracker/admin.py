"""Matches in the Django admin: to look at, never to change."""

from django.contrib import admin

from core.tracker.models import Match, Picture, Share
from core.work.admin import ReadOnly


class PictureInline(ReadOnly, admin.TabularInline[Picture, Match]):
    model = Picture
    fields = ("position", "sha256", "reader", "again")
    ordering = ("position",)


class ShareInline(ReadOnly, admin.TabularInline[Share, Match]):
    model = Share
    fk_name = "match"
    fields = ("opponent", "state", "created_at", "decided_at")
    ordering = ("pk",)


@admin.register(Match)
class MatchAdmin(ReadOnly, admin.ModelAdmin[Match]):
    list_display = ("id", "owner", "state", "game", "score_user", "score_opponent", "played_at", "version")
    list_select_related = ("owner",)
    list_filter = ("state", "game")
    search_fields = ("owner__username_key", "opponent_name")
    ordering = ("-created_at",)
    show_full_result_count = False
    inlines = (PictureInline, ShareInline)
