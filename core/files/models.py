"""What is kept of an upload: where it lies, how big it is, and who may look at it."""

from django.db import models
from django.db.models.functions import Now


class StoredFile(models.Model):
    """A picture, kept as WebP in several sizes. The row comes before the bytes, and goes after them.

    Whoever shows it refers to it by a foreign key; what nobody refers to is swept. `key` is unguessable and part of the
    link; `width` and `height`, in pixels, and `sha256` are those of the largest size. `owner_id` is who uploaded it.
    While `has_original`, the bytes as they came are kept too, for whoever reads them; the sizes may not be made yet,
    and then `sha256` is empty. It stays empty where the bytes were no picture.
    """

    key = models.CharField(max_length=32)
    owner_id = models.BigIntegerField()
    is_public = models.BooleanField(default=False)  # anybody who has the plain link sees it
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    size_bytes = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64, blank=True)
    has_original = models.BooleanField(default=False, db_default=False)
    created_at = models.DateTimeField(db_default=Now())
    dropped_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["key"], name="files_storedfile_key")]
        indexes = [
            models.Index(fields=["created_at"], condition=models.Q(dropped_at=None), name="files_storedfile_to_sweep")
        ]

    def __str__(self) -> str:
        return self.key
