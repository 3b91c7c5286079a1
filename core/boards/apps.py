from django.apps import AppConfig


class BoardsConfig(AppConfig):
    name = "core.boards"
    label = "boards"

    def ready(self) -> None:
        from core.accounts.services import erases_belongings
        from core.boards.services import leave_boards

        erases_belongings("boards", leave_boards)
