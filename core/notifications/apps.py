from django.apps import AppConfig


class NotificationsConfig(AppConfig):
    name = "core.notifications"
    label = "notifications"

    def ready(self) -> None:
        from core.accounts.services import erases_belongings
        from core.notifications.services import erase_notifications

        erases_belongings("notifications", erase_notifications)
