from django.apps import AppConfig


class TeamsConfig(AppConfig):
    name = "core.teams"
    label = "teams"

    def ready(self) -> None:
        from core.accounts.services import erases_belongings, guards_deletion
        from core.teams.services import leave_teams, why_not_delete

        guards_deletion("teams", why_not_delete)
        erases_belongings("teams", leave_teams)
