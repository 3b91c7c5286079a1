from django.apps import AppConfig


class TournamentsConfig(AppConfig):
    name = "core.tournaments"
    label = "tournaments"

    def ready(self) -> None:
        from core.tournaments.guards import LOG_STAYS
        from core.work.guards import guards_rows

        guards_rows(*LOG_STAYS)
