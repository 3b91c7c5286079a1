"""Competitions in the Django admin: looked at here, and cancelled by administrators with the service of everybody."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.forms import ModelForm
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from core.accounts.admin import staff_of
from core.errors import DomainError
from core.tournaments import states
from core.tournaments.models import Announcement, Claim, Competition, Dispute, Entrant, Match, ResultEntry, Staff, Stage
from core.tournaments.models.competitions import REASON_MOST
from core.tournaments.services import cancel
from core.work.admin import ReadOnly


class StaffInline(ReadOnly, admin.TabularInline[Staff, Competition]):
    model = Staff
    fields = ("user", "role", "added_at")


class StageInline(ReadOnly, admin.TabularInline[Stage, Competition]):
    model = Stage
    fields = ("number", "name", "format", "seeding", "state")
    ordering = ("number",)


class AnnouncementInline(ReadOnly, admin.TabularInline[Announcement, Competition]):
    model = Announcement
    fields = ("author", "group", "words", "at")
    ordering = ("-pk",)


class CancelForm(forms.ModelForm[Competition]):
    """Why an administrator cancels it."""

    why = forms.CharField(max_length=REASON_MOST, widget=forms.Textarea(attrs={"rows": 3}), label="Reason")

    class Meta:
        model = Competition
        fields = ()


@admin.register(Competition)
class CompetitionAdmin(ReadOnly, admin.ModelAdmin[Competition]):
    """Saving cancels it."""

    list_display = ("title", "kind", "game", "host", "state", "visibility", "starts_at")
    list_select_related = ("host",)
    list_filter = ("kind", "state", "game", "visibility")
    search_fields = ("title", "slug", "host__username_key")
    ordering = ("-pk",)
    show_full_result_count = False
    form = CancelForm
    inlines = (StaffInline, StageInline, AnnouncementInline)
    readonly_fields = (
        *("title", "slug", "kind", "host", "state", "visibility", "game", "mode", "rules_text", "prizes"),
        *("capacity", "waitlist_capacity", "entry_fee_paise", "plan", "time_zone"),
        *("reg_opens", "reg_closes", "checkin_opens", "checkin_closes", "starts_at", "frozen_at"),
        *("created_at", "published_at", "completed_at", "cancelled_at", "reason"),
    )
    fields = (*readonly_fields, "why")

    def has_change_permission(self, request: HttpRequest, obj: object = None) -> bool:
        is_over = isinstance(obj, Competition) and {obj.state} <= states.OVER
        return staff_of(request).is_superuser and not is_over

    def changeform_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return super().changeform_view(request, *args, **kwargs)
        except DomainError as refusal:
            messages.error(request, refusal.detail)
            return HttpResponseRedirect(request.get_full_path())

    def save_model(self, request: HttpRequest, obj: Competition, form: ModelForm[Competition], change: bool) -> None:
        cancel(by=staff_of(request), competition_id=obj.pk, reason=form.cleaned_data["why"])


@admin.register(Entrant)
class EntrantAdmin(ReadOnly, admin.ModelAdmin[Entrant]):
    list_display = ("name", "competition", "captain", "state", "arrival", "registered_at")
    list_select_related = ("competition", "captain")
    list_filter = ("state",)
    search_fields = ("name", "competition__title", "captain__username_key")
    ordering = ("-pk",)
    show_full_result_count = False


@admin.register(Match)
class MatchAdmin(ReadOnly, admin.ModelAdmin[Match]):
    """Without its room, which is its rosters' to see."""

    list_display = ("competition", "stage", "number", "state", "scheduled_at", "settled_at")
    list_select_related = ("competition", "stage")
    list_filter = ("state",)
    search_fields = ("competition__title",)
    exclude = ("room_id", "room_password")
    ordering = ("-pk",)
    show_full_result_count = False


@admin.register(ResultEntry)
class ResultEntryAdmin(ReadOnly, admin.ModelAdmin[ResultEntry]):
    list_display = ("competition", "seq", "kind", "match", "author", "recorded_at", "supersedes")
    list_select_related = ("competition", "match", "author")
    list_filter = ("kind",)
    search_fields = ("competition__title", "author__username_key")
    ordering = ("-pk",)
    show_full_result_count = False


@admin.register(Claim)
class ClaimAdmin(ReadOnly, admin.ModelAdmin[Claim]):
    list_display = ("competition", "match", "author", "source", "state", "created_at", "decided_by")
    list_select_related = ("competition", "match", "author", "decided_by")
    list_filter = ("state", "source")
    ordering = ("-pk",)
    show_full_result_count = False


@admin.register(Dispute)
class DisputeAdmin(ReadOnly, admin.ModelAdmin[Dispute]):
    list_display = ("competition", "match", "side", "state", "opened_by", "opened_at", "decided_by")
    list_select_related = ("competition", "match", "side", "opened_by", "decided_by")
    list_filter = ("state",)
    ordering = ("-pk",)
    show_full_result_count = False
