"""Governance: who decides."""

from django.apps import AppConfig


class GovernanceConfig(AppConfig):
    """The app."""

    name = "governance"
    verbose_name = "Foreningen"
