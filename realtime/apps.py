from django.apps import AppConfig


class RealtimeConfig(AppConfig):
    name = "realtime"

    def ready(self) -> None:
        """Rooms declare their live parts, and the ear opens: importing is enough."""
        from realtime import (  # noqa: F401
            boards,
            bucketlists,
            bucketlists_changing,
            bucketlists_people,
            chat,
            comments,
            fanout,
            matches,
            metrics,
            moderating,
            notifications,
            overlays,
            presence,
            registrations,
            settling,
            sharing,
            standings,
            teams,
            tournaments,
            typing,
        )
