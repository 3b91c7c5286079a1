"""Inboxes in the Django admin: to look at, never to change."""

from django.contrib import admin
from django.http import HttpRequest

from core.notifications.models import InboxEntry


@admin.register(InboxEntry)
class InboxEntryAdmin(admin.ModelAdmin[InboxEntry]):
    list_display = ("inbox", "seq", "kind", "created_at")
    list_select_related = ("inbox",)
    list_filter = ("kind",)
    search_fields = ("inbox__user__username_key",)
    show_full_result_count = False

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: InboxEntry | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: InboxEntry | None = None) -> bool:
        return False
