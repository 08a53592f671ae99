"""What the queues of published versions share: how a row of them looks."""

from collections import Counter
from collections.abc import Sequence

from django.db.models import F, OuterRef, QuerySet, Subquery

from concepts.models import Concept, ConceptVersion, Ownership, Review
from concepts.queues.base import Line, Queue
from concepts.queues.narrowing import names_of_a_version, of_a_version
from eerstelijn.dates import day_of
from eerstelijn.desk.addresses import url_of
from eerstelijn.reports.models import Report


class VersionQueue(Queue):
    """A queue of what stands on the site, a line for each concept."""

    searched = names_of_a_version()
    filters = of_a_version()
    columns = ("Concept", "Dienst", "Op de site sinds", "Stand van de bronnen", "Let op")

    def published(self) -> QuerySet:
        versions = ConceptVersion.objects.published().select_related("concept")
        return versions.defer("search").order_by("name", "concept__slug")

    def with_last_review(self) -> QuerySet:
        """With the day of the last review, and the day before which the next one comes."""
        last = Review.objects.filter(version=OuterRef("pk")).order_by("-date")
        return self.published().annotate(
            reviewed_on=Subquery(last.values("date")[:1]),
            review_before=Subquery(last.values("review_before")[:1]),
        )

    def lines(self, rows: Sequence[ConceptVersion]) -> list[Line]:
        owners = owners_of(rows)
        remarks = self.remarks(rows)
        return [
            Line(
                version.pk,
                version.name,
                url_of(Concept, version.concept_id),
                (owners.get(version.pk, ""), *self.said(version), remarks.get(version.pk, "")),
                version.get_absolute_url(),
            )
            for version in rows
        ]

    def said(self, version: ConceptVersion) -> tuple[str, ...]:
        """What stands between the service and the last column."""
        return (f"{day_of(version.published_at):%d/%m/%Y}", version.sources_as_of)

    def remarks(self, rows: Sequence[ConceptVersion]) -> dict[int, str]:
        """What the last column says, by version: why not to go over it blindly."""
        opened = (
            ConceptVersion.objects.open()
            .filter(concept__in=[version.concept_id for version in rows])
            .values_list("concept", "number")
        )
        numbers, reports = dict(opened), reports_on(rows)
        return {
            version.pk: "; ".join(
                filter(
                    None,
                    [
                        reports.get(version.pk, ""),
                        f"in bewerking: versie {numbers[version.concept_id]}"
                        if version.concept_id in numbers
                        else "",
                    ],
                )
            )
            for version in rows
        }


def reports_on(rows: Sequence[ConceptVersion]) -> dict[int, str]:
    """How many readers reported something of a page that nobody answered; by version."""
    waiting = Report.objects.filter(outcome=None).exclude(about="")
    pages = Counter(about.partition("#")[0] for about in waiting.values_list("about", flat=True))
    numbers = {version.pk: pages[version.get_absolute_url()] for version in rows}
    return {
        pk: "1 melding van een lezer" if number == 1 else f"{number} meldingen van lezers"
        for pk, number in numbers.items()
        if number
    }


def owners_of(rows: Sequence[ConceptVersion]) -> dict[int, str]:
    """The service that a version names first, or else its domain; by version."""
    owners = Ownership.objects.filter(version__in=[version.pk for version in rows])
    named = owners.annotate(service=F("agency__name"), domain=F("policy_domain__name"))
    said: dict[int, str] = {}
    for owner in named.order_by("position", "key"):
        said.setdefault(owner.version_id, owner.service or owner.domain)
    return said
