"""Jobs and mails in the Django admin: to look at; a dead job can be replayed."""

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest

from core.errors import Conflict
from core.work.models import Job, Mail
from core.work.services import replay


class ReadOnly:
    def has_add_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False


@admin.register(Job)
class JobAdmin(ReadOnly, admin.ModelAdmin[Job]):
    """`state` = dead is the dead-letter view."""

    list_display = ("id", "kind", "state", "attempts", "run_at", "finished_at", "error_line")
    list_filter = ("state", "kind")
    search_fields = ("dedupe_key",)
    ordering = ("-run_at",)
    show_full_result_count = False
    actions = ("replay_dead",)

    @admin.display(description="last error")
    def error_line(self, job: Job) -> str:
        return job.last_error.rstrip().rpartition("\n")[2]

    @admin.action(description="Replay dead jobs")
    def replay_dead(self, request: HttpRequest, jobs: QuerySet[Job]) -> None:
        for job in jobs:
            try:
                replay(job_id=job.pk)
                self.log_change(request, job, "replayed")
            except Conflict as refusal:
                self.message_user(request, f"{job}: {refusal.detail}", messages.WARNING)


@admin.register(Mail)
class MailAdmin(ReadOnly, admin.ModelAdmin[Mail]):
    """Without the words: they may hold links that sign somebody in."""

    list_display = ("id", "to", "subject", "created_at", "sent_at")
    fields = ("cause", "to", "subject", "created_at", "sent_at")
    search_fields = ("to", "cause")
    ordering = ("-created_at",)
    show_full_result_count = False
