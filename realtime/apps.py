from django.apps import AppConfig


class RealtimeConfig(AppConfig):
    name = "realtime"

    def ready(self) -> None:
        """Rooms declare their live parts; the ear opens."""
        from realtime import fanout  # noqa: F401  (importing registers)
