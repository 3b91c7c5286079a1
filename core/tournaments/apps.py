from django.apps import AppConfig


class TournamentsConfig(AppConfig):
    name = "core.tournaments"
    label = "tournaments"

    def ready(self) -> None:
        from core.accounts.services import erases_belongings, guards_deletion
        from core.tournaments.guards import LOG_STAYS
        from core.tournaments.services.erasing import leave_hosting, why_not_delete
        from core.tournaments.services.talking import open_rooms
        from core.tournaments.services.withdrawing import leave_competitions
        from core.work.guards import guards_rows

        guards_rows(*LOG_STAYS)
        guards_deletion("tournaments.hosting", why_not_delete)
        erases_belongings("tournaments", leave_competitions)
        erases_belongings("tournaments.hosting", leave_hosting)
        open_rooms()
