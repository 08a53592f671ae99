"""The view that all public lists share: a finder, as a page and as data."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.core.paginator import EmptyPage, Paginator
from django.http import Http404
from django.urls import reverse
from django_filters.views import FilterView

from eerstelijn.finder.listing import Link, Listing
from eerstelijn.finder.problems import Problem
from eerstelijn.pages import export
from eerstelijn.pages.views import FORMATS, METHODS

#: Keys of a list that data alone understand, with the one value that they take: an address for
#: each option, no facets, a CSV for Excel. A page names them as unknown, like any other.
DATA_KEYS = {"opties": "1", "facetten": "0"}
FORMAT_KEYS = {None: {}, "json": DATA_KEYS, "csv": {**DATA_KEYS, "excel": "1"}}
#: How long a question may be for every option to carry it in its address.
LONGEST_LINKED = 500


@dataclass
class Group:
    """Rows of a list under a heading that says what they have in common, and how many they are."""

    rows: list
    key: str = ""
    label: str = ""
    count: int = 0
    note: str = ""


class FinderView(FilterView):
    """A list with facets, as a page, JSON or CSV from the same FinderSet.

    Subclasses set `queryset`, `filterset_class`, `title`, `nouns`, `url_name`, `row_template` and
    say in `row` what the page shows of a row, in `row_data` what the data formats give.
    """

    http_method_names = METHODS
    strict = False
    template_name = "finder/finder_list.html"
    row_template = "finder/_row_reference.html"
    title = ""
    nouns = ("resultaat", "resultaten")
    url_name = ""
    lead = ""
    search_label = "Zoek in deze lijst"
    per_page = 20
    #: The header of an empty CSV; otherwise the keys of `row_data` are the columns.
    csv_columns = ("slug", "naam")

    def get(self, request, *args, format=None, **kwargs):
        if format not in (None, *FORMATS):
            raise Http404("Dit formaat bestaat niet.")
        self.format = format
        data = request.GET.copy()
        given = {key: data.pop(key, [""]) for key in FORMAT_KEYS[format]}
        self.finder = self.filterset_class(data, queryset=self.get_queryset(), request=request)
        self.finder.problems += self._read_format_keys(given)
        self.object_list = self.finder.qs
        if format and self.finder.problems:
            return export.refused_parameters(self.finder.problems)
        self.listing = Listing(
            self.finder,
            self._page(),
            title=self.title,
            nouns=self.nouns,
            action=reverse(self.url_name),
            search_label=self.search_label,
            exits=self.exits(),
        )
        if format == "json":
            return export.json_response(self.data())
        if format == "csv":
            data = self.all_data()
            columns = data[0].keys() if data else self.csv_columns
            name = reverse(self.url_name).strip("/")
            return export.csv_response(
                name, columns, (row.values() for row in data), excel="excel" in self.format_keys
            )
        return self.render_to_response(self.get_context_data())

    def _read_format_keys(self, given):
        """Keep those of the format's own keys that were set, and yield what is wrong with them."""
        allowed = FORMAT_KEYS[self.format]
        self.format_keys = {key: allowed[key] for key in given if given[key] == [allowed[key]]}
        for key, values in given.items():
            if values not in ([allowed[key]], [""]):
                yield Problem(key, ", ".join(values), allowed[key])
        length = len(urlencode(self.finder.values, doseq=True))
        if "opties" in self.format_keys and length > LONGEST_LINKED:
            yield Problem("opties", "1", f"bij een vraag van hoogstens {LONGEST_LINKED} tekens")

    def rows_in_order(self):
        """What was found, in the order that was asked for."""
        _, order = self.finder.sorts[self.finder.order]
        return self.finder.qs.order_by(*order)

    def _page(self):
        size = self.finder.values.get("per_pagina", [str(self.per_page)])[0]
        paginator = Paginator(self.rows_in_order(), int(size))
        paginator.ELLIPSIS = "…"
        number = self.finder.values.get("pagina", ["1"])[0]
        # Far fewer digits than an integer column holds, and still more pages than can exist.
        if not (number.isascii() and number.isdigit() and len(number) < 8):
            raise Http404("Die pagina bestaat niet.")
        try:
            return paginator.page(int(number))
        except EmptyPage:
            raise Http404("Die pagina bestaat niet.") from None

    def exits(self):
        """The ways out of an empty result."""
        return [Link(f"Alle {self.nouns[1]}", reverse(self.url_name))]

    def row(self, record):
        """What a row of the page shows (see the row template)."""
        raise NotImplementedError

    def row_data(self, record):
        """What the data formats give of a row."""
        raise NotImplementedError

    def all_data(self):
        return [self.row_data(record) for record in self.listing.page.object_list]

    def data(self):
        """The list as the contract gives it."""
        absolute = self.request.build_absolute_uri
        stem, own = reverse(self.url_name), urlencode(self.format_keys)

        def page(url):
            if not url:
                return None
            url = absolute(url.replace(stem, f"{stem.rstrip('/')}.json", 1))
            return f"{url}{'&' if '?' in url else '?'}{own}" if own else url

        data = {
            "aantal": self.listing.total,
            "pagina": self.listing.page.number,
            "volgende": page(self.listing.next_url),
            "vorige": page(self.listing.previous_url),
            "peildatum": self.finder.peildatum,
            "filters": {
                key: values for key, values in self.finder.values.items() if key != "pagina"
            },
        }
        if "facetten" not in self.format_keys:
            data["facetten"] = {
                group.key: [self._option_data(option, page) for option in group.all_options]
                for group in self.listing.facets
            }
        data["resultaten"] = self.all_data()
        return data

    def _option_data(self, option, page):
        """An option of a facet; with its address only for who asked."""
        data = {
            "waarde": option.value,
            "label": option.label,
            "aantal": option.count,
            "gekozen": option.selected,
        }
        if "opties" in self.format_keys:
            data["url"] = page(option.url)
        return data

    def groups(self, records):
        """The records of this page under the headings that the list has; usually there is none."""
        return [Group(rows=records)]

    def get_context_data(self, **kwargs):
        groups = self.groups(list(self.listing.page.object_list))
        for group in groups:
            group.rows = [self.row(record) for record in group.rows]
        return {
            "view": self,
            "finder": self.listing,
            "groups": groups,
            "page_obj": self.listing.page,
            "row_template": self.row_template,
            "lead": self.lead,
            "robots": self.listing.robots,
            "canonical_url": self.request.build_absolute_uri(self.listing.canonical_url),
            "page_description": self.lead,
            **kwargs,
        }
