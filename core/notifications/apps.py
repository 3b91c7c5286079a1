from django.apps import AppConfig


class NotificationsConfig(AppConfig):
    name = "core.notifications"
    label = "notifications"

    def ready(self) -> None:
        from core.accounts.services import erases_belongings, tells_of_sanctions
        from core.notifications.services import erase_notifications
        from core.notifications.services.sanctions import tell_of_sanction

        erases_belongings("notifications", erase_notifications)
        tells_of_sanctions("notifications", tell_of_sanction)
