"""What people scored on each board, and for what; these rows are the truth, and ranks are an index of them."""

from django.conf import settings
from django.db import models
from django.db.models import Q

MOST = 2**53 - 1  # what JSON and Redis hold exactly


class BoardScore(models.Model):
    """What one person has on one board since `reached_at`; null: they left it.

    `reached_at` grows with every change of the row, so that whoever keeps a copy can tell which of two is newer.
    """

    board = models.SlugField(max_length=40, db_index=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    score = models.BigIntegerField(null=True)
    reached_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["board", "user"], name="boards_score_once"),
            models.CheckConstraint(condition=Q(score=None) | Q(score__range=(-MOST, MOST)), name="boards_score_exact"),
        ]
        indexes = [
            models.Index(
                fields=["board", "-score", "reached_at", "id"],
                condition=Q(score__isnull=False),
                name="boards_score_order",
            ),
            models.Index(fields=["board", "reached_at"], name="boards_score_changes"),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} has {self.score} on {self.board}"


class Award(models.Model):
    """What one `cause`, such as `competition:7`, gave on one board: points by the id of a person; never changed."""

    board = models.SlugField(max_length=40, db_index=False)
    cause = models.CharField(max_length=120)
    gains = models.JSONField()
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["board", "cause"], name="boards_award_once")]

    def __str__(self) -> str:
        return f"{self.cause} on {self.board}"
