"""One piece of work from idea to product. It keeps its identity, history and checklist the whole way."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from django_fsm import FSMField, transition
from simple_history.models import HistoricalRecords

from governance.danish import search_text, sort_key
from governance.models import Body, Organisation

from .levels import END_STAGES, LIVE_STAGES, Level, Stage
from .lists import Phase, SubjectArea
from .queries import InitiativeQuerySet

# Words that stand where an initiative's own address would (portfolio/urls.py).
RESERVED = ("ny", "lignende")


class Initiative(models.Model):
    """An initiative. `stage` moves only through the transitions below, called by domain/lifecycle.py."""

    class Kind(models.TextChoices):
        SOFTWARE = "software", _("software")
        STANDARD = "standard", _("standard eller datasæt")
        NETWORK = "network", _("netværk")
        FUNCTION = "function", _("funktion")

    class Origin(models.TextChoices):
        ORGANISATION = "organisation", _("en organisation")
        EXPERT_GROUP = "expert_group", _("en faggruppe")
        USER_NETWORK = "user_network", _("et brugernetværk")
        BOARD = "board", _("bestyrelsen")

    class OperatingStatus(models.TextChoices):
        PILOT = "pilot", _("pilot")
        IN_OPERATION = "in_operation", _("i drift")
        LIMITED = "limited", _("begrænset drift")
        PHASING_OUT = "phasing_out", _("under udfasning")
        STOPPED = "stopped", _("stoppet")

    class Priority(models.TextChoices):
        FIRST = "1", _("1")
        SECOND = "2", _("2")
        THIRD = "3", _("3")
        WAITING = "waiting", _("venter")

    reference = models.CharField(_("initiativnummer"), max_length=12, unique=True, editable=False)
    name = models.CharField(_("titel"), max_length=120)
    slug = models.SlugField(_("adressenavn"), max_length=140, unique=True, editable=False)
    kind = models.CharField(_("type"), max_length=20, choices=Kind, default=Kind.SOFTWARE)
    stage = FSMField(_("stadie"), default=Stage.IDEA, choices=Stage, protected=True, db_index=True)
    level = models.PositiveSmallIntegerField(
        _("niveau"), choices=Level, null=True, blank=True, editable=False, db_index=True
    )
    level_reason = models.TextField(_("begrundelse for niveauet"), max_length=4000, blank=True)
    catalogue = models.ForeignKey(
        "portfolio.RequirementCatalogue",
        on_delete=models.PROTECT,
        related_name="initiatives",
        verbose_name=_("kravkatalog"),
        null=True,
        blank=True,
        editable=False,
    )
    phase = models.ForeignKey(Phase, on_delete=models.PROTECT, verbose_name=_("projektfase"), null=True, blank=True)
    priority = models.CharField(_("prioritet"), max_length=10, choices=Priority, blank=True, editable=False)
    priority_reason = models.TextField(_("begrundelse for prioriteten"), max_length=2000, blank=True, editable=False)
    paused_since = models.DateField(_("på pause siden"), null=True, blank=True, editable=False)
    paused_until = models.DateField(_("på pause til"), null=True, blank=True, editable=False)
    part_of = models.ForeignKey(
        "self", on_delete=models.PROTECT, related_name="functions", verbose_name=_("del af"), null=True, blank=True
    )
    successor = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        related_name="predecessors",
        verbose_name=_("afløses af"),
        null=True,
        blank=True,
    )

    # What an idea says (submit)
    idea = models.TextField(_("idé"), max_length=4000)
    local_need = models.TextField(_("lokalt behov"), max_length=4000)
    origin = models.CharField(_("kommer fra"), max_length=20, choices=Origin, default=Origin.ORGANISATION)
    origin_organisation = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        related_name="ideas",
        verbose_name=_("organisation"),
        null=True,
        blank=True,
    )
    contact = models.CharField(
        _("kontakt"), max_length=200, blank=True, help_text=_("Navn og e-mail. Vises aldrig offentligt.")
    )
    role_email = models.EmailField(
        _("offentlig e-mail"), blank=True, help_text=_("En funktionspostkasse, ikke en person.")
    )
    proposer = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="ideas", null=True, blank=True, editable=False
    )

    # What a concept says (shape)
    purpose = models.TextField(_("formål"), max_length=4000, blank=True)
    description = models.TextField(_("beskrivelse"), max_length=10000, blank=True)
    expected_effect = models.TextField(_("forventet effekt"), max_length=4000, blank=True)
    local_value = models.TextField(_("lokal værdi"), max_length=4000, blank=True)
    value_for_others = models.TextField(_("værdi for andre"), max_length=4000, blank=True)
    subject_areas = models.ManyToManyField(
        SubjectArea, related_name="initiatives", verbose_name=_("fagområder"), blank=True
    )
    overlap_assessment = models.TextField(
        _("andre initiativer i OS2"),
        max_length=4000,
        blank=True,
        help_text=_("Skriv „ingen overlapper“, eller hvad initiativet hænger sammen med og hvorfor."),
    )
    external_assessment = models.TextField(
        _("løsninger uden for OS2"),
        max_length=4000,
        blank=True,
        help_text=_("Hvad findes hos KOMBIT, KL, regionerne og på markedet, og hvad viste det?"),
    )

    # Plan and business case (N1-G12, report 6.4)
    planned_start = models.DateField(_("planlagt start"), null=True, blank=True)
    planned_end = models.DateField(_("planlagt slut"), null=True, blank=True)
    estimated_hours = models.PositiveIntegerField(_("estimerede ressourcer i timer"), null=True, blank=True)
    business_case = models.TextField(_("business case"), max_length=10000, blank=True)
    qualitative_goals = models.TextField(_("kvalitative mål"), max_length=4000, blank=True)
    project_model = models.CharField(_("projektmodel"), max_length=200, blank=True)

    # The product
    repository = models.URLField(_("kildekode"), blank=True)
    licence = models.CharField(_("licens"), max_length=60, blank=True)
    started_year = models.PositiveSmallIntegerField(_("begyndt i"), null=True, blank=True)
    operating_status = models.CharField(_("driftsstatus"), max_length=20, choices=OperatingStatus, blank=True)

    is_example = models.BooleanField(_("eksempel"), default=False, editable=False)
    is_public_idea = models.BooleanField(_("idéen må offentliggøres"), default=False)
    bodies = models.ManyToManyField(Body, through="InitiativeBody", related_name="initiatives")
    created_at = models.DateTimeField(_("oprettet"), auto_now_add=True)
    changed_at = models.DateTimeField(_("senest ændret"), auto_now=True)
    version = models.PositiveIntegerField(default=1, editable=False)
    sort_key = models.CharField(max_length=200, editable=False, db_index=True)
    search_text = models.TextField(editable=False)

    objects = InitiativeQuerySet.as_manager()
    history = HistoricalRecords(excluded_fields=["sort_key", "search_text", "changed_at"])

    class Meta:
        verbose_name = _("initiativ")
        verbose_name_plural = _("initiativer")
        ordering = ["sort_key", "pk"]
        indexes = [models.Index(fields=["stage", "level", "sort_key"], name="portfolio_stage_level")]
        constraints = [
            models.CheckConstraint(
                condition=Q(planned_end__isnull=True)
                | Q(planned_start__isnull=True)
                | Q(planned_end__gte=models.F("planned_start")),
                name="portfolio_initiative_ends_after_start",
            ),
            models.CheckConstraint(
                condition=~Q(stage__in=["concept"]) | Q(level__isnull=False), name="portfolio_concept_has_level"
            ),
        ]

    def __str__(self):
        return self.name

    def save(self, *args, **kwargs):
        """Keep the derived columns true."""
        if not self.slug:
            self.slug = self._free_slug()
        self.sort_key = sort_key(self.name)
        self.search_text = search_text(
            self.name, self.idea, self.local_need, self.purpose, self.description, self.reference
        )
        super().save(*args, **kwargs)

    def refresh_from_db(self, using=None, fields=None, from_queryset=None):
        """Reload without django-fsm's class-wide protection switch, which is not thread-safe."""
        if fields is None or "stage" in fields:
            self.__dict__.pop("stage", None)
        models.Model.refresh_from_db(self, using=using, fields=fields, from_queryset=from_queryset)

    def _free_slug(self) -> str:
        stem = slugify(self.name.lower().replace("ø", "oe").replace("æ", "ae").replace("å", "aa"))[:120] or "initiativ"
        taken = {*RESERVED, *Initiative.objects.filter(slug__startswith=stem).values_list("slug", flat=True)}
        return next(s for s in (stem, *(f"{stem}-{n}" for n in range(2, len(taken) + 3))) if s not in taken)

    @property
    def is_live(self) -> bool:
        """Whether it is still on its way or in use."""
        return self.stage in LIVE_STAGES

    @property
    def is_ended(self) -> bool:
        """Withdrawn, rejected or closed."""
        return self.stage in END_STAGES

    @property
    def level_is_unknown(self) -> bool:
        """Whether nobody knows the level, as only entries from before the portal may have it (lifecycle.md)."""
        return self.level is None and self.stage in (Stage.PROJECT, Stage.PRODUCT, Stage.CLOSED)

    @property
    def is_paused(self) -> bool:
        """Whether the board has put it on hold."""
        return self.paused_since is not None

    # The lifecycle. Who may, and what must hold, is asked in steps.py and gates.py before these are called.

    @transition(field=stage, source=Stage.IDEA, target=Stage.CONCEPT)
    def shape(self):
        """Idea to concept."""

    @transition(field=stage, source=Stage.CONCEPT, target=Stage.IDEA)
    def return_to_idea(self):
        """Concept back to idea; the checklist is kept."""

    @transition(field=stage, source=Stage.CONCEPT, target=Stage.PROJECT)
    def start(self):
        """Concept to project."""

    @transition(field=stage, source=Stage.PROJECT, target=Stage.CONCEPT)
    def return_to_concept(self):
        """Project back to concept: reconsidered."""

    @transition(field=stage, source=Stage.PROJECT, target=Stage.PRODUCT)
    def launch(self):
        """Project to product."""

    @transition(field=stage, source=Stage.CONCEPT, target=Stage.PRODUCT)
    def admit(self):
        """Concept to product: a finished product handed over."""

    @transition(field=stage, source=[Stage.IDEA, Stage.CONCEPT], target=Stage.WITHDRAWN)
    def withdraw(self):
        """Given up by those who proposed it."""

    @transition(field=stage, source=[Stage.IDEA, Stage.CONCEPT], target=Stage.REJECTED)
    def reject(self):
        """Turned down by the board."""

    @transition(field=stage, source=[Stage.PROJECT, Stage.PRODUCT], target=Stage.CLOSED)
    def close(self):
        """Ended by the board, or an N1 project by its own municipality."""

    @transition(field=stage, source=[Stage.REJECTED, Stage.WITHDRAWN, Stage.CLOSED], target=Stage.IDEA)
    def reopen(self):
        """Back to idea."""
