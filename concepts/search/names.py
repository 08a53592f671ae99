"""Every name by which a record is found, and what a reader should know of it.

Another name of a record stays when a concept is published, and so does what is known of it; what a
concept is called may not.
"""

from dataclasses import dataclass

from concepts.models import Alias, Concept, ConceptVersion, Term
from eerstelijn.database import ground
from eerstelijn.dutch import stem, words_of_name
from eerstelijn.kept import Kept
from governance.models import Agency, Partner

#: What a name of another kind is to the record it stands for.
SAID = {Alias.Kind.NAME: "hoort bij", Alias.Kind.PART: "is een deel van"}


@dataclass(frozen=True, slots=True)
class Other:
    """Another name of a record, with what that is called; of a concept its title says that."""

    text: str
    kind: str
    spelled: str
    token: str
    concept: int | None
    name: str


class Others:
    """The other names of all records, and the own names that a reader may mean by them."""

    def __init__(self):
        aliases = Alias.objects.select_related("concept", "agency", "partner", "area", "decree")
        self.names = [_other(alias) for alias in aliases]
        #: The spellings that matter: those of names that a note may be about.
        self.spelled = {each.spelled for each in self.names}
        records = (Partner.objects, Agency.objects, Term.objects)
        #: In one spelling.
        self.own = {
            _spelled(name) for rows in records for name in rows.values_list("name", flat=True)
        }


def _other(alias):
    target, concept = alias.target, alias.concept_id
    name = "" if concept else str(target)
    return Other(alias.text, alias.kind, _spelled(alias.text), token_of(target), concept, name)


_others: Kept[Others] = Kept()


@dataclass(frozen=True)
class Names:
    """The names of published concepts, and the other names of all records."""

    others: Others
    titles: frozenset[str]
    #: The titles that are spelled as another name is, each with that spelling.
    alike: dict[str, str]
    #: (text, token of the record, note for the reader) of each.
    all: list[tuple[str, str, str]]

    @classmethod
    def read(cls, last=None):
        """As they are now; a title that was known to the `last` is not spelled again."""
        published = ConceptVersion.objects.published().order_by("concept")
        columns = ("concept", "concept__slug", "name", "abbreviation")
        concepts = [*published.values_list(*columns)]
        others = _others.get(ground.of_request(), Others)
        titles = frozenset(name for _, _, name, _ in concepts)
        known = last if last and last.others is others else cls(others, frozenset(), {}, [])
        alike = {name: spelled for name, spelled in known.alike.items() if name in titles}
        for name in titles - known.titles:
            if (spelled := _spelled(name)) in others.spelled:
                alike[name] = spelled
        own = others.own.union(alike.values())
        return cls(
            others, titles, alike, [*_of_concepts(concepts), *_beside(concepts, others, own)]
        )


def _of_concepts(concepts):
    for _, slug, name, abbreviation in concepts:
        token = _token(Concept, slug)
        yield name, token, ""
        if abbreviation:
            yield abbreviation, token, _abbreviates(abbreviation, name)


def _beside(concepts, others, own):
    """The other names, each with the name of what it stands for."""
    titles = {key: name for key, _, name, _ in concepts}
    for other in others.names:
        if other.concept and other.concept not in titles:
            continue
        name = titles[other.concept] if other.concept else other.name
        yield other.text, other.token, _note(other, name, own)
        yield name, other.token, ""


def _note(other, name, own):
    """What a reader should know of another name; nothing where it explains nothing.

    So it is with what is nearly the name ("zorgraad" of Zorgraden), and with the own name of
    another record, which the reader may mean.
    """
    if other.kind == Alias.Kind.ABBREVIATION:
        return _abbreviates(other.text, name)
    if other.spelled in own or other.kind not in SAID or _is_nearly(other.spelled, name):
        return ""
    return f"{other.text} {SAID[other.kind]} {name}."


def _abbreviates(text, name):
    return f"{text} is de afkorting van {name}."


def _spelled(name):
    """A name in one spelling, whatever the form of its words."""
    return " ".join(stem(word.text) for word in words_of_name(name))


def _is_nearly(spelled, name):
    """Whether a name says no more than another: each of its words stands in it."""
    return set(spelled.split()) <= set(_spelled(name).split())


def token_of(record):
    """The word that stands in the index for a record itself: "partner:ocmw"."""
    return _token(type(record), record.slug)


def _token(model, slug):
    return f"{model.__name__.lower()}:{slug}"
