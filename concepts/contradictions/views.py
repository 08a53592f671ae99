"""The page of all points on which the sources differ."""

from django.views.generic import TemplateView

from concepts.contradictions.page import COLUMNS, ContradictionsPage, ContradictionsQuestion
from concepts.search.glossary import words
from eerstelijn.pages import export
from eerstelijn.pages.notes import Notes
from eerstelijn.pages.take import Take
from eerstelijn.pages.views import InFormats
from eerstelijn.pages.words import Words

TITLE = "Waar de bronnen verschillen"


class ContradictionsView(InFormats, TemplateView):
    """Every contradiction, silence and nuance, with what each source says and what we follow."""

    template_name = "contradictions/contradictions.html"
    question_class = ContradictionsQuestion

    def respond(self):
        page, absolute = ContradictionsPage(self.question), self.request.build_absolute_uri
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
            take=Take.of_view(self.request, page.url, TITLE, self.question.as_of),
        )
        if page.notices:
            context["robots"] = "noindex,follow"
        return self.render_to_response(context)
