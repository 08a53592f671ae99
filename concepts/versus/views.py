"""The page that puts concepts beside each other, and its data."""

from django.http import HttpResponsePermanentRedirect
from django.views.generic import TemplateView

from concepts.search.glossary import words
from concepts.versus.data import COLUMNS, table_rows
from concepts.versus.page import VersusPage
from concepts.versus.question import VersusQuestion
from eerstelijn.pages import cite, errors, export
from eerstelijn.pages.notes import Notes
from eerstelijn.pages.take import Take
from eerstelijn.pages.views import InFormats
from eerstelijn.pages.words import Words


class VersusView(InFormats, TemplateView):
    """Two to four concepts beside each other, point by point, every value with its source."""

    template_name = "versus/versus.html"
    question_class = VersusQuestion
    day_said = "Zo was het, volgens de bronnen, op"
    is_cited = True

    def instead(self):
        """A former address of a concept leads on to its present one, with the whole question."""
        self.page = VersusPage.of(self.question)
        if not self.page.moved_url:
            return None
        path, _, query = self.page.moved_url.partition("?")
        path = f"{path.rstrip('/')}.{self.format}" if self.format else path
        return HttpResponsePermanentRedirect(f"{path}?{query}")

    def taken(self):
        if problems := [*self.page.problems, *self.page.lacking]:
            return errors.refused(self.request, problems)
        return super().taken()

    def respond(self):
        page, absolute = self.page, self.request.build_absolute_uri
        if self.format:
            if problems := [*page.problems, *page.lacking]:
                return errors.refused(self.request, problems)
            if self.format == "json":
                return export.json_response(page.data(absolute))
            rows = table_rows(page.shown, page.columns)
            return self.csv("vergelijk", COLUMNS, rows)
        context = self.get_context_data(
            page=page,
            notes=Notes(),
            words=Words(words(), self.request.path),
            canonical_url=absolute(page.today_url),
            take=self._take() if page.columns else None,
        )
        if robots := self._robots():
            context["robots"] = robots
        return self.render_to_response(context)

    def reference(self):
        """How the comparison is cited."""
        title, day = f"{self.page.title} vergeleken", self.question.as_of.day
        return cite.Reference.of_view(self.request, self.page.url, title, day)

    def _take(self):
        as_of = self.question.as_of
        return Take.of_view(self.request, self.reference(), self.page.url, as_of)

    def _robots(self):
        is_of_days = self.page.problems or self.page.is_on_days
        return "noindex,follow" if is_of_days else self.question.robots

    def _banner(self):
        return None if self.page.question.cleaned_data["op"] else super()._banner()
