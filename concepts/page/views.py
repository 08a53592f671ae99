"""The page of one concept or ontwikkeling, and its data."""

from dataclasses import replace
from functools import partial

from django.http import Http404
from django.template.loader import render_to_string
from django.urls import reverse

from concepts.changes.entries import Events
from concepts.changes.feeds import feed
from concepts.models import Concept
from concepts.page.beside import Beside
from concepts.page.data import COLUMNS, DAY_COLUMNS, record_data, record_rows
from concepts.page.onday import OnDay
from concepts.page.owners import OwnersOnDay
from concepts.page.paper import PAGES, sheets_of
from concepts.page.published import published
from concepts.page.sections import ConceptPage
from concepts.page.shared import shared
from concepts.page.withdrawn import withdrawn
from concepts.reading import cite_statements, read_statements
from concepts.search.glossary import FOREIGN_NAMES, words
from eerstelijn.database import stamp
from eerstelijn.dates import day_of
from eerstelijn.kept import Kept
from eerstelijn.pages.notes import Notes
from eerstelijn.pages.views import KnowsDay, PublicDetailView
from eerstelijn.pages.words import Words
from governance.bodies import lines

#: The body of so many pages, by the version: a published version is read-only, and what it names
#: changes with the stamp. A long one takes 130 kB.
bodies: Kept[str] = Kept(most=64)
#: The same of pages about a chosen day: few, so that whoever walks through the days fills nothing.
bodies_of_days: Kept[str] = Kept(most=8)


class PublicConceptView(PublicDetailView):
    """A page about a concept that is public; of a withdrawn one it answers 410."""

    model = Concept
    record_kind = Concept.RecordKind.CONCEPT
    list_name = "concept-list"
    list_label = "Concepten"
    #: What the public sees of the concept; None when that is nothing.
    version = None

    def get_queryset(self):
        return Concept.objects.filter(record_kind=self.record_kind)

    def get_object(self, queryset=None):
        """The concept, in one query with its published version where it has one."""
        slug = self.kwargs["slug"]
        version = published([slug]).get(slug)
        if version and version.concept.record_kind == self.record_kind:
            self.version = version
        return self.version.concept if self.version else super().get_object(queryset)

    def known(self):
        """A former address tells nothing of a concept that was never public."""
        return Concept.objects.filter(versions__published_at__isnull=False).distinct()

    def instead(self):
        if instead := super().instead():
            return instead
        if self.version is None:
            if answer := withdrawn(self.request, self.object):
                return answer
            raise Http404("Dit concept is niet gepubliceerd.")
        return None

    def reference(self):
        """A version is cited: its address leads to the page for as long as it is the public one."""
        version = self.version
        abbreviation = f" ({version.abbreviation})" if version.abbreviation else ""
        path = f"{versions_address(self.object)}{version.number}/"
        return replace(
            super().reference(),
            key=f"{self.object.slug}-v{version.number}",
            title=f"{version.name}{abbreviation}",
            url=self.request.build_absolute_uri(self.question.as_of.url(path)),
            version=version.number,
            issued=day_of(version.published_at),
        )

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        context["breadcrumbs"][-1]["label"] = self.version.name
        context["sources_as_of"] = self.version.sources_as_of
        return context


class ConceptDetailView(KnowsDay, PublicConceptView):
    """A concept as published, every statement with its source; on a day, with what held then."""

    template_name = "concepts/concept_detail.html"
    paper_template = "paper/concept.html"
    paper_pages = PAGES
    has_feed = True

    @property
    def csv_columns(self):
        return DAY_COLUMNS if self.stated_day else COLUMNS

    def glossary(self):
        return words()

    def data(self):
        read_statements([self.version])
        cite_statements(self.version)
        on_day = self._on_day()
        return record_data(self.version, self.request.build_absolute_uri, on_day)

    def csv_rows(self, data):
        return record_rows(data)

    def feed(self):
        return feed(self.request, self.version.name, self.object.get_absolute_url(), self.events())

    def events(self):
        """What happened to this concept."""
        return Events([self.object.pk])

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        context.update(
            version=self.version,
            body=self._body(context["take"]),
            page_description=self.version.summary,
        )
        return context

    def record_take(self, **more):
        label = f"PDF, hoogstens {PAGES} bladzijden"
        return super().record_take(versions_url=self.versions_url(), pdf_label=label, **more)

    def paper_contexts(self):
        """The same page object, printed by a template for paper in ever fewer words."""
        page = self._page()
        known = {
            "version": self.version,
            "page": page,
            "forest": page.shared.forest_around(self.version),
        }

        def fresh():
            return known | {"notes": Notes(), "words": Words(FOREIGN_NAMES)}

        def written(chapter):
            return render_to_string("includes/_section.html", fresh() | {"section": chapter})

        for sheets in sheets_of(page.sections, written):
            yield fresh() | {"sheets": sheets}

    def _body(self, take):
        """All that the page says; whoever asks another question takes along other addresses."""
        day = self.stated_day
        kept = bodies_of_days if day else bodies
        return kept.get(
            stamp.of_today(), partial(self._printed, take), (self.version.pk, day, take)
        )

    def _printed(self, take):
        page = self._page()
        context = {
            "take": take,
            "version": self.version,
            "page": page,
            "forest": page.shared.forest_around(self.version),
            "contents": page.contents,
            "versions_url": self.versions_url(),
            "changes_url": reverse("change-list", query={"concept": self.object.slug}),
            "versus_url": reverse("versus", query={"c": self.object.slug}),
            "about": self.object.get_absolute_url(),
            "notes": Notes(),
            "words": Words(words(), self.object.get_absolute_url()),
        }
        return render_to_string("concepts/_concept_body.html", context)

    def versions_url(self):
        """The list of the versions that were public."""
        return versions_address(self.object)

    def _page(self):
        read_statements([self.version])
        beside = Beside.of(self.object)
        cite_statements(self.version, beside.incoming, beside.claims, beside.lost_links)
        on_day = self._on_day()
        return ConceptPage(
            self.version,
            shared(),
            incoming=on_day.of_others(beside.incoming) if on_day else beside.incoming,
            discrepancies=beside.discrepancies,
            lost_links=beside.lost_links,
            on_day=on_day,
        )

    def _on_day(self):
        """What the chosen day leaves of the version, which is sifted; None for today."""
        if not (day := self.stated_day):
            return None
        return OnDay(day, OwnersOnDay(day, lines(), shared().changes)).sift(self.version)

    def _banner(self):
        """With the way to what stood on this site that day: the other clock."""
        banner = super()._banner()
        if banner is None or not banner.today_url:
            return banner
        return replace(banner, then_url=f"{versions_address(self.object)}?op={self.stated_day}")


class OfDevelopment:
    """What makes a page about concepts one about ontwikkelingen."""

    record_kind = Concept.RecordKind.DEVELOPMENT
    list_name = "development-list"
    list_label = "Ontwikkelingen"


class DevelopmentDetailView(OfDevelopment, ConceptDetailView):
    """An ontwikkeling: the same page on the same statements."""


def versions_address(concept):
    """Where the versions of a concept are listed."""
    return f"{concept.get_absolute_url()}versies/"
