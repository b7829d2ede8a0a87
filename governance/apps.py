"""Governance: who decides."""

from django.apps import AppConfig


class GovernanceConfig(AppConfig):
    """The app."""

    name = "governance"
    verbose_name = "Foreningen"

    def ready(self):
        """Say what the association's own decisions do."""
        from .own_effects import register_own_effects  # noqa: PLC0415 - models are not ready before this

        register_own_effects()
