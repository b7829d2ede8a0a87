"""Publishing: what everybody reads."""

from django.apps import AppConfig


class PublishingConfig(AppConfig):
    """The app."""

    name = "publishing"
    verbose_name = "Offentliggørelse"
