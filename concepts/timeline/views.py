"""The timeline of all that is dated, and the page of what was promised."""

from functools import cached_property

from django.urls import reverse
from django.views.generic import TemplateView

from concepts.search.glossary import words
from concepts.timeline import entry, promises
from concepts.timeline.page import TimelinePage
from concepts.timeline.promises_page import PromisesPage
from concepts.timeline.question import PromisesQuestion, TimelineQuestion
from eerstelijn.pages import cite, export
from eerstelijn.pages.notes import Notes
from eerstelijn.pages.take import Take
from eerstelijn.pages.views import InFormats
from eerstelijn.pages.words import Words


class DatedView(InFormats, TemplateView):
    """What the two have in common: a page object that an address makes, in three formats."""

    page_class = None
    file_name = ""
    #: What it is called where it is cited.
    cited_as = ""
    columns = ()
    is_cited = True

    @cached_property
    def page(self):
        return self.page_class(self.question)

    def reference(self):
        """How what was asked is cited."""
        page = self.page
        url = page.as_of.url(page.url)
        return cite.Reference.of_view(self.request, url, self.cited_as, page.day)

    def respond(self):
        page, absolute = self.page, self.request.build_absolute_uri
        if self.format == "json":
            return export.json_response(page.data(absolute))
        if self.format == "csv":
            rows = (row.row(absolute) for row in self.rows_of(page))
            return self.csv(self.file_name, self.columns, rows)
        context = self.get_context_data(
            page=page,
            notes=Notes(),
            words=Words(words(), self.request.path),
            canonical_url=absolute(page.url),
            take=Take.of_view(self.request, self.reference(), page.as_of.url(page.url), page.as_of),
        )
        if page.robots:
            context["robots"] = page.robots
        return self.render_to_response(context)


class TimelineView(DatedView):
    """All that is dated: of concepts, services, acts and areas, announced or happened."""

    template_name = "timeline/timeline.html"
    question_class = TimelineQuestion
    page_class = TimelinePage
    day_said = "Je bekijkt de tijdlijn zoals ze was op"
    file_name = "tijdlijn"
    cited_as = "Tijdlijn"
    columns = entry.COLUMNS

    def rows_of(self, page):
        return page.entries


class PromisesView(DatedView):
    """Every date that was announced, and what became of it."""

    template_name = "timeline/promises.html"
    question_class = PromisesQuestion
    page_class = PromisesPage
    day_said = "Je bekijkt wat men beloofde zoals het was op"
    file_name = "tijdlijn-beloofd"
    cited_as = "Beloofd, en wat ervan kwam"
    columns = promises.COLUMNS

    def rows_of(self, page):
        return page.ordered

    def get_context_data(self, **kwargs):
        crumbs = [{"label": "Tijdlijn", "url": reverse("timeline")}, {"label": "Beloofd"}]
        return super().get_context_data(breadcrumbs=crumbs, **kwargs)
