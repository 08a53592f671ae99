"""How often concepts name a record, and as what: what the short lists open on.

Counted are the published concepts, as the finder counts them; ontwikkelingen are not.
"""

from dataclasses import dataclass

from django.db.models import Case, Count, IntegerField, Min, OuterRef, Subquery, Value, When
from django.db.models.functions import Coalesce
from django.urls import reverse

from concepts.models import ASKING_ROLES, Concept, Ownership, Participation, Role
from governance.models import Agency, DecreeDate, Partner, PolicyDomain


@dataclass(frozen=True)
class Use:
    """In how many concepts a record is named, where the finder lists them, and as what."""

    label: str
    url: str
    #: "regie in 3, deelnemer in 5"; empty where a record can be but one thing.
    roles: str = ""


def use_of(key, record, number, roles=()):
    """The use of a record under a key of the finder; `roles` are pairs of a role and a number."""
    if not number:
        return Use("in geen enkel concept", "")
    label = "in 1 concept" if number == 1 else f"in {number} concepten"
    said = ", ".join(f"{Role(role).label} in {count}" for role, count in roles)
    return Use(label, f"{reverse('concept-list')}?{key}={record.slug}", said)


def of_concepts(statements):
    """Those of published concepts, ontwikkelingen left out."""
    kind = Concept.RecordKind.CONCEPT
    return statements.objects.from_public().filter(version__concept__record_kind=kind)


def number_of(statements, path):
    """In how many concepts the record of the outer query stands at a path, as an expression."""
    rows = statements.filter(**{path: OuterRef("pk")}).order_by().values(path)
    number = rows.annotate(number=Count("version__concept", distinct=True)).values("number")
    return Coalesce(Subquery(number[:1], output_field=IntegerField()), 0)


def partners_with_uses():
    """Partners with in how many concepts something is asked of them, and in how many they stand."""
    participations = of_concepts(Participation)
    asking = participations.filter(role__in=ASKING_ROLES)
    return Partner.objects.select_related("type").annotate(
        asked=number_of(asking, "partner"), named=number_of(participations, "partner")
    )


def agencies_with_uses():
    """Services with how many concepts are theirs, those of their predecessors included."""
    owned = number_of(of_concepts(Ownership), "agency__lines__present")
    return Agency.objects.annotate(named=owned)


def domains_with_uses():
    return PolicyDomain.objects.annotate(named=number_of(of_concepts(Ownership), "policy_domain"))


def dated(decrees):
    """Acts with the first day of their first date; None when no date has one."""
    days = DecreeDate.objects.filter(decree=OuterRef("pk")).order_by().values("decree")
    return decrees.annotate(
        first_day=Subquery(days.annotate(day=Min("date_earliest")).values("day"))
    )


def roles_of(partners):
    """{partner: [(role, number of concepts)]} of some partners, in the order of the roles."""
    rank = Case(
        *(When(role=role, then=Value(place)) for place, role in enumerate(Role.values)),
        output_field=IntegerField(),
    )
    rows = of_concepts(Participation).filter(partner__in=[partner.pk for partner in partners])
    rows = rows.order_by().values("partner", "role")
    found = {}
    for row in rows.annotate(number=Count("version__concept", distinct=True)).order_by(rank):
        found.setdefault(row["partner"], []).append((row["role"], row["number"]))
    return found
