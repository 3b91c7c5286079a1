from django.apps import AppConfig


class TrackerConfig(AppConfig):
    name = "core.tracker"
    label = "tracker"
