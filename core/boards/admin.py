"""Boards in the Django admin: to look at, never to change."""

from django.contrib import admin

from core.boards.models import Award, BoardScore
from core.work.admin import ReadOnly


@admin.register(BoardScore)
class BoardScoreAdmin(ReadOnly, admin.ModelAdmin[BoardScore]):
    list_display = ("board", "user", "score", "reached_at")
    list_filter = ("board",)
    list_select_related = ("user",)
    search_fields = ("user__username_key",)
    ordering = ("-pk",)
    show_full_result_count = False


@admin.register(Award)
class AwardAdmin(ReadOnly, admin.ModelAdmin[Award]):
    list_display = ("board", "cause", "at")
    list_filter = ("board",)
    search_fields = ("cause",)
    ordering = ("-pk",)
    show_full_result_count = False
