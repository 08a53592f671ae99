"""The versions of a concept that were public: as a list, and each as the page showed it."""

from dataclasses import dataclass, replace
from functools import cached_property

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef
from django.http import Http404, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst

from concepts.models import ConceptVersion, Status
from concepts.page.sections import ConceptPage
from concepts.page.shared import shared
from concepts.page.views import (
    ConceptDetailView,
    OfDevelopment,
    PublicConceptView,
    versions_address,
)
from concepts.reading import cite_statements, read_statements
from eerstelijn.dates import day_of, long_date
from eerstelijn.finder.problems import shorten
from eerstelijn.finder.question import Day, DayQuestion
from eerstelijn.pages import cite
from eerstelijn.pages.views import FORMATS, KnowsDay
from governance.models import Source


@dataclass(frozen=True)
class PublicVersion:
    """A version that is public or was, and the one that took its place."""

    version: ConceptVersion
    successor: ConceptVersion | None

    @property
    def is_current(self):
        return self.version.status == Status.PUBLISHED

    @property
    def ended(self):
        """The day on which it was public no longer; None while it is, and where nobody knows."""
        if self.version.status == Status.ARCHIVED:
            return self.version.withdrawn_at and day_of(self.version.withdrawn_at)
        return None if self.is_current else self.successor and day_of(self.successor.published_at)

    @property
    def url(self):
        """The current one stands on the page of the concept."""
        concept = self.version.concept
        if self.is_current:
            return concept.get_absolute_url()
        return f"{versions_address(concept)}{self.version.number}/"

    def as_data(self, absolute):
        return {
            "versie": self.version.number,
            "van": day_of(self.version.published_at),
            "tot": self.ended,
            "waarom": self.version.reason or None,
            "ingetrokken_waarom": self.version.withdrawn_reason or None,
            "url": absolute(self.url),
        }

    @property
    def period(self):
        """From when to when it was public; of one withdrawn long ago nobody kept the day."""
        since = long_date(day_of(self.version.published_at))
        if self.is_current:
            return f"sinds {since}"
        is_withdrawn = self.version.status == Status.ARCHIVED
        if self.ended is None:
            return f"vanaf {since}{', later van de site gehaald' if is_withdrawn else ''}"
        how = ", toen van de site gehaald" if is_withdrawn else ""
        return f"van {since} tot {long_date(self.ended)}{how}"


def public_versions(concept):
    """All versions of a concept that the public saw, the newest first; one query."""
    described_by = Source.objects.filter(described_versions=OuterRef("pk")).values("pk")
    rows = concept.versions.exclude(published_at=None).order_by("number").defer("search")
    rows = list(rows.with_review().annotate(sources=ArraySubquery(described_by)))
    for row in rows:
        row.concept = concept
    successors = [*rows[1:], None]
    return [PublicVersion(*pair) for pair in zip(rows, successors, strict=True)][::-1]


def version_on(versions, day):
    """The version that stood on the site on a day; None when none did, or nobody knows.

    `versions` as `public_versions` gives them. Of two versions of one day it is the last one.
    """
    last = next((each for each in versions if day_of(each.version.published_at) <= day), None)
    if last is None or last.is_current:
        return last
    return last if last.ended and day <= last.ended else None


def why_none(versions, day):
    """Why there is no version of a day, as sentences."""
    on, first = long_date(day), long_date(day_of(versions[-1].version.published_at))
    since = [each for each in versions if day_of(each.version.published_at) <= day]
    if not since:
        return f"Op {on} stond dit nog niet op deze site. Het staat er sinds {first}."
    if since[0].ended is None:
        return f"We weten niet of dit op {on} op deze site stond."
    return f"Op {on} stond dit niet op deze site: het was er toen van gehaald."


class OnSiteQuestion(DayQuestion):
    """The two clocks: `op` asks what stood on the site that day, `peildatum` what held."""

    op = Day()


class VersionListView(KnowsDay, PublicConceptView):
    """Which versions of a concept were public, from when to when, and why each was made.

    With `op` it leads to the one of that day, and data hold only that one.
    """

    template_name = "concepts/version_list.html"
    question_class = OnSiteQuestion
    day_said = "Deze lijst zegt wat wanneer op de site stond. In de links blijft je dag staan:"
    is_cited = False
    csv_columns = ("versie", "van", "tot", "waarom", "ingetrokken_waarom", "url")

    def address_of(self, record):
        url = versions_address(record)
        return f"{url.rstrip('/')}.{self.format}" if self.format else url

    @cached_property
    def versions(self):
        return public_versions(self.object)

    @property
    def asked(self):
        """The day of which the version is asked for, or None."""
        return self.question.cleaned_data["op"]

    @property
    def unread(self):
        """What was given as that day and is none, or is one too many."""
        return [each.value for each in self.question.problems if each.parameter == "op"]

    @property
    def found(self):
        """The version of that day; a day that is still to come has none."""
        is_known = self.asked and not self.unread and self.asked <= timezone.localdate()
        return version_on(self.versions, self.asked) if is_known else None

    def instead(self):
        if instead := super().instead():
            return instead
        if self.format is None and (found := self.found):
            return HttpResponseRedirect(found.url)  # the peildatum goes along by itself
        return None

    @property
    def notices(self):
        """Why a reader who asked for the version of a day stands here."""
        if self.unread:
            return [f"We kennen “{shorten(', '.join(self.unread))}” niet als dag."]
        if not self.asked:
            return []
        if self.asked > timezone.localdate():
            said = capfirst(long_date(self.asked))
            return [f"{said} moet nog komen. Dit zijn de versies tot nu."]
        return [why_none(self.versions, self.asked)]

    def record_take(self, **more):
        return self.take(versions_address(self.object))

    def data(self):
        absolute = self.request.build_absolute_uri
        rows = self.versions
        if self.asked:
            rows = [self.found] if self.found else []
        return {
            "slug": self.object.slug,
            "naam": self.version.name,
            "op": self.asked,
            "url": absolute(self.object.get_absolute_url()),
            "versies": [row.as_data(absolute) for row in rows],
        }

    def csv_rows(self, data):
        return data["versies"]

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        return context | {
            "version": self.version,
            "versions": self.versions,
            "notices": self.notices,
            "breadcrumbs": below(self, {"label": "Versies"}),
            "canonical_url": self.request.build_absolute_uri(versions_address(self.object)),
            "json_url": f"{versions_address(self.object).rstrip('/')}.json",
            "robots": "noindex,follow",
        }


class VersionDetailView(ConceptDetailView):
    """A former version as the page showed it, marked as such; the current one is the concept's."""

    template_name = "concepts/version_detail.html"
    paper_template = ""
    #: The version that the public sees, and what is told of the one that is asked for.
    current = former = None

    def formats(self):
        """It is cited and it is data; what changes is told of the concept."""
        return (*FORMATS, *cite.FORMATS)

    def address_of(self, record):
        end = f".{self.format}" if self.format else "/"
        return f"{versions_address(record)}{self.kwargs['number']}{end}"

    def instead(self):
        if instead := super().instead():
            return instead
        by_number = {str(each.version.number): each for each in public_versions(self.object)}
        self.former = by_number.get(self.kwargs["number"])
        if self.former is None:
            raise Http404("Deze versie stond nooit op de site.")
        if self.former.is_current and self.format is None:
            query = self.request.META["QUERY_STRING"]
            return HttpResponseRedirect(self.former.url + (f"?{query}" if query else ""))
        self.current, self.version = self.version, self.former.version
        return None

    @property
    def day_said(self):
        """Both clocks: what stood on the site then, and the day that the facts are of."""
        told = f"versie {self.version.number}, die op deze site stond {self.former.period}"
        return f"Je leest {told}, met de feiten zoals ze golden op"

    def record_take(self, **more):
        """The feed is that of the concept."""
        take = super().record_take(**more)
        url = self.address_of(self.object)
        return replace(take, address=self.request.build_absolute_uri(url), path=url, feed_url="")

    def data(self):
        """What it said, as the data of the concept say it, and from when to when it stood here."""
        told = self.former.as_data(self.request.build_absolute_uri)
        stood = {key: told[key] for key in ("van", "tot")}
        return {**super().data(), "url": told["url"], "op_de_site": stood}

    def _page(self):
        """What is said of the concept beside its version is of today, and stands on its page."""
        read_statements([self.version])
        cite_statements(self.version)
        return ConceptPage(self.version, shared(), on_day=self._on_day())

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        number = self.version.number
        return context | {
            "former": self.former,
            "current": self.current,
            "robots": "noindex,follow",
            "json_url": self.question.as_of.url(f"{self.former.url.rstrip('/')}.json"),
            "breadcrumbs": below(
                self,
                {"label": "Versies", "url": versions_address(self.object)},
                {"label": f"Versie {number}"},
            ),
        }


def below(view, *crumbs):
    """The way up from a page under that of a concept, which is called as it is today."""
    current = getattr(view, "current", None) or view.version
    way = [{"label": view.list_label, "url": reverse(view.list_name)}]
    return [*way, {"label": current.name, "url": view.object.get_absolute_url()}, *crumbs]


class DevelopmentVersionListView(OfDevelopment, VersionListView):
    """The same of an ontwikkeling."""


class DevelopmentVersionDetailView(OfDevelopment, VersionDetailView):
    """The same of an ontwikkeling."""
