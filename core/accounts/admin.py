"""People in the Django admin: looked at here, changed by the same services as everywhere."""

from typing import Any

from django.contrib import admin, messages
from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.forms import ModelForm
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from core.accounts import services
from core.accounts.models import AuditEntry, Sanction, User
from core.errors import DomainError, Invalid
from core.work.admin import ReadOnly

admin.site.unregister(Group)


def staff_of(request: HttpRequest) -> User:
    """Who is behind the admin's gate."""
    if not isinstance(request.user, User):
        raise PermissionDenied
    return request.user


@admin.register(User)
class UserAdmin(ReadOnly, admin.ModelAdmin[User]):
    list_display = ("username", "email", "email_verified", "is_active", "is_staff", "created_at", "locked_until")
    list_filter = ("is_staff", "is_active", "email_verified")
    search_fields = ("username_key", "email_key")
    exclude = ("password", "groups", "user_permissions", "last_login")
    show_full_result_count = False


@admin.register(Sanction)
class SanctionAdmin(admin.ModelAdmin[Sanction]):
    """Adding one bans or times out; the action lifts."""

    list_display = ("user", "kind", "reason", "by", "created_at", "until", "lifted_at")
    list_filter = ("kind",)
    list_select_related = ("user", "by")
    fields = ("user", "kind", "reason", "until")
    autocomplete_fields = ("user",)
    actions = ("lift",)

    def has_change_permission(self, request: HttpRequest, obj: Sanction | None = None) -> bool:
        return obj is None and super().has_change_permission(request)

    def has_delete_permission(self, request: HttpRequest, obj: Sanction | None = None) -> bool:
        return False

    def changeform_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return super().changeform_view(request, *args, **kwargs)
        except DomainError as refusal:
            messages.error(request, refusal.detail)
            return HttpResponseRedirect(request.get_full_path())

    def save_model(self, request: HttpRequest, obj: Sanction, form: ModelForm[Sanction], change: bool) -> None:
        by = staff_of(request)
        told: dict[str, Any] = {"user_id": obj.user_id, "reason": obj.reason}
        if obj.kind == Sanction.Kind.BAN:
            obj.pk = services.ban_user(by=by, until=obj.until, **told).pk
        elif obj.until:
            obj.pk = services.time_out_user(by=by, until=obj.until, **told).pk
        else:
            raise Invalid("bad_until", "A timeout needs an end.")

    @admin.action(description="Lift", permissions=["change"])
    def lift(self, request: HttpRequest, queryset: QuerySet[Sanction]) -> None:
        for sanction in queryset:
            try:
                services.lift_sanction(by=staff_of(request), sanction_id=sanction.pk, why="lifted in the admin")
            except DomainError as refusal:
                messages.error(request, f"{sanction}: {refusal.detail}")


@admin.register(AuditEntry)
class AuditEntryAdmin(ReadOnly, admin.ModelAdmin[AuditEntry]):
    list_display = ("at", "by_id", "action", "target_kind", "target_id", "why")
    list_filter = ("action",)
    search_fields = ("target_id",)
    show_full_result_count = False
