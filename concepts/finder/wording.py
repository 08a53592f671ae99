"""What the finder of concepts says in words: roles, and how many concepts reach a place."""

from collections.abc import Mapping, Sequence
from typing import Any

from concepts.coverage import Reach
from concepts.models import Role
from eerstelijn.finder.sentence import Segment, asked, counted, one_or_other

#: What a partner is in a role: "met artsen als deelnemer", right for one and for many.
IS = {
    Role.DIRECTION: "regisseur",
    Role.CHAIR: "voorzitter",
    Role.COORDINATION: "coördinator",
    Role.REQUIRED: "verplichte of minimale partner",
    Role.PARTICIPANT: "deelnemer",
    Role.PROVIDER: "aanbieder",
    Role.FOUNDER: "oprichter",
    Role.PROJECT_HOLDER: "projecthouder",
    Role.SUPPORTER: "ondersteuner",
    Role.RESEARCHER: "onderzoeker",
    Role.REFERRER: "verwijzer",
}

#: Partners that are one organisation of which a sentence says "het", by the last word of the name.
HET = {"ocmw", "caw", "clb", "jac", "vaph", "bestuur", "parket"}


def named(label: str) -> list[Segment]:
    """A partner in a sentence: "het OCMW", "het lokaal bestuur"; others as they are called."""
    *_, last = label.lower().split()
    if last not in HET:
        return [Segment(label, True)]
    is_abbreviation = label[1:2].isupper()
    return [Segment("het "), Segment(label if is_abbreviation else label.lower(), True)]


def _who(facets: Sequence[Any]) -> list[Segment]:
    """The partners and types of partner of which a role is asked."""
    if not facets:
        return [Segment("een partner")]
    segments: list[Segment] = []
    for facet in facets:
        of_type = facet.key == "partnertype"
        for position, option in enumerate(facet.chosen):
            if segments:
                segments.append(Segment(" of " if position and not facet.is_joint else " en "))
            if of_type:
                segments += [Segment("een partner van het type "), Segment(option.label, True)]
            else:
                segments += named(option.label)
    return segments


def role_clause(facets: Sequence[Any], roles: Sequence[Any]) -> list[Segment]:
    """Who does what: "waarin het OCMW de regie heeft", "met het CAW als deelnemer"."""
    asked_roles = [Role(role.value) for role in roles]
    if asked_roles == [Role.DIRECTION]:
        several = len(facets) > 1 or any(f.is_joint and len(f.chosen) > 1 for f in facets)
        does = [Segment("de regie", True), Segment(" hebben" if several else " heeft")]
        return [Segment("waarin "), *_who(facets), Segment(" "), *does]
    is_what = " of ".join(IS[role] for role in asked_roles)
    return [Segment("met "), *_who(facets), Segment(" als "), Segment(is_what, True)]


def each_asked(facets: Sequence[Any]) -> list[Segment]:
    """A partner and a type: two questions, which one partner may answer or two."""
    partner, type_of_partner = facets
    return [
        Segment(f"{partner.phrase} "),
        *one_or_other(partner.chosen, partner.is_joint),
        Segment(", en met om het even welke partner van het type "),
        *one_or_other(type_of_partner.chosen),
    ]


def reached(
    reaches: Mapping[Reach, int], nouns: tuple[str, str], filterset: Any, chosen: Sequence[Reach]
) -> list[Segment]:
    """How many concepts reach a place: "6 concepten werken zeker in Limburg."

    `chosen` are the answers that were asked for; without any, the sure ones are always told.
    """
    told = [reach for reach in CLAUSES if reaches.get(reach) or reach in (chosen or [Reach.YES])]
    segments: list[Segment] = []
    for number, reach in enumerate(told):
        count = reaches.get(reach, 0)
        first = [counted(count, nouns), *asked(filterset)] if number == 0 else []
        segments += CLAUSES[reach](count, first, in_places(filterset))
    return segments


def in_places(filterset: Any) -> list[Segment]:
    """The places that were asked about: "in Limburg of Gent"."""
    segments: list[Segment] = []
    for key in filterset.place_keys:
        for position, option in enumerate(filterset.active[key]):
            segments.append(Segment(" of " if position else " en in " if segments else " in "))
            segments.append(Segment(option.label, True))
    return segments


def _verb(count: int, one: str, many: str) -> str:
    return one if count == 1 else many


def _surely(count: int, first: list[Segment], places: list[Segment]) -> list[Segment]:
    return [*first, Segment(f" {_verb(count, 'werkt', 'werken')} zeker"), *places, Segment(".")]


def _partly(count: int, first: list[Segment], places: list[Segment]) -> list[Segment]:
    verb = _verb(count, "werkt", "werken")
    if first:
        return [*first, Segment(f" {verb} gedeeltelijk"), *places, Segment(".")]
    return [Segment(" "), Segment(str(count), True), Segment(f" {verb} er gedeeltelijk.")]


def _planned(count: int, first: list[Segment], places: list[Segment]) -> list[Segment]:
    verb = _verb(count, "is", "zijn")
    if first:
        return [*first, Segment(f" {verb} gepland"), *places, Segment(".")]
    return [Segment(" "), Segment(str(count), True), Segment(f" {verb} er gepland.")]


def _unstated(count: int, first: list[Segment], places: list[Segment]) -> list[Segment]:
    if first:
        number, *rest = first
        them = "het" if number.text.endswith("concept") else "ze"
        words = [Segment("Van "), number, *rest, Segment(f" zeggen de bronnen niet of {them}")]
        return [*words, *places, Segment(f" {_verb(count, 'werkt', 'werken')}.")]
    return [
        Segment(" Van "),
        Segment(str(count), True),
        Segment(" zeggen de bronnen de plaatsen niet."),
    ]


#: The part of the sentence for each answer: as its beginning, or after another.
CLAUSES = {
    Reach.YES: _surely,
    Reach.PARTLY: _partly,
    Reach.PLANNED: _planned,
    Reach.UNSTATED: _unstated,
}
