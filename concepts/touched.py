"""What a merger or renaming of services touches: what follows by itself, and what does not.

The lists follow by themselves: the concepts of a service that ended also stand under the one that
it went on in (`governance.derived`). All else names the former service still, and only a person can
say whether it should.
"""

import re
from dataclasses import dataclass, field

from django.db.models import Q

from concepts.models import Alias, ConceptVersion, Status
from eerstelijn.desk.addresses import desk_url
from governance.models import Agency, ChangeEvent, ChangeSubject, Decree


@dataclass
class Touched:
    """One kind of thing that a change touches, with its records and where each is edited."""

    title: str
    records: list = field(default_factory=list)

    @property
    def rows(self):
        return [
            {"label": getattr(record, "name", record), "url": desk_url(record)}
            for record in self.records
        ]


def touched_by(event, former, present):
    """What a change touches, once it is saved.

    `former` and `present` give the service that each former one went on in, before and after.
    """
    subjects = event.subjects.filter(agency__isnull=False).select_related("agency")
    before = [row.agency for row in subjects if row.side == ChangeSubject.Side.BEFORE]
    after = [row.agency for row in subjects if row.side == ChangeSubject.Side.AFTER]
    found = [
        *_in_the_lists(former, present),
        *_why_nothing_follows(event, before, after, former, present),
        *_left_behind([agency for agency in before if agency not in after]),
    ]
    return [kind for kind in found if kind.records or not kind.title.endswith(":")]


def _in_the_lists(former, present):
    moved = [pk for pk in former.keys() | present.keys() if former.get(pk) != present.get(pk)]
    for owner in Agency.objects.filter(pk__in=moved).order_by("name"):
        concepts = list(
            ConceptVersion.objects.published()
            .defer("search")
            .filter(ownerships__agency=owner)
            .order_by("name")
            .distinct()
        )
        if left := former.get(owner.pk):
            yield Touched(f"Van {owner} staan niet meer onder {left}:", concepts)
        if entered := present.get(owner.pk):
            yield Touched(f"Van {owner} staan voortaan ook onder {entered}:", concepts)
            if not concepts:
                yield Touched(f"{owner} gaat verder in {entered}, zonder concepten op de site.")


def _why_nothing_follows(event, before, after, former, present):
    if event.status != ChangeEvent.Status.DONE:
        status = event.get_status_display().capitalize()
        yield Touched(f"{status}: in de lijsten verandert nog niets.")
        return
    for agency in before:
        if agency in after:
            continue
        if follows := present.get(agency.pk):
            if former.get(agency.pk) == follows:
                yield Touched(f"{agency} ging al verder in {follows}: de lijsten blijven zoals nu.")
            continue
        if not agency.has_ended:
            yield Touched(f"{agency} heeft nog geen einde: haar concepten gaan niet mee.")
        elif len(set(after)) != 1:
            yield Touched(
                f"{agency} gaat niet in precies één dienst verder: haar concepten gaan niet mee."
            )


def _left_behind(gone):
    """What still names services that are no more."""
    names = []
    for agency in gone:
        divisions = [row for row in agency.divisions.order_by("name") if not row.has_ended]
        yield Touched(f"Nog deel van {agency}:", divisions)
        if partner := getattr(agency, "as_partner", None):
            yield Touched(f"Partner die {agency} is:", [partner])
        yield Touched(f"Andere namen van {agency}:", [*Alias.objects.filter(agency=agency)])
        names += names_of([agency])
    if names:
        yield Touched("Regelgeving die ze noemt:", naming(Decree, names, "name", "description"))
        texts = ("summary", "passages__headline", "passages__text")
        concepts = naming(ConceptVersion, names, *texts, status=Status.PUBLISHED)
        yield Touched("Concepten die ze in hun tekst noemen:", concepts)


def as_whole_words(names):
    """What a text matches in which one of these names stands."""
    return rf"(^|\W)({'|'.join(map(re.escape, names))})(\W|$)"


def names_of(agencies):
    """What texts call services by."""
    pairs = ((agency.name, agency.abbreviation) for agency in agencies)
    return [name for pair in pairs for name in pair if name]


def naming(model, names, *texts, **conditions):
    """The records of which a text has one of these names as whole words."""
    pattern = as_whole_words(names)
    found = Q.create([(f"{text}__regex", pattern) for text in texts], Q.OR)
    records = model.objects.filter(found, **conditions).order_by("name").distinct()
    return list(records.defer("search") if model is ConceptVersion else records)
