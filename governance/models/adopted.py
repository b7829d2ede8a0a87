"""What decisions leave behind that belongs to no initiative: what the association adopted, bought, and settled."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from .append_only import AppendOnlyModel
from .cases import Case
from .decisions import Decision


class Adopted(AppendOnlyModel):
    """The association's strategy, principles, action plan or economy, as adopted. The newest of a kind is in force."""

    class Kind(models.TextChoices):
        STRATEGY = "strategy", _("strategi")
        PRINCIPLES = "principles", _("principper")
        ACTION_PLAN = "action_plan", _("handleplan")
        ECONOMY = "economy", _("foreningens økonomi")

    kind = models.CharField(_("art"), max_length=12, choices=Kind)
    title = models.CharField(_("titel"), max_length=200)
    period = models.CharField(_("periode"), max_length=40, blank=True)
    decision = models.ForeignKey(
        Decision, on_delete=models.PROTECT, related_name="adopted", verbose_name=_("vedtaget ved")
    )

    class Meta:
        verbose_name = _("vedtaget")
        verbose_name_plural = _("vedtaget")
        ordering = ["kind", "-decision__decided_on", "-pk"]

    def __str__(self):
        return f"{self.title} {self.period}".strip()


class Purchase(AppendOnlyModel):
    """A purchase that a body decided: what, for how much, from whom. The bill itself is outside the portal."""

    what = models.CharField(_("hvad"), max_length=200)
    amount = models.DecimalField(_("højst i kr."), max_digits=14, decimal_places=2)
    supplier = models.CharField(_("leverandør"), max_length=200, blank=True)
    decision = models.ForeignKey(
        Decision, on_delete=models.PROTECT, related_name="purchases", verbose_name=_("besluttet ved")
    )

    class Meta:
        verbose_name = _("indkøb")
        verbose_name_plural = _("indkøb")
        ordering = ["-decision__decided_on", "-pk"]
        constraints = [models.CheckConstraint(condition=models.Q(amount__gt=0), name="governance_purchase_costs")]

    def __str__(self):
        return self.what


class Settlement(AppendOnlyModel):
    """A conflict is settled: by which decision. Every case it was lifted through gets one."""

    case = models.OneToOneField(Case, on_delete=models.PROTECT, related_name="settlement", verbose_name=_("sag"))
    decision = models.ForeignKey(
        Decision, on_delete=models.PROTECT, related_name="settlements", verbose_name=_("afgjort ved")
    )

    class Meta:
        verbose_name = _("afgjort konflikt")
        verbose_name_plural = _("afgjorte konflikter")

    def __str__(self):
        return str(self.case)
