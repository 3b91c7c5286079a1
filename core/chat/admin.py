"""Moderation in the Django admin: slow mode, messages with the words that they had, deletion with a reason."""

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.helpers import ActionForm
from django.db.models import QuerySet
from django.http import HttpRequest

from core.accounts.admin import ForModerators
from core.accounts.models import User
from core.chat.models import SLOW_MODE_MOST_S, Message, Revision, Room
from core.chat.services import delete_message, set_slow_mode
from core.errors import DomainError


class StaffRequest(HttpRequest):
    """What the admin's gate lets through."""

    user: User


class ReasonForm(ActionForm):
    reason = forms.CharField(max_length=500, required=False, label="Reason")


class SlowModeForm(ActionForm):
    seconds = forms.IntegerField(min_value=0, max_value=SLOW_MODE_MOST_S, label="Seconds")


@admin.register(Room)
class RoomAdmin(ForModerators, admin.ModelAdmin[Room]):
    list_display = ("name", "head", "slow_mode_s")
    search_fields = ("name",)
    ordering = ("name",)
    show_full_result_count = False
    action_form = SlowModeForm
    actions = ("set_slow_mode",)

    @admin.action(description="Set slow mode, in seconds")
    def set_slow_mode(self, request: StaffRequest, chosen: QuerySet[Room]) -> None:
        for room in chosen:
            try:
                set_slow_mode(by=request.user, room=room.name, seconds=int(request.POST["seconds"]))
            except DomainError as refusal:
                self.message_user(request, f"{room}: {refusal.detail}", messages.WARNING)


class RevisionInline(ForModerators, admin.TabularInline[Revision, Message]):
    model = Revision
    fields = ("seq", "kind", "by", "reason", "text_before", "at")
    ordering = ("seq",)


@admin.register(Message)
class MessageAdmin(ForModerators, admin.ModelAdmin[Message]):
    list_display = ("room", "seq", "author", "text", "created_at", "edited_at", "deleted_at")
    list_select_related = ("room", "author")
    list_filter = ("room",)
    search_fields = ("author__username_key", "text")
    ordering = ("-pk",)
    show_full_result_count = False
    action_form = ReasonForm
    actions = ("delete_with_reason",)
    inlines = (RevisionInline,)

    @admin.action(description="Delete, with a reason")
    def delete_with_reason(self, request: StaffRequest, chosen: QuerySet[Message]) -> None:
        reason = request.POST.get("reason", "")
        for message in chosen.select_related("room"):
            try:
                delete_message(by=request.user, room=message.room.name, seq=message.seq, reason=reason)
                self.log_change(request, message, "deleted")
            except DomainError as refusal:
                self.message_user(request, f"{message}: {refusal.detail}", messages.WARNING)
