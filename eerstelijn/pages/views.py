"""The views that all public pages share: a record as a page and as data, and what stands still."""

from django.http import Http404, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.generic import DetailView, TemplateView

from eerstelijn.finder.question import Flag, Question
from eerstelijn.pages import export
from eerstelijn.pages.notes import Notes
from eerstelijn.pages.words import Words

FORMATS = ("json", "csv")
METHODS = ("get", "head", "options")


class PublicDetailView(DetailView):
    """One record: as a page, with its sources numbered in their order there, and as JSON or CSV.

    A former address answers 301 to the record's present one, in the same format. Subclasses say in
    `data` what JSON gives, and in `csv_rows` and `csv_columns` what a CSV gives of that.
    """

    http_method_names = METHODS
    list_name = ""
    list_label = ""
    #: A function that gives the words that the page marks.
    glossary = tuple
    #: What an address may ask, beside the keys of a format.
    question_class = Question
    csv_columns = ()

    def get_queryset(self):
        return self.model._default_manager.all()

    def get(self, request, *args, format=None, **kwargs):
        if format not in (None, *FORMATS):
            raise Http404("Dit formaat bestaat niet.")
        self.format = format
        try:
            self.object = self.get_object()
        except Http404:
            if moved := self._moved(kwargs["slug"]):
                return HttpResponsePermanentRedirect(self.address_of(moved))
            raise
        self.question = self._read_question()
        if instead := self.instead():
            return instead
        if format is None:
            return self.render_to_response(self.get_context_data(object=self.object))
        if self.question.problems:
            return export.refused_parameters(self.question.problems)
        data = self.data()
        if format == "json":
            return export.json_response(data)
        return export.csv_response(
            self.object.slug,
            self.csv_columns,
            ([row[column] for column in self.csv_columns] for row in self.csv_rows(data)),
            excel="excel" in self.question.values,
        )

    def instead(self):
        """The answer when the record is not to be shown here; None when it is."""

    def data(self):
        """The record as the contract gives it."""
        raise NotImplementedError

    def csv_rows(self, data):
        """The data as rows of a table, each with all `csv_columns`."""
        raise NotImplementedError

    def address_of(self, record):
        """The address of a record in the format that was asked for."""
        return data_address(record, self.format) if self.format else record.get_absolute_url()

    def known(self):
        """The records that a former address may lead to."""
        return self.model._default_manager.all()

    def _read_question(self):
        keys = {"excel": Flag("1")} if self.format == "csv" else {}
        return self.question_class(self.request.GET, keys)

    def _moved(self, slug):
        present = self.known().moved([slug]).get(slug)
        return present and self.known().filter(slug=present).first()

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            notes=Notes(),
            words=Words(self.glossary(), self.request.path),
            breadcrumbs=[
                {"label": self.list_label, "url": reverse(self.list_name)},
                {"label": str(self.object)},
            ],
            canonical_url=self.request.build_absolute_uri(self.object.get_absolute_url()),
            json_url=self.question.as_of.url(data_address(self.object, "json")),
            **kwargs,
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


def robots(request):
    """What crawlers may read: all but the editors' desk."""
    context = {"sitemap_url": request.build_absolute_uri(reverse("sitemap"))}
    return render(request, "robots.txt", context, content_type="text/plain; charset=utf-8")
