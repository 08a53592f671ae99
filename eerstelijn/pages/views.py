"""The views that all public pages share: a record with numbered sources, and what stands still."""

from django.http import Http404, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.generic import DetailView, TemplateView

from eerstelijn.pages.notes import Notes
from eerstelijn.pages.words import Words

FORMATS = ("json", "csv")
METHODS = ("get", "head", "options")


class PublicDetailView(DetailView):
    """The page of one record, with its sources numbered in the order of the page.

    A former address answers 301 to the record's present one, in the same format.
    """

    http_method_names = METHODS
    list_name = ""
    list_label = ""
    #: A function that gives the words that the page marks.
    glossary = tuple

    def get_queryset(self):
        return self.model._default_manager.all()

    def get(self, request, *args, **kwargs):
        try:
            self.object = self.get_object()
        except Http404:
            if moved := self._moved(kwargs["slug"]):
                if "format" in kwargs:
                    moved = f"{moved.rstrip('/')}.{kwargs['format']}"
                return HttpResponsePermanentRedirect(moved)
            raise
        return self.respond()

    def known(self):
        """The records that a former address may lead to."""
        return self.model._default_manager.all()

    def respond(self):
        return self.render_to_response(self.get_context_data(object=self.object))

    def _moved(self, slug):
        present = self.known().moved([slug]).get(slug)
        record = present and self.known().filter(slug=present).first()
        return record.get_absolute_url() if record else None

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            notes=Notes(),
            words=Words(self.glossary(), self.request.path),
            breadcrumbs=[
                {"label": self.list_label, "url": reverse(self.list_name)},
                {"label": str(self.object)},
            ],
            canonical_url=self.request.build_absolute_uri(self.object.get_absolute_url()),
            **kwargs,
        )


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
