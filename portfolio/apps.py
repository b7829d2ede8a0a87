"""Portfolio: what is decided about."""

from django.apps import AppConfig


class PortfolioConfig(AppConfig):
    """The app, and what it tells governance when it starts."""

    name = "portfolio"
    verbose_name = "Portefølje"

    def ready(self):
        """Tell governance what its decisions and seats mean for initiatives."""
        from governance.decision_letters import audiences  # noqa: PLC0415 - models are not ready before this
        from governance.domain import seats  # noqa: PLC0415 - as above

        from .audience import behind_initiative  # noqa: PLC0415 - as above
        from .domain.people import object_to_project_lead  # noqa: PLC0415 - as above
        from .effects import register_effects  # noqa: PLC0415 - as above
        from .group_rules import register_group_rules  # noqa: PLC0415 - as above

        register_effects()
        register_group_rules()
        seats.objections.append(object_to_project_lead)
        audiences.append(behind_initiative)
