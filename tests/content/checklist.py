"""The acceptance list as data: its rows, and where the content holds each fact of a row.

Rows stand in checklist.txt. A fact there is `kind:key=value`; the function of its kind gives what
the content holds for that key, as text, and the fact holds when its value is among it (without a
value: when there is anything). Statements are looked up in the published version of their concept.
"""

import re
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from concepts.models import (
    STATEMENT_KINDS,
    Access,
    Alias,
    Audience,
    Concept,
    ConceptRelation,
    ConceptVersion,
    Coverage,
    Discrepancy,
    KeyFigure,
    LegalBasis,
    LostLink,
    Milestone,
    Ownership,
    Participation,
    Passage,
    Status,
    Term,
)
from governance.models import (
    Agency,
    AgencyTask,
    AreaKind,
    AreaMembership,
    ChangeEvent,
    ChangeSubject,
    Citation,
    CoverageArea,
    Decree,
    DecreeDate,
    DecreeRelation,
    Partner,
    PolicyDomain,
    Source,
)

FILE = Path(__file__).with_name("checklist.txt")
VISION = "vermaatschappelijking-van-de-zorg"

#: The fifteen concepts of the poster; it describes FJC and ketenaanpak together, here they are two.
ON_THE_POSTER = {
    "1gezin1plan",
    "de-stek",
    "eerstelijnszones-en-zorgraden",
    "family-justice-centers",
    "gbo",
    "gedetineerden-en-geinterneerden",
    "huizen-van-het-kind",
    "ketenaanpak-ifg",
    "livc-r",
    "lokale-gezinscoaches",
    "netwerken-dak-en-thuisloosheid",
    "netwerken-ggz",
    "overkop",
    "sociaal-huis",
    "vroeg-en-nabij",
    "zorgzame-buurten",
}
#: The other concepts: those that only the tekst describes.
BESIDE_THE_POSTER = {"centra-ifg", "gedeelde-verantwoordelijkheid", "project-m", "project-samen"}


@dataclass(frozen=True)
class Fact:
    """One thing that the content must hold."""

    kind: str
    key: str
    value: str

    def __str__(self):
        return f"{self.kind}:{self.key}" + (f"={self.value}" if self.value else "")

    def found(self):
        """What the content holds for this key, as text."""
        return [str(value) for value in KINDS[self.kind](*self.key.split("/", 1))]

    def problem(self):
        """What is wrong, in a line; nothing when the fact is there."""
        found = self.found()
        if not found:
            return f"{self} is missing"
        if self.kind == "zegt":
            said = self.value.casefold() in found[0].casefold()
        else:
            said = not self.value or self.value in found
        return "" if said else f"{self} is {', '.join(found)[:200]}"


@dataclass(frozen=True)
class Row:
    """One row of the acceptance list."""

    id: str
    facts: tuple

    def __str__(self):
        return self.id


def read_rows():
    lines = FILE.read_text(encoding="utf-8").splitlines()
    return [_row(line) for line in lines if line and not line.startswith("#")]


def _row(line):
    identity, *facts = line.split(" | ")
    return Row(identity, tuple(_fact(text) for text in facts))


def _fact(text):
    name, _, value = text.partition("=")
    kind, _, key = name.partition(":")
    return Fact(kind, key, value)


def section_sizes(rows):
    """How many rows each section has, by the letter of their ids."""
    return Counter(row.id[0] for row in rows)


# Records


def _slugs(model, **conditions):
    def found(slug):
        return model.objects.filter(slug=slug, **conditions).values_list("slug", flat=True)

    return found


def _source(slug):
    return [source.date or "" for source in Source.objects.filter(slug=slug)]


def _event(slug):
    return [event.date for event in ChangeEvent.objects.filter(slug=slug)]


def _places(source, heading):
    return Citation.objects.filter(source__slug=source, heading=heading)


def _pages(source, section):
    places = Citation.objects.filter(source__slug=source, section=section)
    return places.exclude(page=None).values_list("page", flat=True)


def _footnotes(source):
    """The number of different footnotes that can be cited."""
    numbers = Citation.objects.filter(source__slug=source).exclude(footnote=None)
    return [numbers.values("footnote").distinct().count()]


def _in_legend(slug):
    """The records of a slug that cite the legend of owners on the poster."""
    owners = [*Agency.objects.filter(slug=slug), *PolicyDomain.objects.filter(slug=slug)]
    legend = {"source__slug": "poster", "heading": "Legende van de eigenaars"}
    return [owner for owner in owners if owner.citations.filter(**legend).exists()]


def _parent(slug):
    return Agency.objects.filter(slug=slug).values_list("parent__slug", flat=True)


def _number_of_tasks(agency):
    return [AgencyTask.objects.filter(agency__slug=agency).count()]


def _task(agency, key):
    return AgencyTask.objects.filter(agency__slug=agency, key=key)


def _decree_dates(decree):
    return [row.date for row in DecreeDate.objects.filter(decree__slug=decree)]


def _decree_relation(decree, other):
    rows = DecreeRelation.objects.filter(decree__slug=decree, other__slug=other)
    return rows.values_list("kind", flat=True)


def _change_side(event, subject):
    rows = ChangeSubject.objects.filter(event__slug=event)
    return [row.side for row in rows if row.subject.slug == subject]


def _partner_type(partner):
    return Partner.objects.filter(slug=partner).values_list("type__slug", flat=True)


def _number_of_areas(kind):
    return [CoverageArea.objects.filter(kind__slug=kind).count()]


def _membership(area, member):
    return AreaMembership.objects.filter(area__slug=area, member__slug=member)


def _named(text):
    """The slugs of all records that bear this name, abbreviation or other name."""
    targets = [alias.target for alias in Alias.objects.filter(text__iexact=text)]
    published = ConceptVersion.objects.published()
    for field in ("name", "abbreviation"):
        targets += [row.concept for row in published.filter(**{field: text})]
    for model, fields in {
        Agency: ("name", "abbreviation"),
        PolicyDomain: ("name", "abbreviation"),
        Term: ("name", "abbreviation"),
        Partner: ("name", "long_name"),
        Decree: ("short_title",),
    }.items():
        for field in fields:
            targets += model.objects.filter(**{field: text})
    return {target.slug for target in targets}


# Statements


def _statements(model, concept, **conditions):
    return model.objects.filter(
        version__status=Status.PUBLISHED, version__concept__slug=concept, **conditions
    )


def _values(model, path, value):
    """A lookup by concept and the slug or key at `path`, that gives `value`."""

    def found(concept, key):
        return _statements(model, concept, **{path: key}).values_list(value, flat=True)

    return found


def _passage(concept, key):
    """The number of items in the list of a passage: 5, or 5+2 with two items below them."""
    found = []
    for passage in _statements(Passage, concept, key=key):
        items = re.findall(r"^( *)(?:-|\d+\.) ", passage.text, flags=re.MULTILINE)
        upper, lower = items.count(""), len(items) - items.count("")
        found.append(f"{upper}+{lower}" if lower else str(upper))
    return found


def _ownership(concept, owner):
    rows = _statements(Ownership, concept)
    return rows.filter(agency__slug=owner) | rows.filter(agency=None, policy_domain__slug=owner)


def _access(concept):
    return _statements(Access, concept).values_list("answer", flat=True)


def _key_figure(concept, key):
    rows = _statements(KeyFigure, concept, key=key)
    return [f"{row.value.normalize():f}" for row in rows]


def _milestone(concept, key, **conditions):
    return [row.date or "" for row in _statements(Milestone, concept, key=key, **conditions)]


def _announcement(concept, key):
    """An announced date, which has an outcome."""
    return _milestone(concept, key, is_announced=True, outcome__gt="")


def _vision(concept):
    return _statements(ConceptRelation, concept, other__slug=VISION)


# Contradictions and lost links


def _discrepancies(number):
    """The contradiction with a number of the list, which its slug starts with."""
    return Discrepancy.objects.filter(slug__startswith=f"{number}-")


def _claimed_by(number):
    """The sources that its claims cite; "buiten" stands for all outside ones."""
    citations = Citation.objects.filter(
        cited_concepts_claim__discrepancy__in=_discrepancies(number)
    )
    sources = {place.source for place in citations.select_related("source")}
    return {row.slug if row.origin == Source.Origin.OWN else "buiten" for row in sources}


def _shown_with(number):
    return _discrepancies(number).values_list("concepts__slug", flat=True)


def _lost_link(key):
    """Whether the source had a link there, or only the wish for one."""
    return ["link" if row.is_marked else "wens" for row in LostLink.objects.filter(key=key)]


# What a record says


def _said(kind, slug):
    """All words of a record; of a concept, those of its published version."""
    if kind in ("concept", "ontwikkeling"):
        return [_words_of(row) for row in _published(slug, kind)]
    if kind == "tegenspraak":
        return [_words_of_discrepancy(row) for row in _discrepancies(slug)]
    model = {
        "bron": Source,
        "domein": PolicyDomain,
        "dienst": Agency,
        "partner": Partner,
        "regelgeving": Decree,
    }[kind]
    attributes = ("name", "description", "note", "author", "publisher")
    return [
        " ".join(str(getattr(row, attribute, "")) for attribute in attributes)
        for row in model.objects.filter(slug=slug)
    ]


def _published(slug, kind):
    return ConceptVersion.objects.published().filter(concept__slug=slug, concept__record_kind=kind)


def _words_of(version):
    texts = [version.name, version.summary]
    for model in STATEMENT_KINDS.values():
        for row in model.objects.filter(version=version):
            attributes = ("text", "wording", "title", "label", "explanation", "note")
            texts += [getattr(row, attribute, "") for attribute in attributes]
            if isinstance(row, KeyFigure):
                texts.append(f"{row.amount} {row.unit}")
    return " ".join(texts)


def _words_of_discrepancy(row):
    claims = [f"{claim.value} {claim.text}" for claim in row.claims.all()]
    return " ".join([row.title, row.note, *claims])


#: What each kind of fact looks up, and what its value is compared with.
KINDS = {
    "concept": _slugs(Concept, record_kind="concept", versions__status=Status.PUBLISHED),
    "ontwikkeling": _slugs(Concept, record_kind="ontwikkeling", versions__status=Status.PUBLISHED),
    "bron": _source,  # its date
    "plaats": _places,
    "pagina": _pages,  # the page that a section starts on
    "voetnoten": _footnotes,  # their number
    "domein": _slugs(PolicyDomain),
    "legende": _in_legend,
    "dienst": _slugs(Agency),
    "afdeling": _parent,  # the agency that it is part of
    "taken": _number_of_tasks,
    "taak": _task,
    "regelgeving": _slugs(Decree),
    "datum": _decree_dates,
    "akte": _decree_relation,  # its kind
    "verandering": _event,  # its date
    "wissel": _change_side,  # before or after
    "partner": _slugs(Partner),
    "type": _partner_type,
    "gebied": _slugs(CoverageArea),
    "gebiedssoort": _slugs(AreaKind),
    "gebieden": _number_of_areas,
    "ligging": _membership,
    "begrip": _slugs(Term),
    "naam": _named,  # the record that bears it
    "passage": _passage,  # the items of its list
    "eigenaar": _ownership,
    "deelname": _values(Participation, "partner__slug", "role"),
    "dekking": _values(Coverage, "key", "number"),
    "schaal": _values(Coverage, "scale__slug", "key"),
    "terrein": _values(Coverage, "territory__slug", "key"),
    "toegang": _access,  # the answer
    "doelgroep": _values(Audience, "target_group__slug", "key"),
    "rechtsgrond": _values(LegalBasis, "decree__slug", "role"),
    "kerncijfer": _key_figure,
    "mijlpaal": _milestone,  # its date
    "aankondiging": _announcement,  # its date
    "relatie": _values(ConceptRelation, "other__slug", "kind"),
    "visie": _vision,
    "link": _lost_link,
    "botst": _claimed_by,  # a source
    "botst-bij": _shown_with,  # a concept
    "zegt": _said,  # words that occur in it
}
