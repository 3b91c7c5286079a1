"""Inboxes in the Django admin: to look at, never to change."""

from django.contrib import admin

from core.notifications.models import InboxEntry
from core.work.admin import ReadOnly


@admin.register(InboxEntry)
class InboxEntryAdmin(ReadOnly, admin.ModelAdmin[InboxEntry]):
    list_display = ("inbox", "seq", "kind", "created_at")
    list_select_related = ("inbox",)
    list_filter = ("kind",)
    search_fields = ("inbox__user__username_key",)
    show_full_result_count = False
