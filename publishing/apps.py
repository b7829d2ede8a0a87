"""Publishing: what everybody reads."""

from django.apps import AppConfig


class PublishingConfig(AppConfig):
    name = "publishing"
    verbose_name = "Offentliggørelse"
