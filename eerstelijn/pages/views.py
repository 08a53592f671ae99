"""The views that all public pages share: a record as a page and as data, and what stands still."""

import datetime as dt
from typing import ClassVar

from django.http import Http404, HttpResponsePermanentRedirect
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import reverse
from django.views.generic import DetailView, TemplateView

from eerstelijn.finder.question import DayQuestion, Flag, Question
from eerstelijn.pages import cite, errors, export
from eerstelijn.pages.day import Banner, today_url
from eerstelijn.pages.notes import Notes
from eerstelijn.pages.take import Take
from eerstelijn.pages.words import Words
from eerstelijn.paper import press
from eerstelijn.paper.answers import pdf_response

FORMATS = ("json", "csv")
#: What a page also has that tells what changes.
FEED = "atom"
PDF = "pdf"
METHODS = ("get", "head", "options")


class InFormats:
    """The one door of pages that are data too: what an address may ask, and in which format.

    A view says in `respond` what it answers in `self.format`, once `self.question` can be followed.
    """

    http_method_names = METHODS
    #: Whether it also has a feed of what changes, which `feed` answers.
    has_feed = False
    #: Whether it is cited: then it has a `reference`, also in the formats of these.
    is_cited = False
    #: What it is on paper, printed with `paper_context`; without one there is no PDF.
    paper_template = ""
    #: So many pages it takes at most, where `paper_contexts` says it in more than one length.
    paper_pages = press.ANY_NUMBER
    #: What an address may ask, beside the keys of a format.
    question_class = Question
    #: What the page may ask that data may not: the class of each key.
    page_keys: ClassVar = {}
    #: What the banner says before a day that the reader chose; empty for a page that knows none.
    day_said = ""
    #: What it says behind the day; and of a page that is the same on any day, why it is.
    day_after = "."
    undated_said = ""

    def get(self, request, *args, format=None, **kwargs):
        if format not in (None, *self.formats()):
            raise Http404("Dit formaat bestaat niet.")
        self.format = format
        self.question = self.question_class(request.GET, self._keys())
        if instead := self.instead():
            return instead
        if format and self.question.problems:
            return errors.refused(request, self.question.problems)
        if format == PDF or format in cite.FORMATS:
            return self.taken()
        return self.feed() if format == FEED else self.respond()

    def formats(self):
        """Every format that the page also has."""
        yield from FORMATS
        if self.has_feed:
            yield FEED
        if self.paper_template:
            yield PDF
        if self.is_cited:
            yield from cite.FORMATS

    def _keys(self):
        if self.format is None:
            return {key: field() for key, field in self.page_keys.items()}
        return {"excel": Flag("1")} if self.format == "csv" else {}

    def instead(self):
        """The answer when there is nothing to show here; None when there is."""

    def respond(self):
        raise NotImplementedError

    def feed(self):
        """The feed of what changes of it."""
        raise NotImplementedError

    def taken(self):
        """The page on paper, or how it is cited."""
        if self.format == PDF:
            return pdf_response(self.request, self.paper_name(), self.paper, self.paper_pages)
        return self.reference().response(self.format)

    def paper(self):
        """The page as HTML for paper, longest first; one of them is made into a PDF elsewhere."""
        path, mark, question = self.request.get_full_path().partition("?")
        address = f"{path.removesuffix(f'.{PDF}')}/{mark}{question}"
        foot = {
            "address": self.request.build_absolute_uri(address),
            "as_of": self.question.as_of,
        }
        return [
            render_to_string(self.paper_template, foot | context)
            for context in self.paper_contexts()
        ]

    def paper_contexts(self):
        """What the template for paper prints, in one length or more."""
        yield self.paper_context()

    def paper_context(self):
        """What the template for paper prints; its foot has the address and the day already."""
        return self.get_context_data()

    def paper_name(self):
        """What the file is called, without its extension."""
        return self.request.path.rpartition("/")[2].partition(".")[0]

    def reference(self):
        """How the page is cited, as a `eerstelijn.pages.cite.Reference`."""
        raise NotImplementedError

    def take(self, path, **more):
        """What can be taken along from the page at a path, about the day that was asked."""
        return Take.of(
            self.request,
            path,
            self.question.as_of,
            has_pdf=bool(self.paper_template),
            reference=self.reference() if self.is_cited else None,
            **more,
        )

    def csv(self, name, header, rows):
        """Rows as the CSV that was asked for; `name` has no extension."""
        return export.csv_response(name, header, rows, excel="excel" in self.question.values)

    def get_context_data(self, **kwargs):
        if self.day_said or self.undated_said:
            kwargs.setdefault("banner", self._banner())
        return super().get_context_data(**kwargs)

    def _banner(self):
        """What was left out of the question, a page about a day says itself."""
        as_of = self.question.as_of
        if not as_of.is_other_day:
            return None
        back = today_url(self.request)
        if self.undated_said:
            return Banner.undated(as_of, self.undated_said, today_url=back)
        return Banner.known(as_of, self.day_said, self.day_after, today_url=back)


class KnowsDay:
    """What makes a page one about the day that its address names, and its data too."""

    question_class = DayQuestion
    day_said = "Je bekijkt de site zoals de feiten golden op"

    def get(self, request, *args, format=None, **kwargs):
        if format == FEED:  # it tells what changes from now on
            self.question_class = Question
        return super().get(request, *args, format=format, **kwargs)

    @property
    def stated_day(self):
        """The day that the reader chose; None for a page of today."""
        as_of = self.question.as_of
        return as_of.day if as_of.is_stated else None

    def _banner(self):
        """A day that is none, is told: the page has no other place for it."""
        return super()._banner() or Banner.unknown(self.request)

    def get_context_data(self, **kwargs):
        if self.stated_day:  # a chosen day is for people, not for indexes
            kwargs.setdefault("robots", "noindex,follow")
        return super().get_context_data(**kwargs)


class PublicDetailView(InFormats, DetailView):
    """One record: as a page, with its sources numbered in their order there, and as JSON or CSV.

    A former address answers 301 to the record's present one, in the same format and with the same
    question. Subclasses say in `data` what JSON gives, and in `csv_rows` and `csv_columns` what a
    CSV gives of that.
    """

    is_cited = True
    list_name = ""
    list_label = ""
    #: A function that gives the words that the page marks.
    glossary = tuple
    csv_columns = ()

    def get_queryset(self):
        return self.model._default_manager.all()

    def instead(self):
        try:
            self.object = self.get_object()
        except Http404:
            if moved := self._moved(self.kwargs["slug"]):
                return self.redirect_to(moved)
            raise
        return None

    def redirect_to(self, record):
        """301 to the address of a record, with the question as it stands."""
        query = self.request.META["QUERY_STRING"]
        url = self.address_of(record)
        return HttpResponsePermanentRedirect(f"{url}?{query}" if query else url)

    def respond(self):
        if self.format is None:
            return self.render_to_response(self.get_context_data(object=self.object))
        data = self.data()
        if self.format == "json":
            return export.json_response(data)
        rows = ([row[column] for column in self.csv_columns] for row in self.csv_rows(data))
        return self.csv(self.object.slug, self.csv_columns, rows)

    def data(self):
        """The record as the contract gives it."""
        raise NotImplementedError

    def csv_rows(self, data):
        """The data as rows of a table, each with all `csv_columns`."""
        raise NotImplementedError

    def address_of(self, record):
        """The address of a record in the format that was asked for."""
        return data_address(record, self.format) if self.format else record.get_absolute_url()

    def reference(self):
        as_of = self.question.as_of
        return cite.Reference(
            self.object.slug,
            str(self.object),
            self.request.build_absolute_uri(as_of.url(self.object.get_absolute_url())),
            as_of.day,
            dt.date.today(),
        )

    def known(self):
        """The records that a former address may lead to."""
        return self.model._default_manager.all()

    def _moved(self, slug):
        present = self.known().moved([slug]).get(slug)
        return present and self.known().filter(slug=present).first()

    def get_context_data(self, **kwargs):
        kwargs.setdefault("take", self.record_take())
        return super().get_context_data(
            notes=Notes(),
            words=Words(self.glossary(), self.request.path),
            breadcrumbs=[
                {"label": self.list_label, "url": reverse(self.list_name)},
                {"label": str(self.object)},
            ],
            canonical_url=self.request.build_absolute_uri(self.object.get_absolute_url()),
            json_url=self.question.as_of.url(data_address(self.object, "json")),
            feed_url=data_address(self.object, FEED) if self.has_feed else "",
            **kwargs,
        )

    def record_take(self, **more):
        """What can be taken along from this record."""
        return self.take(
            self.object.get_absolute_url(),
            feed_url=data_address(self.object, FEED) if self.has_feed else "",
            **more,
        )


def data_address(record, format):
    """The address of a record as data."""
    return f"{record.get_absolute_url().rstrip('/')}.{format}"


class StaticPageView(TemplateView):
    """What the site says of itself: over, toegankelijkheid, privacy."""

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            canonical_url=self.request.build_absolute_uri(self.request.path), **kwargs
        )


def favicon(request):
    """Where browsers look for a picture of a page that names none: a text, a table, a drawing."""
    return redirect(static("eerstelijn/favicon.svg"))


def robots(request):
    """What crawlers may read: all but the editors' desk."""
    context = {"sitemap_url": request.build_absolute_uri(reverse("sitemap"))}
    return render(request, "robots.txt", context, content_type="text/plain; charset=utf-8")
