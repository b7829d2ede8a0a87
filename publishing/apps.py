"""Publishing: what everybody reads."""

from django.apps import AppConfig


class PublishingConfig(AppConfig):
    """The app."""

    name = "publishing"
    verbose_name = "Offentliggørelse"

    def ready(self):
        """Let what becomes public with approved minutes do so in the same transaction."""
        from governance.domain import minutes  # noqa: PLC0415 - models are not ready before this

        from .domain.record import publish_approved_minutes, publish_correction  # noqa: PLC0415 - as above

        minutes.after_approval.append(publish_approved_minutes)
        minutes.after_correction.append(publish_correction)
