from django.apps import AppConfig


class HostsConfig(AppConfig):
    name = "core.hosts"
    label = "hosts"

    def ready(self) -> None:
        from core.accounts.services import erases_belongings
        from core.hosts.services import erase_applications

        erases_belongings("hosts", erase_applications)
