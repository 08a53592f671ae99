"""The page of all points on which the sources differ."""

from functools import cached_property

from django.views.generic import TemplateView

from concepts.contradictions.page import COLUMNS, ContradictionsPage, ContradictionsQuestion
from concepts.search.glossary import words
from eerstelijn.pages import cite, export
from eerstelijn.pages.notes import Notes
from eerstelijn.pages.take import Take
from eerstelijn.pages.views import InFormats
from eerstelijn.pages.words import Words

TITLE = "Tegenspraken"


class ContradictionsView(InFormats, TemplateView):
    """Every contradiction, silence and nuance, with what each source says and what we follow."""

    template_name = "contradictions/contradictions.html"
    question_class = ContradictionsQuestion

    undated_said = "De bronnen dateren hun verschillen niet: dit zijn ze allemaal."
    is_cited = True

    @cached_property
    def page(self):
        return ContradictionsPage(self.question)

    @property
    def url(self):
        """Its address with its question, the day included."""
        return self.question.as_of.url(self.page.url)

    def reference(self):
        """How what was asked is cited."""
        day = self.question.as_of.day
        return cite.Reference.of_view(self.request, self.url, TITLE, day)

    def respond(self):
        page, absolute = self.page, self.request.build_absolute_uri
        if self.format == "json":
            return export.json_response(page.data(absolute))
        if self.format == "csv":
            rows = (row for point in page.points for row in point.rows(absolute))
            return self.csv("tegenspraken", COLUMNS, rows)
        context = self.get_context_data(
            page=page,
            notes=Notes(),
            words=Words(words(), self.request.path),
            canonical_url=absolute(page.url),
            take=Take.of_view(self.request, self.reference(), self.url, self.question.as_of),
        )
        if robots := self.question.robots:
            context["robots"] = robots
        return self.render_to_response(context)
