"""Small but real economy: budgets in versions, their lines, and who approved which version. Danish kroner, exact."""

from decimal import Decimal

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from governance.models import AppendOnlyModel, Decision, Organisation

from .initiatives import Initiative
from .lists import EconomyCategory


class Budget(models.Model):
    """One version of an initiative's budget: for the project, or for the product at and after launch."""

    class Scope(models.TextChoices):
        PROJECT = "project", _("projektets økonomi")
        PRODUCT = "product", _("produktets økonomi")

    initiative = models.ForeignKey(Initiative, on_delete=models.PROTECT, related_name="budgets")
    scope = models.CharField(_("gælder"), max_length=10, choices=Scope)
    version = models.PositiveSmallIntegerField(_("version"), editable=False)
    note = models.CharField(_("bemærkning"), max_length=500, blank=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", editable=False)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("budget")
        verbose_name_plural = _("budgetter")
        ordering = ["initiative", "scope", "-version"]
        constraints = [
            models.UniqueConstraint(fields=["initiative", "scope", "version"], name="portfolio_budget_version")
        ]

    def __str__(self):
        return f"{self.get_scope_display()}, version {self.version}"

    @property
    def total_planned(self) -> Decimal:
        """The sum of the lines, in kroner. Uses prefetched lines."""
        return sum((line.planned for line in self.lines.all()), Decimal(0))


class BudgetLine(models.Model):
    """What is planned in one year for one category, and where the money comes from."""

    class Funding(models.TextChoices):
        LOCAL = "local", _("lokale midler")
        OS2 = "os2", _("OS2")
        GRANT = "grant", _("fonde og puljer")
        AGREEMENT = "agreement", _("tilslutningsaftaler")

    budget = models.ForeignKey(Budget, on_delete=models.CASCADE, related_name="lines")
    year = models.PositiveSmallIntegerField(_("år"))
    category = models.ForeignKey(EconomyCategory, on_delete=models.PROTECT, verbose_name=_("kategori"))
    payer = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        related_name="budget_lines",
        verbose_name=_("betaler"),
        null=True,
        blank=True,
    )
    funding = models.CharField(_("finansiering"), max_length=20, choices=Funding)
    planned = models.DecimalField(_("planlagt i kr."), max_digits=14, decimal_places=2)

    class Meta:
        verbose_name = _("budgetlinje")
        verbose_name_plural = _("budgetlinjer")
        ordering = ["year", "category__order", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(planned__gte=0), name="portfolio_budget_line_not_negative"),
            models.CheckConstraint(condition=Q(year__gte=2000) & Q(year__lte=2100), name="portfolio_budget_line_year"),
        ]

    def __str__(self):
        return f"{self.year} {self.category}: {self.planned}"


class BudgetApproval(AppendOnlyModel):
    """Who approved a version of a budget: the owner (N1), the steering group, the board."""

    class Approver(models.TextChoices):
        OWNER = "owner", _("projektejeren")
        STEERING_GROUP = "steering_group", _("styregruppen")
        BOARD = "board", _("bestyrelsen")

    budget = models.ForeignKey(Budget, on_delete=models.PROTECT, related_name="approvals")
    approver = models.CharField(_("godkendt af"), max_length=20, choices=Approver)
    approved_on = models.DateField(_("godkendt den"))
    approved_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    decision = models.ForeignKey(
        Decision, on_delete=models.PROTECT, related_name="budget_approvals", null=True, blank=True
    )

    class Meta:
        verbose_name = _("budgetgodkendelse")
        verbose_name_plural = _("budgetgodkendelser")
        ordering = ["approved_on", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["budget", "approver"], name="portfolio_budget_approved_once_by_each"),
            models.CheckConstraint(
                condition=~Q(approver="board") | Q(decision__isnull=False), name="portfolio_board_approves_by_decision"
            ),
        ]

    def __str__(self):
        return f"{self.budget}: {self.get_approver_display()}"
