from django.apps import AppConfig


class BucketlistsConfig(AppConfig):
    name = "core.bucketlists"
    label = "bucketlists"

    def ready(self) -> None:
        from core.bucketlists.services import open_conversations

        open_conversations()
