"""What refers to a concept: for who takes it off the site, or deletes one made by mistake."""

from dataclasses import dataclass, field

from django.db.models import Q
from django.db.models.functions import Lower

from concepts.models import (
    ConceptRelation,
    ConceptVersion,
    Participation,
    Passage,
    Standing,
    Status,
    Term,
)
from eerstelijn.desk.addresses import desk_url
from governance.models import OldSlug


@dataclass
class Referring:
    """One kind of thing that refers to a concept: what becomes of it, and which those are.

    Rows have a `label` and a `url` at the desk. What `holds` makes it impossible to delete the
    concept.
    """

    title: str
    rows: list = field(default_factory=list)
    holds: bool = True


def referring(concept, with_former=True):
    """All that refers to a concept, by kind; only kinds of which there is something.

    `with_former`: also former versions, which are kept as they were and so hold it.
    """
    found = [
        Referring("Andere concepten die het noemen:", _by_concepts(concept, with_former)),
        Referring("Concepten die het als partner vragen:", _asking(concept)),
        Referring("Tegenspraken en nuances erover:", _rows(concept.discrepancies.all())),
        Referring("Verloren links in de bronnen erover:", _rows(concept.lost_links.all())),
        Referring("Teksten met een link naar zijn pagina:", _linking(concept), holds=False),
        Referring("Concepten die van de site gingen en hiernaar leiden:", _led_here(concept)),
        Referring("Andere namen:", _rows(concept.aliases.all()), holds=False),
        Referring("Vroegere adressen die hiernaar leiden:", _former(concept), holds=False),
    ]
    return [kind for kind in found if kind.rows]


def _rows(records, label=str):
    return [{"label": label(record), "url": desk_url(record)} for record in records]


def _versions(found):
    """The versions that a question finds, each as a line that says which one it is."""
    rows = ConceptVersion.objects.filter(found).exclude(status=Status.FORMER).defer("search")
    return _rows(rows.order_by(Lower("name"), "number").distinct())


def _by_concepts(concept, with_former):
    """With the words of the relation: what the other is called, is its own business."""
    relations = ConceptRelation.objects.filter(other=concept).exclude(version__concept=concept)
    standings = Standing.objects.filter(into=concept).exclude(version__concept=concept)
    rows = []
    for said in (relations, standings):
        said = said.select_related("version").order_by("version__name", "version__number")
        for row in said if with_former else said.exclude(version__status=Status.FORMER):
            what = row.get_kind_display() if isinstance(row, ConceptRelation) else "opgegaan in"
            rows.append({"label": f"{row.version}: {what}", "url": desk_url(row.version)})
    return rows


def _asking(concept):
    """Those that ask the partner which the concept is itself."""
    if concept.partner_id is None:
        return []
    asked = Participation.objects.filter(partner=concept.partner_id).values("version")
    return _versions(Q(pk__in=asked) & ~Q(concept=concept))


def _linking(concept):
    address = concept.get_absolute_url()
    texts = Passage.objects.filter(text__contains=address).values("version")
    terms = Term.objects.filter(definition__contains=address).order_by("name")
    return [*_versions(Q(pk__in=texts) & ~Q(concept=concept)), *_rows(terms)]


def _led_here(concept):
    return _rows(concept.took_over.order_by("name").defer("search"))


def _former(concept):
    former = OldSlug.objects.filter(kind=OldSlug.Kind.CONCEPT, current=concept.slug)
    return _rows(former.order_by("old"))
