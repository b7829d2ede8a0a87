"""Bodies and their seats (report chapter 4). What the seats must be like is in domain/seats.py."""

from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from .addresses import free_address
from .dated import DatedModel, DatedQuerySet
from .organisations import Organisation
from .people import User


class Body(DatedModel):
    """The general assembly, the board, a steering group, a coordination group, an expert committee or group."""

    class Kind(models.TextChoices):
        GENERAL_ASSEMBLY = "general_assembly", _("generalforsamling")
        BOARD = "board", _("bestyrelse")
        STEERING_GROUP = "steering_group", _("styregruppe")
        COORDINATION_GROUP = "coordination_group", _("koordinationsgruppe")
        EXPERT_COMMITTEE = "expert_committee", _("fagligt udvalg")
        EXPERT_GROUP = "expert_group", _("faggruppe")

    # A decision of the general assembly counts as the board's (domain.md section 1).
    BOARD_KINDS = (Kind.BOARD, Kind.GENERAL_ASSEMBLY)

    kind = models.CharField(_("type"), max_length=20, choices=Kind)
    name = models.CharField(_("navn"), max_length=200, unique=True)
    slug = models.SlugField(_("adressenavn"), max_length=200, unique=True, editable=False)
    purpose = models.TextField(_("formål"), max_length=2000, blank=True)
    seats_per_organisation = models.PositiveSmallIntegerField(
        _("højst antal pladser pr. organisation"), null=True, blank=True, help_text=_("Tomt betyder ingen grænse.")
    )

    frame = models.TextField(
        _("ramme og økonomi"), max_length=2000, blank=True, help_text=_("Det, gruppen må bestemme og bruge penge på.")
    )

    history = HistoricalRecords()

    class Meta(DatedModel.Meta):
        verbose_name = _("organ")
        verbose_name_plural = _("organer")
        ordering = ["kind", "name"]
        constraints = [
            *DatedModel.Meta.constraints,
            models.UniqueConstraint(
                fields=["kind"],
                condition=Q(kind__in=["board", "general_assembly"], valid_to__isnull=True),
                name="governance_body_one_board",
            ),
        ]

    def __str__(self):
        return self.name

    def save(self, *args, **kwargs):
        """Give the body its address."""
        self.slug = self.slug or free_address(Body, self.name)
        super().save(*args, **kwargs)

    @property
    def decides_as_board(self) -> bool:
        """Whether this body's decisions are the board's."""
        return self.kind in self.BOARD_KINDS


class MembershipQuerySet(DatedQuerySet):
    """Seats of one or more bodies. Chain: `.on(day).voting().held_by_board_members(day)`."""

    def voting(self):
        """Filled seats that vote by themselves. Deputies count only for the item they stand in; vacant ones never."""
        return self.filter(has_vote=True, person__isnull=False).exclude(function=Membership.Function.DEPUTY)

    def filled(self):
        """Seats somebody holds."""
        return self.filter(person__isnull=False)

    def held_by_board_members(self, day: date):
        """Seats whose person holds a voting seat on the board that day."""
        board = Membership.objects.on(day).voting().filter(body__kind=Body.Kind.BOARD, person=OuterRef("person"))
        return self.filter(Exists(board))


class Membership(DatedModel):
    """A seat in a body: who holds it for whom, as what, with a vote or not, from one day to another."""

    class Function(models.TextChoices):
        CHAIR = "chair", _("formand")
        VICE_CHAIR = "vice_chair", _("næstformand")
        MEMBER = "member", _("medlem")
        DEPUTY = "deputy", _("suppleant")
        SECRETARY = "secretary", _("sekretær")
        OBSERVER = "observer", _("observatør")

    class Mandate(models.TextChoices):
        DECISION_MAKER = "decision_maker", _("beslutningstager")
        DELEGATED = "delegated", _("har fået mandat")
        EXPERT = "expert", _("faglig kapacitet")

    class Ending(models.TextChoices):
        TERM = "term", _("perioden udløb")
        RESIGNED = "resigned", _("trådte ud")
        REPLACED = "replaced", _("blev afløst")
        CHANGED = "changed", _("fik en anden funktion")

    NEVER_VOTES = (Function.SECRETARY, Function.OBSERVER)

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="memberships", verbose_name=_("organ"))
    person = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="memberships", verbose_name=_("person"), null=True, blank=True
    )
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="memberships", verbose_name=_("organisation")
    )
    function = models.CharField(_("funktion"), max_length=20, choices=Function, default=Function.MEMBER)
    has_vote = models.BooleanField(_("har stemmeret"), default=True)
    mandate = models.CharField(_("mandat"), max_length=20, choices=Mandate, blank=True)
    agreement = models.CharField(
        _("aftale med bestyrelsens formand"),
        max_length=500,
        blank=True,
        help_text=_("Skrives, når forretningslederen deltager aktivt i en styregruppe."),
    )
    ended_because = models.CharField(
        _("hvorfor pladsen sluttede"), max_length=10, choices=Ending, blank=True, editable=False
    )
    approved_by = models.ForeignKey(
        "governance.Decision",
        on_delete=models.PROTECT,
        related_name="approved_memberships",
        verbose_name=_("godkendt ved"),
        null=True,
        blank=True,
    )
    appointed_by = models.ForeignKey(
        "governance.Decision",
        on_delete=models.PROTECT,
        related_name="appointed_memberships",
        verbose_name=_("udpeget ved"),
        null=True,
        blank=True,
    )

    objects: ClassVar = MembershipQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta(DatedModel.Meta):
        verbose_name = _("plads")
        verbose_name_plural = _("pladser")
        ordering = ["body", "pk"]
        constraints = [
            *DatedModel.Meta.constraints,
            models.UniqueConstraint(
                fields=["body"], condition=Q(function="chair", valid_to__isnull=True), name="governance_one_open_chair"
            ),
            models.UniqueConstraint(
                fields=["body", "person"],
                condition=Q(valid_to__isnull=True),
                name="governance_one_open_seat_per_person",
            ),
            models.CheckConstraint(
                condition=~Q(function__in=["secretary", "observer"]) | Q(has_vote=False),
                name="governance_observers_do_not_vote",
            ),
        ]

    def __str__(self):
        return f"{capfirst(self.get_function_display())}, {self.organisation}"


class Facilitation(DatedModel):
    """A vendor runs a coordination group: within its operations contract, or hired for it (2017 paper, section 3)."""

    class Basis(models.TextChoices):
        OPERATIONS = "operations", _("som del af driftsaftalen")
        HIRED = "hired", _("hyret til at facilitere")

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="facilitations", verbose_name=_("gruppe"))
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="facilitations", verbose_name=_("leverandør")
    )
    basis = models.CharField(_("grundlag"), max_length=10, choices=Basis)
    conflict_reason = models.TextField(
        _("hvorfor leverandøren er valgt alligevel"),
        max_length=2000,
        blank=True,
        help_text=_("Kræves, når en hyret leverandør selv udvikler eller driver produktet."),
    )

    history = HistoricalRecords()

    class Meta(DatedModel.Meta):
        verbose_name = _("facilitering")
        verbose_name_plural = _("faciliteringer")
        ordering = ["body", "-valid_from"]
        constraints = [
            *DatedModel.Meta.constraints,
            models.UniqueConstraint(
                fields=["body"], condition=Q(valid_to__isnull=True), name="governance_one_open_facilitation"
            ),
        ]

    def __str__(self):
        return f"{self.organisation}: {self.get_basis_display()}"
