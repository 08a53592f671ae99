"""The page of the search over everything."""

import datetime as dt

from django.urls import reverse
from django.utils.http import urlencode
from django.views.generic import TemplateView

from concepts.places.lookup import Lookup, municipalities
from concepts.search.everywhere import find
from eerstelijn.finder.question import Day, Question, SearchWord
from eerstelijn.pages.day import Banner


class SearchQuestion(Question):
    """What is searched for. A day goes along to what is found."""

    q = SearchWord()
    peildatum = Day()


class SearchView(TemplateView):
    """Search over everything, in groups by kind with the passage that answers."""

    template_name = "search.html"

    def get_context_data(self, **kwargs):
        question = SearchQuestion(self.request.GET)
        text = question.cleaned_data["q"] or ""
        groups, read = find(text, self._list_urls(text)) if text else ([], None)
        places = municipalities().find(text, dt.date.today()) if text else Lookup()
        return super().get_context_data(
            q=text,
            notices=question.notices,
            banner=Banner.unknown(self.request) if question.as_of.is_stated else None,
            groups=groups,
            places=[hit for hit in places.hits if hit.is_sure],
            read=read,
            total=sum(group.total for group in groups),
            robots="noindex,follow",
            canonical_url=self.request.build_absolute_uri(self.request.path),
            **kwargs,
        )

    def _list_urls(self, text):
        """Where all hits of a kind are listed: the finders that search the same way."""
        query = urlencode({"q": text})
        return {
            "Concepten": f"{reverse('concept-list')}?{query}",
            "Ontwikkelingen": f"{reverse('development-list')}?{query}",
        }
