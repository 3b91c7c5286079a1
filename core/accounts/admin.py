"""People in the Django admin: looked at here, changed by the same services as everywhere."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied
from django.db.models import Model, Q, QuerySet
from django.forms import ModelForm
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from core.accounts import selectors, services
from core.accounts.models import AuditEntry, Sanction, User
from core.errors import DomainError, Invalid, NotFound
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


class ForModerators(ReadOnly):
    """Moderators are staff, whatever else they were granted."""

    def has_view_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return request.user.is_staff

    def has_module_permission(self, request: HttpRequest) -> bool:
        return request.user.is_staff


class SanctionForm(forms.ModelForm[Sanction]):
    """Moderators name people as everybody sees them; whose e-mail address it is, is not theirs to look up."""

    username = forms.CharField(max_length=60)

    class Meta:
        model = Sanction
        fields = ("kind", "reason", "until")

    def clean_username(self) -> str:
        try:
            self.instance.user = selectors.person_named(self.cleaned_data["username"])
        except NotFound as missing:
            raise forms.ValidationError(missing.detail) from None
        return self.instance.user.username


@admin.register(Sanction)
class SanctionAdmin(ForModerators, admin.ModelAdmin[Sanction]):
    """Adding one bans or times out; the action lifts. For every moderator; the services ask who may do it to whom."""

    list_display = ("user", "kind", "reason", "by", "created_at", "until", "lifted_at")
    list_display_links = None
    list_filter = ("kind",)
    list_select_related = ("user", "by")
    search_fields = ("user__username_key",)
    form = SanctionForm
    fields = ("username", "kind", "reason", "until")
    actions = ("lift",)

    def has_add_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return request.user.is_staff

    def has_change_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return obj is None and request.user.is_staff

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
class AuditEntryAdmin(ForModerators, admin.ModelAdmin[AuditEntry]):
    list_display = ("at", "by_id", "action", "target_kind", "target_id", "why")
    list_filter = ("action",)
    search_fields = ("target_id",)
    show_full_result_count = False

    def get_queryset(self, request: HttpRequest) -> QuerySet[AuditEntry]:
        """Moderators see what moderators did; what people did to their own accounts is for administrators."""
        lines = super().get_queryset(request)
        if staff_of(request).is_superuser:
            return lines
        return lines.filter(Q(action__startswith="sanction.") | Q(action__startswith="chat."))
