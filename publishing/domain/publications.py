"""Publishing from a snapshot: what would change, and doing it. What is public changes at once, as a whole."""

from dataclasses import dataclass, fields

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from governance.codec import checksum, to_json
from governance.danish import search_text, sort_key
from governance.models import User
from governance.refusals import NotAllowed, NotReady, Refusal, WrongStage
from governance.standing import standing_of
from publishing.models import Publication, PublishedInitiative
from publishing.public import PublicInitiative
from publishing.record_queries import without_withdrawn
from publishing.rules import may_publish
from publishing.selection import selected
from reporting.models import Snapshot


@dataclass(frozen=True, slots=True)
class Changed:
    """An initiative whose public facts would change, and the names of the fields."""

    before: PublicInitiative
    after: PublicInitiative
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PublicationPreview:
    """What becomes public from a snapshot, against what is public now."""

    items: tuple[PublicInitiative, ...]
    added: tuple[PublicInitiative, ...]
    removed: tuple[PublicInitiative, ...]
    changed: tuple[Changed, ...]
    unchanged: int

    @property
    def changes_anything(self) -> bool:
        """Whether publishing would change what everybody sees, beside its date."""
        return bool(self.added or self.removed or self.changed)


def current_publication() -> Publication | None:
    """The one that everybody sees."""
    return Publication.objects.select_related("snapshot__meeting__body").defer("snapshot__data").first()


def preview(snapshot: Snapshot) -> PublicationPreview:
    """Exactly what would become public from a snapshot, and what has changed since the last publication."""
    items = tuple(without_withdrawn(selected(snapshot.content)))
    now = current_publication()
    before = {row.slug: row.public for row in now.initiatives.all()} if now else {}
    after = {item.slug: item for item in items}
    both = [(before[slug], item) for slug, item in after.items() if slug in before]
    changed = [Changed(old, new, _different(old, new)) for old, new in both if old != new]
    return PublicationPreview(
        items=items,
        added=tuple(item for slug, item in after.items() if slug not in before),
        removed=tuple(item for slug, item in before.items() if slug not in after),
        changed=tuple(changed),
        unchanged=len(both) - len(changed),
    )


def _different(old: PublicInitiative, new: PublicInitiative) -> tuple[str, ...]:
    return tuple(f.name for f in fields(PublicInitiative) if getattr(old, f.name) != getattr(new, f.name))


@transaction.atomic
def publish(*, snapshot: Snapshot, by: User) -> Publication:
    """Make the public part of a snapshot what everybody sees.

    Raises NotAllowed for others than the business manager and the secretariat, WrongStage when the snapshot is older
    than what is public or is public already, NotReady when it holds nothing public.
    """
    if not may_publish(standing_of(by)):
        raise NotAllowed(Refusal("not_manager", _("Kun forretningslederen og sekretariatet offentliggør.")))
    newest = Publication.objects.select_for_update(of=("self",)).select_related("snapshot").first()
    if newest is not None and newest.snapshot.number >= snapshot.number:
        if newest.snapshot_id == snapshot.pk:
            raise WrongStage(Refusal("already_public", _("Øjebliksbilledet er offentliggjort i forvejen.")))
        message = _("Der er offentliggjort et nyere øjebliksbillede. Tag et nyt, og offentliggør det.")
        raise WrongStage(Refusal("older_than_public", message))
    items = without_withdrawn(selected(snapshot.content))
    if not items:
        raise NotReady(
            Refusal("nothing_public", _("Øjebliksbilledet rummer ingen initiativer, der kan offentliggøres."))
        )
    data = [to_json(item) for item in items]
    number = (Publication.objects.aggregate(last=Max("number"))["last"] or 0) + 1
    publication = Publication.objects.create(
        number=number,
        snapshot=snapshot,
        published_at=timezone.now(),
        published_by=by,
        initiative_count=len(items),
        checksum=checksum(data),
    )
    PublishedInitiative.objects.bulk_create(
        [_row(publication, item, stored) for item, stored in zip(items, data, strict=True)], batch_size=500
    )
    return publication


def _row(publication: Publication, item: PublicInitiative, data: dict) -> PublishedInitiative:
    organisations = sorted({*item.participants, *(use.name for use in item.users)}, key=sort_key)
    return PublishedInitiative(
        publication=publication,
        slug=item.slug,
        name=item.name,
        stage=item.stage,
        level=item.level,
        areas=_listed(item.subject_areas),
        organisations=_listed(organisations),
        sort_key=sort_key(item.name),
        search_text=search_text(
            item.name,
            item.purpose,
            item.description,
            item.expected_effect,
            " ".join(item.subject_areas),
            " ".join(organisations),
            " ".join(item.vendors),
        ),
        data=data,
    )


def _listed(names) -> str:
    """Names between bars, so that one can be found without its neighbours: "|Aarhus Kommune|Ballerup Kommune|"."""
    return f"|{'|'.join(names)}|" if names else ""
