"""Organisations, what they are part of, and their ties to OS2."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from governance.danish import search_text, sort_key

from .addresses import free_address
from .dated import DatedModel, DatedQuerySet


class OrganisationQuerySet(DatedQuerySet):
    """Organisations by kind and by day."""

    def authorities(self):
        """Municipalities, regions, state bodies and joint bodies."""
        return self.filter(kind__in=Organisation.AUTHORITY_KINDS)


class Organisation(DatedModel):
    """A municipality, region, state body, joint body, association or company, for as long as it exists."""

    class Kind(models.TextChoices):
        MUNICIPALITY = "municipality", _("kommune")
        REGION = "region", _("region")
        STATE = "state", _("statslig myndighed")
        JOINT_BODY = "joint_body", _("fællesskab")
        ASSOCIATION = "association", _("forening")
        COMPANY = "company", _("virksomhed")

    AUTHORITY_KINDS = (Kind.MUNICIPALITY, Kind.REGION, Kind.STATE, Kind.JOINT_BODY)

    name = models.CharField(_("navn"), max_length=200, unique=True)
    slug = models.SlugField(_("adressenavn"), max_length=200, unique=True)
    kind = models.CharField(_("type"), max_length=20, choices=Kind)
    code = models.CharField(
        _("kommune- eller regionskode"), max_length=4, null=True, blank=True, unique=True, help_text=_("Fire cifre.")
    )
    cvr = models.CharField(_("CVR-nummer"), max_length=8, blank=True)
    address = models.TextField(_("adresse"), max_length=500, blank=True)
    role_email = models.EmailField(
        _("fælles e-mail"), blank=True, help_text=_("En funktionspostkasse, ikke en person.")
    )
    website = models.URLField(_("hjemmeside"), blank=True)
    sort_key = models.CharField(max_length=200, editable=False, db_index=True)
    search_text = models.TextField(editable=False)

    objects: ClassVar = OrganisationQuerySet.as_manager()
    history = HistoricalRecords(excluded_fields=["sort_key", "search_text"])

    class Meta(DatedModel.Meta):
        verbose_name = _("organisation")
        verbose_name_plural = _("organisationer")
        ordering = ["sort_key"]

    def __str__(self):
        return f"{self.name} Kommune" if self.kind == self.Kind.MUNICIPALITY else self.name

    def save(self, *args, **kwargs):
        """Keep the derived columns true."""
        self.slug = self.slug or free_address(Organisation, self.name)
        self.sort_key = sort_key(self.name)
        self.search_text = search_text(self.name, self.code or "")
        super().save(*args, **kwargs)

    @property
    def is_authority(self) -> bool:
        """Whether it counts as a public authority (N1-G5, N1-G11)."""
        return self.kind in self.AUTHORITY_KINDS


class OrganisationPart(DatedModel):
    """A municipality is part of a region, or stands behind a joint body, from one day to another."""

    whole = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="parts", verbose_name=_("helhed"))
    part = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="wholes", verbose_name=_("del"))

    class Meta(DatedModel.Meta):
        verbose_name = _("del af organisation")
        verbose_name_plural = _("dele af organisationer")
        ordering = ["whole__sort_key", "part__sort_key"]
        constraints = [
            *DatedModel.Meta.constraints,
            models.UniqueConstraint(fields=["whole", "part", "valid_from"], name="governance_part_once"),
        ]

    def __str__(self):
        return f"{self.part} / {self.whole}"


class Affiliation(DatedModel):
    """What an organisation is to OS2: a member (with a vote at the general assembly) or a vendor partner."""

    class Kind(models.TextChoices):
        MEMBER = "member", _("medlem")
        VENDOR_PARTNER = "vendor_partner", _("leverandørpartner")

    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="affiliations", verbose_name=_("organisation")
    )
    kind = models.CharField(_("tilknytning"), max_length=20, choices=Kind)

    class Meta(DatedModel.Meta):
        verbose_name = _("tilknytning")
        verbose_name_plural = _("tilknytninger")
        ordering = ["organisation__sort_key", "-valid_from"]
        constraints = [
            *DatedModel.Meta.constraints,
            models.UniqueConstraint(
                fields=["organisation", "kind"],
                condition=Q(valid_to__isnull=True),
                name="governance_affiliation_open_once",
            ),
        ]

    def __str__(self):
        return f"{self.organisation}: {self.get_kind_display()}"
