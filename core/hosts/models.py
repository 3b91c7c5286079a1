"""Applications to host; the row of one is the lock of all that happens to it."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from core.files.models import StoredFile

NAME_MOST, ABOUT_MOST, LINKS_MOST, LINK_MOST, REASON_MOST, DOCUMENTS_MOST = 60, 2000, 5, 300, 500, 5


class Application(models.Model):
    """Somebody wants to host, or does. `reason` is that of the last decision; a person has at most one application
    that stands, and begins another once one was rejected."""

    class State(models.TextChoices):
        SUBMITTED = "submitted"
        NEEDS_INFO = "needs_info"
        APPROVED = "approved"
        REJECTED = "rejected"
        SUSPENDED = "suspended"

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    display_name = models.CharField(max_length=NAME_MOST)
    about = models.CharField(max_length=ABOUT_MOST)
    links = models.JSONField(default=list)
    state = models.CharField(max_length=10, choices=State, default=State.SUBMITTED)
    reason = models.CharField(max_length=REASON_MOST, blank=True)
    submitted_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user"], condition=~Q(state="rejected"), name="hosts_application_one_stands"
            )
        ]
        indexes = [models.Index(fields=["state", "submitted_at"], name="hosts_application_listed")]

    def __str__(self) -> str:
        return f"{self.display_name} ({self.state})"


class Document(models.Model):
    """A picture of something that shows who applies; for them and for administrators."""

    application = models.ForeignKey(Application, models.CASCADE, related_name="documents")
    file = models.OneToOneField(StoredFile, models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"document of {self.application_id}"
