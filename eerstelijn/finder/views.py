"""The view that all public lists share: a finder, as a page and as data."""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import chain
from typing import Any, ClassVar
from urllib.parse import urlencode

from django.core.paginator import EmptyPage, Page, Paginator
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django_filters.views import FilterView

from eerstelijn.finder.facets import Facet
from eerstelijn.finder.fields import GroupsField
from eerstelijn.finder.filterset import FinderSet
from eerstelijn.finder.listing import Finder, Link
from eerstelijn.finder.problems import Problem
from eerstelijn.finder.question import Flag, Question
from eerstelijn.finder.rows import Rows
from eerstelijn.pages import cite, errors, export
from eerstelijn.pages.day import Banner
from eerstelijn.pages.take import Take
from eerstelijn.pages.views import FEED, FORMATS, METHODS, PDF

#: How long a question may be for every option, and each format of a citation, to carry it.
LONGEST_LINKED = 500


class FoundKeys:
    """The primary keys of what a question finds, for a Paginator: it reads those of a page."""

    ordered = True

    def __init__(self, filterset: FinderSet):
        self.filterset = filterset

    def __len__(self) -> int:
        return self.filterset.number_found

    def __getitem__(self, part: slice) -> list[Any]:
        return self.filterset.keys(part.start, part.stop)


class NoKeys(Question):
    """The keys of one format only, beside those of the finder: most have none."""


class PageKeys(NoKeys):
    """A page gives every choice of the groups that it is asked for; else those of first sight.

    Nothing on the page takes that along: it is there while somebody chooses, and no longer.
    """

    def __init__(self, data: QueryDict, facets: Collection[str] = ()):
        super().__init__(data, more={"keuzes": GroupsField(facets)})


class Look(Question):
    """How a view looks at what was found, beside the finder's own question: a list has no choice.

    A subclass has keys of which each value differs from the usual: links leave out what is absent.
    """


class DataKeys(Question):
    """Data may give an address for each option, and leave the facets out."""

    opties = Flag("1")
    facetten = Flag("0")


class CsvKeys(DataKeys):
    """A CSV may be made for Excel."""

    excel = Flag("1")


#: What each format may be asked beside that; any other nothing.
FORMAT_KEYS = {"json": DataKeys, "csv": CsvKeys}


class FinderView(FilterView):
    """A list with facets, as a page, JSON or CSV from the same FinderSet.

    Subclasses set attributes and have no methods: `filterset_class` says what is found,
    `rows_class` how that shows.
    """

    http_method_names = METHODS
    template_name = "finder/finder_list.html"
    rows_class: type[Rows]
    look_class: type[Look] = Look
    filterset: FinderSet
    title = ""
    nouns: tuple[str, str] = ("resultaat", "resultaten")
    url_name = ""
    lead = ""
    #: What the banner says before and behind a day that the list knows; and of a list that is the
    #: same on any day, why it is.
    day_said = "Deze lijst toont wat er was op"
    day_after = "."
    undated_said = ""
    #: Of such a list, the key that asks for what this site had until a day, and how that is said:
    #: the other clock, where a list has one.
    other_clock: tuple[str, str] = ("", "")
    search_label = "Zoek in deze lijst"
    #: How many rows a page has for who does not ask: one of PAGE_SIZES.
    per_page = 20
    #: The ways out of an empty result; without any, the whole list.
    exits: Sequence[Link] = ()
    #: The method that answers `.atom` for a finder; a list without one has no feed.
    feed: ClassVar[Callable[[Any, Finder], HttpResponse] | None] = None
    #: The method that answers `.pdf` for a finder; a view without one has no paper.
    paper: ClassVar[Callable[[Any, Finder], HttpResponse] | None] = None

    def get(
        self, request: HttpRequest, *args: Any, format: str | None = None, **kwargs: Any
    ) -> HttpResponse:
        """A page leaves out what cannot be followed; data refuse it."""
        if format not in (None, *self._formats()):
            raise Http404("Dit formaat bestaat niet.")
        self.format = format
        self.format_keys = self._keys_of_format()
        self.look = self.look_class(self._part(self.look_class.base_fields))
        self.filterset = self.get_filterset(self.filterset_class)
        self.object_list = self.filterset.queryset  # the whole list: a Finder says what was found
        if format is None:
            finder = self._finder()
            if self.filterset.is_shorthand:
                return redirect(finder.canonical_url)
            return self.render_to_response(self.get_context_data(finder=finder))
        if problems := self._problems():
            return errors.refused(request, problems)
        finder = self._finder()
        if self.feed and format == FEED:
            return self.feed(finder)
        if self.paper and format == PDF:
            return self.paper(finder)
        if format in cite.FORMATS:
            return self.reference(finder).response(format)
        return self._json(finder) if format == "json" else self._csv(finder)

    def _formats(self) -> Iterator[str]:
        yield from FORMATS
        if self.feed:
            yield FEED
        if self.paper:
            yield PDF
        yield from cite.FORMATS

    def _keys_of_format(self) -> Question:
        if self.format is None:
            filters = self.filterset_class.base_filters.items()
            facets = [key for key, each in filters if isinstance(each, Facet) and each.template]
            return PageKeys(self._part(["keuzes"]), facets)
        keys = FORMAT_KEYS.get(self.format, NoKeys)
        return keys(self._part(keys.base_fields))

    def get_filterset_kwargs(self, filterset_class: type[FinderSet]) -> dict[str, Any]:
        """An empty question is a question too: the order of the rows comes from it."""
        own = {**self.format_keys.fields, **self.look.fields}
        keys = [key for key in self.request.GET if key not in own]
        return {**super().get_filterset_kwargs(filterset_class), "data": self._part(keys)}

    def get_filterset(self, filterset_class: type[FinderSet]) -> FinderSet:
        filterset: FinderSet = super().get_filterset(filterset_class)
        filterset.list_name = type(self).__qualname__
        return filterset

    def _part(self, keys: Iterable[str]) -> QueryDict:
        """What the address says of these keys, in their order."""
        part = QueryDict(mutable=True)
        for key in keys:
            if key in self.request.GET:
                part.setlist(key, self.request.GET.getlist(key))
        return part

    def _problems(self) -> list[Problem]:
        problems = self.filterset.problems + self.format_keys.problems + self.look.problems
        length = len(urlencode(self.filterset.values, doseq=True))
        if "opties" in self.format_keys.values and length > LONGEST_LINKED:
            allowed = f"bij een vraag van hoogstens {LONGEST_LINKED} tekens"
            problems.append(Problem("opties", "1", allowed))
        return problems

    def _finder(self) -> Finder:
        page, action = self._page(), reverse(self.url_name)
        return Finder(
            self.filterset,
            page,
            self.rows_class(self.filterset, page.object_list, self.request.build_absolute_uri),
            title=self.title,
            nouns=self.nouns,
            action=action,
            look=self.look,
            search_label=self.search_label,
            per_page=self.per_page,
            exits=[*self.exits] or [Link(f"Alle {self.nouns[1]}", action)],
            page_keys=self.format_keys,
        )

    def _page(self) -> Page:
        values = self.filterset.values
        size = values.get("per_pagina", [str(self.per_page)])[0]
        paginator = Paginator(FoundKeys(self.filterset), int(size))
        paginator.ELLIPSIS = "…"
        number = values.get("pagina", ["1"])[0]
        # Far fewer digits than an integer column holds, and still more pages than can exist.
        if not (number.isascii() and number.isdigit() and len(number) < 8):
            raise Http404("Die pagina bestaat niet.")
        try:
            return paginator.page(int(number))
        except EmptyPage:
            raise Http404("Die pagina bestaat niet.") from None

    def get_context_data(self, *, finder: Finder, **kwargs: Any) -> dict[str, Any]:
        return {
            "view": self,
            "finder": finder,
            "feed_url": finder.feed_url if self.feed else "",
            "groups": finder.rows.groups,
            "page_obj": finder.page,
            "lead": self.lead,
            "banner": self._banner(finder),
            "robots": finder.robots,
            "canonical_url": self.request.build_absolute_uri(finder.indexed_url),
            "take": self.take(finder),
            "page_description": self.lead,
            **kwargs,
        }

    def take(self, finder: Finder) -> Take:
        """What can be taken along of all that the question finds; a long question is not cited."""
        is_short = len(finder.query()) <= LONGEST_LINKED
        reference, as_of = self.reference(finder) if is_short else None, self.filterset.form.as_of
        feed_url = finder.feed_url if self.feed else ""
        return Take.of_view(self.request, reference, finder.url(), as_of, feed_url=feed_url)

    def reference(self, finder: Finder) -> cite.Reference:
        """How what the question finds is cited."""
        as_of = self.filterset.form.as_of
        return cite.Reference.of_view(self.request, finder.url(), self.cited_as(finder), as_of.day)

    def cited_as(self, finder: Finder) -> str:
        """What it is called there: a list says what was asked of it."""
        if not finder.chips:
            return self.title
        return f"{self.title}: {''.join(part.text for part in finder.sentence)}"

    def _banner(self, finder: Finder) -> Banner | None:
        """What the list makes of the day; one that was left out stands among the notices."""
        as_of, back = self.filterset.form.as_of, finder.today_url
        if finder.is_dated:
            return Banner.known(as_of, self.day_said, self.day_after, today_url=back)
        if self.undated_said:
            banner = Banner.undated(as_of, self.undated_said, today_url=back)
            key, said = self.other_clock
            until = [str(as_of.day)]
            if not (key and banner) or self.filterset.values.get(key) == until:
                return banner
            return replace(banner, then_url=finder.url(**{key: until}), then_said=said)
        return Banner.unknown(self.request) if as_of.is_stated else None

    def _csv(self, finder: Finder) -> HttpResponse:
        """Every row that was found, in the order of the pages: a table is not cut."""
        is_large = finder.total > export.AT_ONCE
        rows = finder.rows.all_cells(is_large)
        first = next(rows, None)
        return export.csv_response(
            reverse(self.url_name).strip("/"),
            first or finder.rows.csv_columns,
            (row.values() for row in chain([first], rows) if row),
            excel="excel" in self.format_keys.values,
        )

    def _json(self, finder: Finder) -> HttpResponse:
        """The list as the contract gives it."""
        absolute = self.request.build_absolute_uri
        stem, own = finder.action, urlencode(self.format_keys.values, doseq=True)

        def page(url: str) -> str | None:
            if not url:
                return None
            url = absolute(url.replace(stem, f"{stem.rstrip('/')}.json", 1))
            return f"{url}{'&' if '?' in url else '?'}{own}" if own else url

        values = self.filterset.values
        data = {
            "aantal": finder.total,
            "pagina": finder.page.number,
            "volgende": page(finder.next_url),
            "vorige": page(finder.previous_url),
            "peildatum": finder.day,
            "filters": {key: given for key, given in values.items() if key != "pagina"},
        }
        if "facetten" not in self.format_keys.values:
            address = page if "opties" in self.format_keys.values else None
            data["facetten"] = {facet.key: facet.as_data(address) for facet in finder.facets}
        data["resultaten"] = finder.rows.as_data()
        return export.json_response(data | finder.rows.totals)
