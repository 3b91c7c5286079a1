"""Applications to host in the Django admin: looked at here, decided by the same service as everywhere."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.forms import ModelForm
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.html import format_html
from django.utils.safestring import SafeString

from core.accounts.admin import staff_of
from core.errors import DomainError
from core.files.selectors import picture
from core.hosts import rules
from core.hosts.models import REASON_MOST, Application, Document
from core.hosts.services import decide_application
from core.work.admin import ReadOnly


class DocumentInline(ReadOnly, admin.TabularInline[Document, Application]):
    model = Document
    fields = ("look",)
    readonly_fields = ("look",)

    @admin.display(description="picture")
    def look(self, document: Document) -> SafeString:
        shown = picture(document.file)
        return format_html('<a href="{}">look</a>', shown.url) if shown else format_html("gone")


class DecisionForm(forms.ModelForm[Application]):
    """What an administrator decides, and why."""

    decision = forms.ChoiceField()
    why = forms.CharField(max_length=REASON_MOST, widget=forms.Textarea(attrs={"rows": 3}), label="Reason")

    class Meta:
        model = Application
        fields = ()

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        decision: Any = self.fields["decision"]
        decision.choices = [(it, it.replace("_", " ")) for it in rules.legal(self.instance.state)]


@admin.register(Application)
class ApplicationAdmin(ReadOnly, admin.ModelAdmin[Application]):
    list_display = ("display_name", "user", "state", "submitted_at", "decided_at", "decided_by")
    list_select_related = ("user", "decided_by")
    list_filter = ("state",)
    search_fields = ("display_name", "user__username_key")
    ordering = ("-pk",)
    show_full_result_count = False
    form = DecisionForm
    inlines = (DocumentInline,)
    readonly_fields = (
        *("user", "display_name", "about", "links", "state", "reason"),
        *("submitted_at", "decided_at", "decided_by"),
    )
    fields = (*readonly_fields, "decision", "why")

    def has_change_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return rules.may_decide(staff_of(request))

    def changeform_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return super().changeform_view(request, *args, **kwargs)
        except DomainError as refusal:
            messages.error(request, refusal.detail)
            return HttpResponseRedirect(request.get_full_path())

    def save_model(self, request: HttpRequest, obj: Application, form: ModelForm[Application], change: bool) -> None:
        decision, why = form.cleaned_data["decision"], form.cleaned_data["why"]
        decide_application(by=staff_of(request), application_id=obj.pk, decision=decision, reason=why)
