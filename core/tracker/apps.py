from django.apps import AppConfig


class TrackerConfig(AppConfig):
    name = "core.tracker"
    label = "tracker"

    def ready(self) -> None:
        from core.accounts.services import erases_belongings
        from core.tracker.services import erase_matches, forget_opponent

        erases_belongings("tracker", erase_matches)
        erases_belongings("tracker.shares", forget_opponent)
