"""Concepts that say something of which every source is old."""

from django.db.models import Count, Exists, OuterRef, Q
from django.utils import timezone

from concepts.models import STATEMENT_KINDS, Status
from concepts.queues.versions import VersionQueue
from governance.models import Citation

#: The age in years from which a source is old.
OLD = 2


class OldSources(VersionQueue):
    name = "oude-bronnen"
    place = 70
    title = f"Steunt enkel op bronnen ouder dan {OLD} jaar"
    about = "Uitspraken zonder één bron van de laatste twee jaar."
    help = (
        "Zoek een recente bron bij de uitspraken, of kijk ze na en laat ze staan. Een webpagina "
        "telt vanaf de dag dat ze geraadpleegd werd; een bron zonder datum telt als oud."
    )
    columns = ("Concept", "Dienst", "Uitspraken", "Stand van de bronnen", "Let op")
    can_be_reviewed = True

    def rows(self):
        # A list of versions for each kind, put together by the database at once: to ask of each
        # version whether there is one took half a minute with 10,000 concepts.
        kinds = [
            resting_on_old(kind).order_by().filter(version__status=Status.PUBLISHED)
            for kind in STATEMENT_KINDS.values()
        ]
        first, *others = (rows.values("version") for rows in kinds)
        return self.published().filter(pk__in=first.union(*others))

    def lines(self, rows):
        self.numbers = dict.fromkeys((version.pk for version in rows), 0)
        for kind in STATEMENT_KINDS.values():
            old = resting_on_old(kind).filter(version__in=list(self.numbers)).order_by()
            for pk, number in old.values_list("version").annotate(Count("pk")):
                self.numbers[pk] += number
        return super().lines(rows)

    def said(self, version):
        return (str(self.numbers[version.pk]), version.sources_as_of)


def resting_on_old(kind):
    """The statements of a kind of which every source is old; those without a source too."""
    return kind.objects.filter(~Exists(citing(kind)))


def citing(kind):
    """The recent places that a statement of a kind cites, as a subquery on that kind."""
    link = kind._meta.get_field("citations")
    through = link.remote_field.through
    own = link.m2m_field_name()
    recent = Citation.objects.filter(is_recent()).values("pk")
    return through.objects.filter(**{own: OuterRef("pk")}, citation__in=recent)


def is_recent():
    """The condition on places that their source is recent."""
    today = timezone.localdate()
    since = today.replace(year=today.year - OLD, day=min(today.day, 28))
    return Q(source__date_latest__gte=since) | Q(source__consulted_on__gte=since)
