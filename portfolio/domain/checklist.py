"""Answering requirements, adding evidence, judging answers. The three layers never write on each other."""

from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from governance.domain.files import reasons_against_file
from governance.models import Organisation, User
from governance.refusals import NotAllowed, NotReady, Refusal, Stale, WrongStage
from governance.standing import standing_of
from portfolio.models import Answer, Evidence, Initiative, Judgement, Participation, Requirement
from portfolio.rules import Action, may

from .lifecycle import locked


def _requirement(initiative: Initiative, code: str) -> Requirement:
    requirement = Requirement.objects.filter(catalogue=initiative.catalogue, code=code).first()
    if requirement is None:
        raise WrongStage(Refusal("unknown_requirement", _("Kravet findes ikke i initiativets kravkatalog.")))
    if not requirement.is_answered_by_hand:
        raise WrongStage(Refusal("not_answered_by_hand", _("Portalen regner selv kravet ud. Det kan ikke besvares.")))
    return requirement


def _may(by: User, action: Action, initiative: Initiative, organisation: Organisation | None) -> bool:
    if not may(standing_of(by), action, initiative):
        return False
    if organisation is None:
        return True
    takes_part = Participation.objects.on(timezone.localdate()).filter(
        initiative=initiative, organisation=organisation, role__in=Participation.TAKES_PART
    )
    return takes_part.exists()


@transaction.atomic
def answer(
    *,
    initiative_id: int,
    code: str,
    value: str,
    text: str,
    by: User,
    version: int = 0,
    organisation: Organisation | None = None,
) -> Answer:
    """Answer a requirement (or answer it anew; the same answer again confirms it). `version` 0 means none was seen.

    The same request sent twice, by a double click, is answered as the first one was.
    `organisation` is given for requirements that each participant answers. Raises NotAllowed, WrongStage, NotReady, or
    Stale with the answer that somebody else saved meanwhile.
    """
    initiative = locked(initiative_id)
    if not _may(by, Action.ANSWER, initiative, organisation):
        raise NotAllowed(Refusal("not_allowed", _("Du kan ikke besvare kravet på dette trin.")))
    requirement = _requirement(initiative, code)
    if requirement.per_organisation != (organisation is not None):
        message = _("Kravet besvares for hver deltager. Vælg deltageren.")
        raise NotReady(Refusal("organisation_missing", message))
    needs_text = value in (Answer.Value.EXPLAINED, Answer.Value.NOT_RELEVANT, Answer.Value.NO)
    if needs_text and not text.strip():
        raise NotReady(Refusal("text_missing", _("Skriv en begrundelse. Et svar af den slags kræver den.")))
    row = Answer.objects.filter(initiative=initiative, requirement=requirement, organisation=organisation).first()
    if row and (row.version, row.value, row.text, row.answered_by_id) == (version + 1, value, text, by.pk):
        return row
    if (row.version if row else 0) != version:
        message = _("En anden gemte svaret, mens du skrev. Din tekst er ikke gemt. Sammenlign, og gem igen.")
        raise Stale(Refusal("stale", message), current=row)
    if row is None:
        row = Answer(initiative=initiative, requirement=requirement, organisation=organisation, version=0)
    changed = (row.value, row.text) != (value, text)
    row.value, row.text = value, text
    row.answered_by, row.answered_at = by, timezone.now()
    if changed or row.version == 0:
        row.version += 1
    row.save()
    return row


@transaction.atomic
def answer_with_evidence(
    *,
    initiative_id: int,
    code: str,
    value: str,
    text: str,
    by: User,
    version: int = 0,
    organisation: Organisation | None = None,
    url: str = "",
    upload: UploadedFile | None = None,
) -> Answer:
    """Answer a requirement and add a link, a file or both in the same go. Refused as a whole, for `answer`'s reasons.

    What is there already is not added once more.
    """
    row = answer(
        initiative_id=initiative_id,
        code=code,
        value=value,
        text=text,
        by=by,
        version=version,
        organisation=organisation,
    )
    if url and not row.evidence.filter(url=url).exists():
        add_evidence(answer_id=row.pk, by=by, url=url)
    if upload is not None and not row.evidence.filter(title=upload.name, size=upload.size or 0).exists():
        add_evidence(answer_id=row.pk, by=by, upload=upload)
    return row


@transaction.atomic
def add_evidence(
    *,
    answer_id: int,
    by: User,
    url: str = "",
    upload: UploadedFile | None = None,
    title: str = "",
    is_public: bool = False,
) -> Evidence:
    """Add a link or a file to an answer. Raises NotAllowed or NotReady; nothing is stored then."""
    row = Answer.objects.select_related("initiative").get(pk=answer_id)
    if not may(standing_of(by), Action.ANSWER, row.initiative):
        raise NotAllowed(Refusal("not_allowed", _("Du kan ikke tilføje bevis på dette trin.")))
    fields: dict[str, Any] = {"answer": row, "added_by": by, "is_public": is_public}
    if upload is not None:
        refusals = reasons_against_file(upload)
        if refusals:
            raise NotReady(*refusals)
        return Evidence.objects.create(
            title=(title or upload.name or "")[:200], file=upload, size=upload.size or 0, **fields
        )
    if not url:
        raise NotReady(Refusal("evidence_missing", _("Skriv et link, eller vælg en fil.")))
    return Evidence.objects.create(title=(title or url)[:200], url=url, **fields)


@transaction.atomic
def remove_evidence(*, evidence_id: int, by: User) -> None:
    """Take away a link or file that was added by mistake."""
    row = Evidence.objects.select_related("answer__initiative").get(pk=evidence_id)
    if not may(standing_of(by), Action.ANSWER, row.answer.initiative):
        raise NotAllowed(Refusal("not_allowed", _("Du kan ikke fjerne bevis på dette trin.")))
    stored = row.file
    row.delete()
    name = stored.name
    if name:
        transaction.on_commit(lambda: stored.storage.delete(name))


@transaction.atomic
def judge(*, answer_id: int, version: int, light: str, remark: str, by: User) -> Judgement:
    """Record the secretariat's judgement of one version of an answer. Yellow and red need a remark.

    Raises NotAllowed, NotReady, or Stale when the product changed its answer meanwhile.
    """
    row = Answer.objects.select_for_update(of=("self",)).select_related("initiative").get(pk=answer_id)
    if not may(standing_of(by), Action.JUDGE, row.initiative):
        raise NotAllowed(Refusal("not_allowed", _("Kun forretningslederen og sekretariatet vurderer svar.")))
    if row.version != version:
        raise Stale(Refusal("stale", _("Svaret er ændret, siden du læste det. Læs det igen.")), current=row)
    if light != Judgement.Light.GREEN and not remark.strip():
        raise NotReady(Refusal("remark_missing", _("Skriv, hvad der skal til, når vurderingen er gul eller rød.")))
    return Judgement.objects.create(answer=row, answer_version=version, light=light, remark=remark, by=by)
