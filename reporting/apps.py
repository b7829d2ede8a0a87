"""Reporting: what the board reads."""

from django.apps import AppConfig


class ReportingConfig(AppConfig):
    """The app."""

    name = "reporting"
    verbose_name = "Bestyrelsesrapporter"
