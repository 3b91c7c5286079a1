from django.apps import AppConfig


class OcrPipelineConfig(AppConfig):
    name = "ocr_pipeline"

    def ready(self) -> None:
        """Screenshots are read here: by processes that start with the first picture."""
        from django.conf import settings

        from core.files.readers import reads_pictures
        from ocr_pipeline.screenshots import ScreenshotReader

        engines = settings.ENV.ocr_engines.split(",")
        reads_pictures(ScreenshotReader(engines, places=settings.ENV.ocr_processes))
