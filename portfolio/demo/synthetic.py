"""Many made-up initiatives at once, to measure with: the same ones for the same number, each marked as an example.

They are written straight into the tables in batches, so they have no history of their own and passed no gate; their
record says so. People and groups are made for them, so that the demo's own people keep a life-sized desk.
"""

import random
from collections.abc import Iterable
from datetime import timedelta
from functools import cache

from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.utils import timezone

from governance.danish import search_text, sort_key
from governance.models import Body, Membership, Organisation, User
from portfolio.models import (
    Adoption,
    Answer,
    Appointment,
    EconomyCategory,
    Initiative,
    InitiativeBody,
    Level,
    LifecycleEvent,
    Participation,
    Phase,
    Requirement,
    RequirementCatalogue,
    Stage,
    SubjectArea,
)

from .synthetic_followup import make_budgets, make_reports
from .synthetic_pool import Made, Pool, save

SERIES = "prøve"
SEED = 2016
BATCH = 500
PEOPLE = 300
SOURCE = "Syntetisk eksempel til måling"
STAGES = {
    Stage.IDEA: 10,
    Stage.CONCEPT: 15,
    Stage.PROJECT: 25,
    Stage.PRODUCT: 40,
    Stage.WITHDRAWN: 4,
    Stage.REJECTED: 3,
    Stage.CLOSED: 3,
}
LEVELS = {Level.N1: 55, Level.N2: 33, Level.N3: 12}
WITHOUT_LEVEL = (Stage.IDEA, Stage.WITHDRAWN, Stage.REJECTED)
THINGS = (
    "bookning", "kvittering", "kortlægning", "kalender", "indberetning", "vagtplan", "journal", "afstemning",
    "tilmelding", "oversigt", "måling", "varsling", "arkivering", "bestilling", "opgavefordeling", "statistik",
)  # fmt: skip
FIELDS = (
    "skoler", "plejehjem", "biblioteker", "veje", "legepladser", "byggesager", "køretøjer", "haller", "vandløb", "valg",
    "dagtilbud", "genoptræning", "energi", "affald", "klima", "borgerservice", "arkiver", "løn", "kantiner", "nøgler",
)  # fmt: skip
NEEDS = (
    "Medarbejderne taster de samme oplysninger flere gange.",
    "Borgerne ringer, fordi de ikke kan se, hvor langt sagen er.",
    "Tallene ligger i mange systemer, og ingen har overblikket.",
    "Udstyr bliver købt to gange, fordi ingen ved, hvad vi har.",
)


@transaction.atomic
def make_synthetic(count: int) -> int:
    """See to it that there are so many synthetic initiatives. Returns how many are new. Needs the reference data."""
    there = Initiative.objects.filter(reference__startswith=f"{SERIES}-").count()
    if there >= count:
        return 0
    pool = Pool(
        catalogue=RequirementCatalogue.objects.get(version="2016"),
        requirements=list(Requirement.objects.filter(catalogue__version="2016").order_by("order")),
        municipalities=list(Organisation.objects.filter(kind=Organisation.Kind.MUNICIPALITY).order_by("code")),
        people=_people(),
        areas=list(SubjectArea.objects.all()),
        phases=list(Phase.objects.all()),
        categories=list(EconomyCategory.objects.all()[:6]),
        today=timezone.localdate(),
    )
    for first in range(there + 1, count + 1, BATCH):
        _make_batch(pool, range(first, min(first + BATCH, count + 1)))
    return count - there


def _people() -> list[User]:
    """People nobody can log in as."""
    emails = [f"{SERIES.replace('ø', 'oe')}-{number:03d}@example.org" for number in range(1, PEOPLE + 1)]
    there = set(User.objects.filter(email__in=emails).values_list("email", flat=True))
    unusable = make_password(None)
    places = list(Organisation.objects.filter(kind=Organisation.Kind.MUNICIPALITY).order_by("code"))
    User.objects.bulk_create(
        User(email=email, title="Konsulent", organisation=places[number % len(places)], password=unusable)
        for number, email in enumerate(emails)
        if email not in there
    )
    return list(User.objects.filter(email__in=emails).order_by("email"))


def _make_batch(pool: Pool, numbers: Iterable[int]) -> None:
    """A batch of initiatives with everything that hangs on them, table by table."""
    made = [_initiative(pool, number) for number in numbers]
    Initiative.objects.bulk_create(initiative for initiative, _rng in made)
    _tie_areas(pool, made)
    save(_participations(pool, made))
    save(_events(pool, made))
    save(_answers(pool, made))
    save(_appointments(pool, made))
    save(_adoptions(pool, made))
    _make_groups(pool, made)
    make_budgets(pool, made)
    make_reports(pool, made)


def _initiative(pool: Pool, number: int) -> tuple[Initiative, random.Random]:
    """One initiative, and the dice that everything else about it is thrown with."""
    rng = random.Random(f"{SEED}-{number}")  # noqa: S311 - must give the same ones again
    thing, place, lead = rng.choice(THINGS), rng.choice(FIELDS), rng.choice(pool.municipalities)
    stage = rng.choices(list(STAGES), weights=list(STAGES.values()))[0]
    level = None if stage in WITHOUT_LEVEL else rng.choices(list(LEVELS), weights=list(LEVELS.values()))[0]
    start = pool.today - timedelta(days=rng.randrange(30, 900))
    initiative = Initiative(
        reference=f"{SERIES}-{number:05d}",
        name=f"Eksempel {number:05d}: {thing.capitalize()} til {place}",
        slug=f"eksempel-{number:05d}",
        stage=stage,
        level=level,
        level_reason=SOURCE if level else "",
        catalogue=pool.catalogue if level else None,
        phase=rng.choice(pool.phases) if stage == Stage.PROJECT and pool.phases else None,
        idea=f"En fælles løsning til {thing} for {place}.",
        local_need=rng.choice(NEEDS),
        origin_organisation=lead,
        purpose=f"Kommunen skal bruge mindre tid på {thing} til {place}.",
        description=f"En tjeneste til {thing}, som {place} kan tage i brug hver for sig.",
        planned_start=start if level else None,
        planned_end=start + timedelta(days=rng.randrange(180, 900)) if level else None,
        estimated_hours=rng.randrange(200, 9000) if level else None,
        operating_status=Initiative.OperatingStatus.IN_OPERATION if stage == Stage.PRODUCT else "",
        is_example=True,
    )
    initiative.sort_key = sort_key(initiative.name)
    said = _search_text(initiative.idea, initiative.local_need, initiative.purpose, initiative.description)
    initiative.search_text = f"{search_text(initiative.name, initiative.reference)} {said}"
    return initiative, rng


# The texts repeat, and finding the stems of words is the slowest part of it all.
_search_text = cache(search_text)


def _tie_areas(pool: Pool, made: Made) -> None:
    through = Initiative.subject_areas.through
    if pool.areas:
        save(through(initiative_id=i.pk, subjectarea_id=rng.choice(pool.areas).pk) for i, rng in made)


def _participations(pool: Pool, made: Made) -> Iterable[Participation]:
    for initiative, rng in made:
        yield Participation(
            initiative=initiative,
            organisation=initiative.origin_organisation,
            role=Participation.Role.LEAD,
            valid_from=pool.today - timedelta(days=1000),
        )
        for organisation in rng.sample(pool.municipalities, rng.randrange(0, 5)):
            if organisation.pk != initiative.origin_organisation_id:
                yield Participation(
                    initiative=initiative, organisation=organisation, valid_from=pool.today - timedelta(days=900)
                )


def _events(pool: Pool, made: Made) -> Iterable[LifecycleEvent]:
    for initiative, rng in made:
        common = {"initiative": initiative, "happened_on": pool.today, "source": SOURCE}
        if initiative.level is not None:
            yield LifecycleEvent(
                kind=LifecycleEvent.Kind.LEVEL,
                after=str(int(initiative.level)),
                reason=SOURCE,
                by=rng.choice(pool.people),
                **common,
            )
        yield LifecycleEvent(kind=LifecycleEvent.Kind.REGISTERED, after=initiative.stage, **common)


def _answers(pool: Pool, made: Made) -> Iterable[Answer]:
    for initiative, rng in made:
        if initiative.level is None:
            continue
        by = rng.choice(pool.people)
        for requirement in pool.asked(initiative.level, at_launch=initiative.stage == Stage.PRODUCT):
            if rng.random() < 0.9:  # noqa: PLR2004 - nine of ten are answered
                yield Answer(
                    initiative=initiative,
                    requirement=requirement,
                    organisation_id=initiative.origin_organisation_id if requirement.per_organisation else None,
                    value=Answer.Value.YES,
                    text="Det er på plads.",
                    answered_by=by,
                    answered_at=pool.now,
                )


def _appointments(pool: Pool, made: Made) -> Iterable[Appointment]:
    role = Appointment.Role
    for initiative, rng in made:
        roles = []
        if initiative.level == Level.N1:
            roles.append(role.PROJECT_OWNER)
        if initiative.stage == Stage.PROJECT:
            roles.append(role.PROJECT_LEAD)
        if initiative.stage == Stage.PRODUCT:
            roles += [role.COORDINATOR, role.SYSTEM_OWNER]
        for held in roles:
            since = pool.today - timedelta(days=800)
            yield Appointment(initiative=initiative, role=held, person=rng.choice(pool.people), valid_from=since)


def _adoptions(pool: Pool, made: Made) -> Iterable[Adoption]:
    for initiative, rng in made:
        if initiative.stage == Stage.PRODUCT:
            for organisation in rng.sample(pool.municipalities, rng.randrange(0, 12)):
                since = pool.today - timedelta(days=rng.randrange(1, 700))
                yield Adoption(initiative=initiative, organisation=organisation, valid_from=since)


def _make_groups(pool: Pool, made: Made) -> None:
    """A steering group of three for everything on N2 and N3."""
    big = [(i, rng) for i, rng in made if i.level is not None and i.level >= Level.N2]
    since = pool.today - timedelta(days=800)
    groups = [
        Body(
            kind=Body.Kind.STEERING_GROUP,
            name=f"Styregruppe {initiative.slug}",
            slug=f"styregruppe-{initiative.slug}",
            valid_from=since,
        )
        for initiative, _rng in big
    ]
    Body.objects.bulk_create(groups)
    save(InitiativeBody(initiative=initiative, body=body) for (initiative, _rng), body in zip(big, groups, strict=True))
    functions = (Membership.Function.CHAIR, Membership.Function.MEMBER, Membership.Function.MEMBER)
    save(
        Membership(body=body, person=person, organisation=person.organisation, function=function, valid_from=since)
        for (_initiative, rng), body in zip(big, groups, strict=True)
        for person, function in zip(rng.sample(pool.people, len(functions)), functions, strict=True)
    )
