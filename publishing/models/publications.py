"""What is public, stored apart from what is not: a publication and one row per initiative in it."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from governance.codec import from_json
from governance.danish import search_terms
from governance.models import AppendOnlyModel, User
from governance.models.append_only import AppendOnlyQuerySet
from publishing.public import PublicInitiative
from reporting.models import Snapshot


class Publication(AppendOnlyModel):
    """The abridged portfolio as it was made public from a snapshot. The newest one is what everybody sees."""

    number = models.PositiveIntegerField(_("nummer"), unique=True)
    snapshot = models.ForeignKey(
        Snapshot, on_delete=models.PROTECT, related_name="publications", verbose_name=_("øjebliksbillede")
    )
    published_at = models.DateTimeField(_("offentliggjort"))
    published_by = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="+", verbose_name=_("offentliggjort af")
    )
    initiative_count = models.PositiveIntegerField(_("antal initiativer"))
    checksum = models.CharField(_("kontrolsum"), max_length=64)

    class Meta:
        verbose_name = _("offentliggørelse")
        verbose_name_plural = _("offentliggørelser")
        ordering = ["-number"]

    def __str__(self):
        return f"Offentliggørelse nr. {self.number}"


class PublishedInitiativeQuerySet(AppendOnlyQuerySet):
    """The rows of a publication, searched."""

    def matching(self, query: str):
        """Those whose public texts hold all the words, as Danish stems or as part of a compound."""
        found = self
        for term in search_terms(query):
            found = found.filter(search_text__contains=term)
        return found


class PublishedInitiative(AppendOnlyModel):
    """One initiative of a publication: what is searched and filtered as columns, the rest as one frozen object."""

    publication = models.ForeignKey(Publication, on_delete=models.PROTECT, related_name="initiatives")
    slug = models.SlugField(max_length=140)
    name = models.CharField(max_length=120)
    stage = models.CharField(max_length=20)
    level = models.PositiveSmallIntegerField(null=True)
    areas = models.TextField(blank=True)
    organisations = models.TextField(blank=True)
    sort_key = models.CharField(max_length=200)
    search_text = models.TextField()
    data = models.JSONField()

    objects: ClassVar = PublishedInitiativeQuerySet.as_manager()

    class Meta:
        verbose_name = _("offentliggjort initiativ")
        verbose_name_plural = _("offentliggjorte initiativer")
        ordering = ["sort_key", "slug"]
        indexes = [models.Index(fields=["publication", "stage", "level", "sort_key"], name="publishing_listing")]
        constraints = [models.UniqueConstraint(fields=["publication", "slug"], name="publishing_once_per_publication")]

    def __str__(self):
        return self.name

    @property
    def public(self) -> PublicInitiative:
        """The frozen object that pages get."""
        return from_json(PublicInitiative, self.data)
