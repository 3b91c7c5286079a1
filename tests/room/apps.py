from django.apps import AppConfig


class RoomConfig(AppConfig):
    name = "tests.room"
    label = "testroom"

    def ready(self) -> None:
        from tests.room import counting, flow, live, rooms  # noqa: F401  (importing declares)
