"""The page of the search over everything."""

from django.views.generic import TemplateView

from concepts.search.page import SearchPage
from eerstelijn.finder.question import Day, Flag, Question, SearchWord
from eerstelijn.pages.day import Banner


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
        text = question.cleaned_data["q"] or ""
        return super().get_context_data(
            q=text,
            notices=question.notices,
            banner=Banner.unknown(self.request) if question.as_of.is_stated else None,
            page=SearchPage(text, bool(question.cleaned_data["ruim"])) if text else None,
            robots="noindex,follow",
            canonical_url=self.request.build_absolute_uri(self.request.path),
            **kwargs,
        )
