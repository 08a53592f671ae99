"""A version that was looked over and is still right: noted without touching the version."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from concepts import publishing
from concepts.models import ConceptVersion, Review


@dataclass(frozen=True)
class Noted:
    """What became of versions that were noted as reviewed."""

    made: list[Review]
    #: Versions that were noted for that day before: nothing was added.
    known: list[ConceptVersion]
    #: Versions that are not on the site any more.
    gone: int


def next_review(day: dt.date) -> dt.date:
    """The day before which a version that was reviewed on a day is reviewed again: 12 months on."""
    if (day.month, day.day) == (2, 29):
        return day.replace(year=day.year + 1, day=28)
    return day.replace(year=day.year + 1)


def proposed(reviewer: str) -> dict[str, object]:
    """What a note of today holds, for a form that an editor only has to confirm."""
    today = timezone.localdate()
    return {"date": today, "review_before": next_review(today), "reviewer": reviewer}


@transaction.atomic
def note(versions: Iterable[int], reviewer: str, date: dt.date, review_before: dt.date) -> Noted:
    """Note that published versions, by primary key, were looked over and nothing had to change.

    Whoever sends it twice notes it once. What was replaced or withdrawn meanwhile is left alone.
    """
    wanted = set(versions)
    concepts = ConceptVersion.objects.filter(pk__in=wanted).values_list("concept", flat=True)
    publishing.lock(*concepts)
    published = ConceptVersion.objects.published().filter(pk__in=wanted).defer("search")
    noted = {review.version_id for review in Review.objects.filter(version__in=wanted, date=date)}
    made, known = [], []
    for version in published.select_related("concept").order_by("name"):
        if version.pk in noted:
            known.append(version)
            continue
        review = Review(version=version, date=date, reviewer=reviewer, review_before=review_before)
        review.full_clean()
        review.save()
        made.append(review)
    return Noted(made, known, len(wanted) - len(made) - len(known))


def with_last(reviews: QuerySet) -> list[Review]:
    """Notes with their versions, and whether each is the last of its version (`is_last`)."""
    later = Review.objects.filter(version=OuterRef("version"), date__gt=OuterRef("date"))
    rows = reviews.annotate(is_last=~Exists(later)).order_by("version__name", "date")
    return list(rows.select_related("version__concept").defer("version__search"))


@transaction.atomic
def take_back(reviews: Iterable[Review]) -> int:
    """Delete notes that were made by mistake; one that was followed by another stays."""
    numbers = [review.pk for review in reviews]
    publishing.lock(*{review.version.concept_id for review in reviews})
    last = [
        review.pk for review in with_last(Review.objects.filter(pk__in=numbers)) if review.is_last
    ]
    _, by_kind = Review.objects.filter(pk__in=last).delete()
    return by_kind.get("concepts.Review", 0)
