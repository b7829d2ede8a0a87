"""Who runs a coordination group when it is a vendor: within its operations contract, or hired for it (2017 paper)."""

from datetime import date, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from governance.group_rules import group_rules
from governance.models import Body, Facilitation, Organisation
from governance.refusals import NotReady, Refusal, raise_if


def reasons_against_facilitator(
    *, body: Body, organisation: Organisation, basis: str, conflict_reason: str, on: date
) -> list[Refusal]:
    """A hired facilitator has no development or operations tie to the product, or it is written why all the same."""
    if body.kind != Body.Kind.COORDINATION_GROUP:
        return [Refusal("not_coordination_group", _("Kun en koordinationsgruppe kan faciliteres af en leverandør."))]
    if basis != Facilitation.Basis.HIRED or conflict_reason.strip():
        return []
    ties = group_rules.vendor_ties(body, organisation, on)
    if not ties:
        return []
    message = _(
        "%(who)s har en interesse i produktet: %(ties)s. En hyret facilitator må ikke udvikle eller drive det. Vælg en "
        "anden, eller skriv, hvorfor leverandøren er valgt alligevel."
    )
    return [Refusal("conflict_of_interest", message % {"who": organisation, "ties": ", ".join(ties)})]


@transaction.atomic
def set_facilitator(
    *, body: Body, organisation: Organisation, basis: str, valid_from: date, conflict_reason: str = ""
) -> Facilitation:
    """Let a vendor run the group from a day; whoever did until then ends the day before. Raises NotReady."""
    body = Body.objects.select_for_update().get(pk=body.pk)
    refusals = reasons_against_facilitator(
        body=body, organisation=organisation, basis=basis, conflict_reason=conflict_reason, on=valid_from
    )
    present = body.facilitations.select_for_update().filter(valid_to__isnull=True).first()
    if present and present.valid_from >= valid_from:
        refusals.append(Refusal("starts_before_present", _("Vælg en startdato efter den nuværendes.")))
    raise_if(NotReady, refusals)
    if present:
        present.valid_to = valid_from - timedelta(days=1)
        present.save()
    return Facilitation.objects.create(
        body=body, organisation=organisation, basis=basis, conflict_reason=conflict_reason, valid_from=valid_from
    )


@transaction.atomic
def end_facilitation(*, facilitation: Facilitation, on: date) -> Facilitation:
    """End it; the day is the last. Raises NotReady for a day before the first, or when it has ended."""
    facilitation = Facilitation.objects.select_for_update(of=("self",)).get(pk=facilitation.pk)
    if on < facilitation.valid_from:
        raise NotReady(Refusal("ends_before_start", _("Faciliteringen kan ikke slutte, før den begyndte.")))
    if facilitation.valid_to is not None:
        raise NotReady(Refusal("already_ended", _("Faciliteringen er allerede afsluttet.")))
    facilitation.valid_to = on
    facilitation.save()
    return facilitation
