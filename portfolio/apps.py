"""Portfolio: what is decided about."""

from django.apps import AppConfig


class PortfolioConfig(AppConfig):
    name = "portfolio"
    verbose_name = "Portefølje"

    def ready(self):
        """Tell governance what its decisions and seats mean for initiatives."""
        from governance.domain import seats

        from .domain.people import object_to_project_lead
        from .effects import register_effects

        register_effects()
        seats.objections.append(object_to_project_lead)
