"""How often concepts name a record, and as what: what the short lists open on.

Counted are the published concepts, as the finder counts them; ontwikkelingen are not. On a day, by
what held then or possibly did.
"""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import CharField, Count, F, IntegerField, OuterRef, Subquery, Value
from django.db.models.functions import Cast, Coalesce, Concat, Now, TruncDate
from django.urls import reverse

from concepts.models import ASKING_ROLES, Concept, Ownership, Participation, Role
from governance.models import Agency, DecreeDate, Partner, PolicyDomain


@dataclass(frozen=True)
class Use:
    """In how many concepts a record is named, where the finder lists them, and as what."""

    label: str
    number: int = 0
    url: str = ""
    #: "regie in 3, deelnemer in 5".
    roles: str = ""


def use_of(key, slugs, number, roles, before=""):
    """The use of what stands under a key of the finder; `before` begins what it is called."""
    if not number:
        return Use(f"{before}in geen enkel concept")
    label = f"{before}in 1 concept" if number == 1 else f"{before}in {number} concepten"
    query = urlencode({key: slugs}, doseq=True)
    return Use(label, number, f"{reverse('concept-list')}?{query}", roles)


def in_roles(roles):
    """The role in each concept, counted: "regie in 3, deelnemer in 5"."""
    counts = [(role, roles.count(role.value)) for role in Role]
    return ", ".join(f"{role.label} in {count}" for role, count in counts if count)


def as_partner(record, of_whom=""):
    """In which concepts a service takes part, or those of a domain do; none where none does."""
    if not record.taking_part:
        return []
    roles = in_roles([said.partition(" ")[2] for said in record.roles])
    before = f"als partner{of_whom} "
    return [use_of("partner", record.partners, record.taking_part, roles, before)]


#: The day on which a question is asked, for lists that are made once.
TODAY = TruncDate(Now())


def of_concepts(statements, day=None):
    """Those of published concepts, ontwikkelingen left out."""
    kind = Concept.RecordKind.CONCEPT
    rows = statements.objects.from_public().filter(version__concept__record_kind=kind)
    return rows.valid_on(day) if day else rows


def number_of(statements, path):
    """In how many concepts the record of the outer query stands at a path, as an expression."""
    rows = statements.filter(**{path: OuterRef("pk")}).order_by().values(path)
    number = rows.annotate(number=Count("version__concept", distinct=True)).values("number")
    return Coalesce(Subquery(number[:1], output_field=IntegerField()), 0)


def gathered(statements, path, what):
    """What all statements of the record of the outer query say there, as an expression."""
    rows = statements.filter(**{path: OuterRef("pk")}).order_by().values(path)
    return Subquery(rows.annotate(all=what).values("all"))


def partners_with_uses(day=None):
    """Partners with in how many concepts something is asked of them, and in how many they stand.

    And as `roles` their role in each.
    """
    participations = of_concepts(Participation, day)
    asking = participations.filter(role__in=ASKING_ROLES)
    return Partner.objects.select_related("type", "agency").annotate(
        asked=number_of(asking, "partner"),
        named=number_of(participations, "partner"),
        roles=gathered(participations, "partner", ArrayAgg("role")),
    )


def taking_part(path, day=None):
    """In how many concepts somebody takes part who is at this path; who, and in which roles.

    A role is told with its version: two partners may have the same one there.
    """
    participations = of_concepts(Participation, day)
    slugs = ArrayAgg("partner__slug", distinct=True)
    role = Concat(Cast("version", CharField()), Value(" "), "role")
    return {
        "taking_part": number_of(participations, path),
        "partners": gathered(participations, path, slugs),
        "roles": gathered(participations, path, ArrayAgg(role, distinct=True)),
    }


def agencies_with_uses(day=None):
    """Services with how many concepts are theirs, those of their predecessors included.

    And in which they take part, as the partner that they are too.
    """
    owned = number_of(of_concepts(Ownership, day or TODAY), "agency__lines__present")
    return Agency.objects.annotate(named=owned, **taking_part("partner__agency", day))


def domains_with_uses(day=None):
    """Domains with how many concepts are theirs, and in which a service of theirs takes part."""
    owned = number_of(of_concepts(Ownership, day or TODAY), "policy_domain")
    return PolicyDomain.objects.annotate(
        named=owned, **taking_part("partner__agency__policy_domain", day)
    )


def dated(decrees):
    """Acts with their first date: its day, its kind, and as the source gives it."""
    known = DecreeDate.objects.filter(decree=OuterRef("pk"))
    first = known.order_by(F("date_earliest").asc(nulls_last=True), "pk")
    fields = {"first_day": "date_earliest", "first_kind": "kind", "first_date": "date_label"}
    return decrees.annotate(
        **{name: Subquery(first.values(field)[:1]) for name, field in fields.items()}
    )
