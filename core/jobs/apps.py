from django.apps import AppConfig


class JobsConfig(AppConfig):
    name = "core.jobs"
    label = "jobs"

    def ready(self) -> None:
        """The ear opens, and the broker learns its actor."""
        from core.jobs import listeners, metrics  # noqa: F401  (importing registers)
