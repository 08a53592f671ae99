"""The page of the search over everything."""

from django.views.generic import TemplateView

from concepts.search.page import SearchPage
from eerstelijn.finder.question import Day, Flag, Question, SearchWord
from eerstelijn.pages.day import Banner, today_url

#: What stands around the day that a reader chose.
BANNER = (
    "Je zoekt in de teksten van vandaag. Plaatsen zijn die van",
    ", en bij wat er toen niet was, staat dat.",
)


class SearchQuestion(Question):
    """What is searched for, and whether any of the words will do; a day goes along."""

    q = SearchWord()
    ruim = Flag("1")
    peildatum = Day()


class SearchView(TemplateView):
    """Search over everything, in groups by kind with the passage that answers."""

    template_name = "search.html"

    def get_context_data(self, **kwargs):
        question = SearchQuestion(self.request.GET)
        text, as_of = question.cleaned_data["q"] or "", question.as_of
        is_loose = bool(question.cleaned_data["ruim"])
        banner = Banner.known(as_of, *BANNER, today_url=today_url(self.request))
        return super().get_context_data(
            q=text,
            notices=question.notices,
            banner=banner if as_of.is_other_day else None,
            page=SearchPage(text, is_loose, as_of) if text else None,
            robots="noindex,follow",
            canonical_url=self.request.build_absolute_uri(self.request.path),
            **kwargs,
        )
