from django.apps import AppConfig


class BucketlistsConfig(AppConfig):
    name = "core.bucketlists"
    label = "bucketlists"
