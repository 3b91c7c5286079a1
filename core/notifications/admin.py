"""Inboxes and notifications in the Django admin: to look at, never to change."""

from django.contrib import admin

from core.notifications.models import InboxEntry, Notification
from core.work.admin import ReadOnly


@admin.register(InboxEntry)
class InboxEntryAdmin(ReadOnly, admin.ModelAdmin[InboxEntry]):
    list_display = ("inbox", "seq", "kind", "created_at")
    list_select_related = ("inbox",)
    list_filter = ("kind",)
    search_fields = ("inbox__user__username_key",)
    show_full_result_count = False


@admin.register(Notification)
class NotificationAdmin(ReadOnly, admin.ModelAdmin[Notification]):
    """Without `data`: what people say to each other is for the moderators of its room."""

    list_display = ("recipient", "kind", "by", "target_id", "created_at", "read_at", "dismissed_at", "hidden")
    exclude = ("data",)
    list_select_related = ("recipient", "by")
    list_filter = ("kind", "hidden")
    search_fields = ("recipient__username_key",)
    ordering = ("-pk",)
    show_full_result_count = False
