"""How often concepts name a record, and as what: what the short lists open on.

Counted are the published concepts, as the finder counts them; ontwikkelingen are not.
"""

from dataclasses import dataclass

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Count, F, IntegerField, OuterRef, Subquery
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
    """The use of a record under a key of the finder; `roles` has its role in each concept."""
    if not number:
        return Use("in geen enkel concept", "")
    label = "in 1 concept" if number == 1 else f"in {number} concepten"
    counts = [(role, roles.count(role.value)) for role in Role]
    said = ", ".join(f"{role.label} in {count}" for role, count in counts if count)
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
    """Partners with in how many concepts something is asked of them, and in how many they stand.

    And as `roles` their role in each.
    """
    participations = of_concepts(Participation)
    asking = participations.filter(role__in=ASKING_ROLES)
    own = participations.filter(partner=OuterRef("pk")).order_by().values("partner")
    return Partner.objects.select_related("type").annotate(
        asked=number_of(asking, "partner"),
        named=number_of(participations, "partner"),
        roles=Subquery(own.annotate(roles=ArrayAgg("role")).values("roles")),
    )


def agencies_with_uses():
    """Services with how many concepts are theirs, those of their predecessors included."""
    owned = number_of(of_concepts(Ownership), "agency__lines__present")
    return Agency.objects.annotate(named=owned)


def domains_with_uses():
    return PolicyDomain.objects.annotate(named=number_of(of_concepts(Ownership), "policy_domain"))


def dated(decrees):
    """Acts with their first date: its day, its kind, and as the source gives it."""
    known = DecreeDate.objects.filter(decree=OuterRef("pk"))
    first = known.order_by(F("date_earliest").asc(nulls_last=True), "pk")
    fields = {"first_day": "date_earliest", "first_kind": "kind", "first_date": "date_label"}
    return decrees.annotate(
        **{name: Subquery(first.values(field)[:1]) for name, field in fields.items()}
    )
