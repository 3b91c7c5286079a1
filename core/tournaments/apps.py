from django.apps import AppConfig


class TournamentsConfig(AppConfig):
    name = "core.tournaments"
    label = "tournaments"

    def ready(self) -> None:
        from core.accounts.services import erases_belongings
        from core.tournaments.guards import LOG_STAYS
        from core.tournaments.services.withdrawing import leave_competitions
        from core.work.guards import guards_rows

        guards_rows(*LOG_STAYS)
        erases_belongings("tournaments", leave_competitions)
