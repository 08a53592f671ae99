"""The pages of municipalities: looking one up, and what holds there."""

import datetime as dt
import re
from functools import cached_property
from typing import ClassVar

from django.http import HttpResponsePermanentRedirect, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.generic import TemplateView

from concepts.asking import Who
from concepts.changes.feeds import events_in, feed
from concepts.places.data import listed, municipality_data, municipality_rows
from concepts.places.drawing.map import map_of
from concepts.places.lookup import municipalities
from concepts.places.municipality import MunicipalityPage
from concepts.places.understood import Asking, Understood, sent_on
from concepts.reference.parts import cited
from eerstelijn.database.ground import ground
from eerstelijn.dutch import nearest
from eerstelijn.finder.question import Day, DayQuestion, Question, SearchWord
from eerstelijn.kept import Kept, Part
from eerstelijn.pages import cite, errors, export
from eerstelijn.pages.notes import Notes
from eerstelijn.pages.views import FEED, PDF, InFormats
from governance.models import MUNICIPALITY, AreaKind, CoverageArea, municipality_slug

#: What stands in the address of a municipality: its NIS code, and behind it its name.
PLACE = re.compile(r"(\d{5})(?:-[\w-]*)?", re.ASCII)
MOST_SUGGESTIONS = 5
#: Sizes of letters in which a municipality is written on paper, in points.
PAPER_SIZES = ("8", "7.5", "7")


class LookupQuestion(Question):
    """Which municipality, and on what day."""

    q = SearchWord()
    peildatum = Day()


class MunicipalityQuestion(DayQuestion):
    """On what day, and since when changes are told."""

    sinds = Day()

    @property
    def robots(self):
        return "noindex,follow" if self.cleaned_data["sinds"] else super().robots


class PlaceView(InFormats, TemplateView):
    """A page about a place on a day, also as data. Subclasses say what its address may ask."""

    question_class = DayQuestion

    @property
    def as_of(self):
        return self.question.as_of

    @cached_property
    def municipalities(self):
        """All municipalities, read when a page needs more than its own."""
        return municipalities()

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            question=self.question,
            as_of=self.as_of,
            robots=self.question.robots,
            **kwargs,
        )


class MunicipalityListView(PlaceView):
    """Look up a municipality; one that must be meant is shown at once."""

    template_name = "places/municipality_list.html"
    question_class = LookupQuestion
    day_said = "Je bekijkt de gemeenten zoals ze er waren op"

    def respond(self):
        text, day = self.question.cleaned_data["q"], self.as_of.day
        everyone = [area for area in self.municipalities.all if area.holds_on(day)]
        everyone.sort(key=lambda area: area.name_on(day).casefold())
        lookup = self.municipalities.find(text, day) if text else None
        if self.format == "json":
            return export.json_response(listed(lookup, everyone, self.question, self.request))
        if self.format == "csv":
            rows = listed(lookup, everyone, self.question, self.request)["resultaten"]
            header = ("nis", "naam", "postcodes", "url")
            return self.csv("gemeenten", header, ([row[key] for key in header] for row in rows))
        if lookup and lookup.only:
            return HttpResponseRedirect(sent_on(lookup, self.as_of))
        context = self.get_context_data(
            q=text or "",
            asking=lookup and Asking(lookup, self.as_of),
            everyone=everyone,
            index=Part(_index, ground(), "index"),
            map=map_of(day, as_of=self.as_of, links=False),
            begins=_beginning(day),
            canonical_url=self.request.build_absolute_uri(self.request.path),
        )
        return self.render_to_response(context)


#: The municipalities of a day as a list: no concept stands in it.
_index: Kept[str] = Kept(most=4)


class MunicipalityDetailView(PlaceView):
    """What holds in a municipality on a day."""

    template_name = "places/municipality_detail.html"
    question_class = MunicipalityQuestion
    day_said = "Je bekijkt deze gemeente zoals de feiten golden op"
    paper_template = "paper/municipality.html"
    paper_pages = 2
    page_keys: ClassVar = {"gezocht": SearchWord}
    has_feed = True
    is_cited = True
    #: What the address names, once it is found.
    area = page = None

    def feed(self):
        """What changed of the concepts that work there."""
        _, area = self._found(CoverageArea.objects.municipalities().with_names())
        if area is None:
            return self._unknown(None)
        of = f"concepten in {area.name_on(self.as_of.day)}"
        events = events_in(area, self.as_of.day)
        return feed(self.request, of, area.get_absolute_url(), events)

    def _found(self, municipalities):
        """What the address names, and the municipality that this is."""
        place = PLACE.fullmatch(self.kwargs["place"])
        return place, place and municipalities.filter(slug=municipality_slug(place[1])).first()

    def respond(self):
        place, area = self._found(cited(CoverageArea.objects.municipalities().with_names()))
        if area is None:
            return self._unknown(place)
        if self.format is None and self.request.path != area.get_absolute_url():
            query = self.request.META["QUERY_STRING"]
            url = area.get_absolute_url()
            return HttpResponsePermanentRedirect(f"{url}?{query}" if query else url)
        instead = () if area.holds_on(self.as_of.day) else self._instead_of(area)
        since = self.question.cleaned_data["sinds"]
        page = MunicipalityPage(area, self.as_of, instead, since)
        self.area, self.page = area, page
        if self.format == PDF or self.format in cite.FORMATS:
            return super().taken()
        if self.format == "json":
            return export.json_response(municipality_data(page, self.request.build_absolute_uri))
        if self.format == "csv":
            header, rows = municipality_rows(page, self.request.build_absolute_uri)
            return self.csv(f"gemeente-{area.nis}", header, rows)
        return self.render_to_response(
            self.get_context_data(
                area=area,
                page=page,
                feed_url=(feed_url := reverse("municipality-data", args=[area.nis, FEED])),
                take=self.take(
                    reverse("municipality-detail", args=[area.nis]),
                    page=area.get_absolute_url(),
                    pdf_label="PDF, 2 bladzijden",
                    feed_url=feed_url,
                ),
                map=map_of(self.as_of.day, area, page.highlighted, self.as_of),
                understood=self._understood(area),
                who=Who(nis=area.nis) if page.exists else None,
                notes=Notes(),
                breadcrumbs=[
                    {
                        "label": "Gemeenten",
                        "url": self.as_of.url(reverse("municipality-list")),
                    },
                    {"label": page.name},
                ],
                canonical_url=self.request.build_absolute_uri(area.get_absolute_url()),
            )
        )

    def taken(self):
        """Which municipality it is of must be found first."""
        return self.respond()

    def reference(self):
        return cite.Reference(
            f"gemeente-{self.area.nis}",
            f"{self.page.name}: concepten op de eerste lijn",
            self.request.build_absolute_uri(self.as_of.url(self.area.get_absolute_url())),
            self.as_of.day,
            dt.date.today(),
        )

    def paper_contexts(self):
        """The same in letters of ever fewer points: the largest is made that fits on two pages."""
        address = self.request.build_absolute_uri(self.as_of.url(self.area.get_absolute_url()))
        for size in PAPER_SIZES:
            yield {
                "area": self.area,
                "page": self.page,
                "address": address,
                "notes": Notes(),
                "size": size,
            }

    def _understood(self, area):
        """What the reader typed who was sent on to here; other words in the address say nothing."""
        text = self.question.cleaned_data["gezocht"]
        if not text:
            return None
        return Understood.of(self.municipalities.find(text, self.as_of.day), area, self.as_of)

    def _instead_of(self, area):
        """The municipalities that stood there on a day on which this one did not."""
        return self.municipalities.on(area, self.as_of.day)

    def _unknown(self, place):
        """404, with the municipalities whose code comes nearest."""
        if self.format:
            title = "Er is geen gemeente met deze NIS-code."
            return errors.answer(self.request, 404, title, "404.html")
        codes = {area.nis: area for area in self.municipalities.all}
        suggestions = []
        while place and len(suggestions) < MOST_SUGGESTIONS:
            near = nearest(place[1], codes)
            if near is None:
                break
            suggestions.append(codes.pop(near))
        context = self.get_context_data(
            asked=self.kwargs["place"][:60], suggestions=suggestions, banner=None
        )
        return render(self.request, "places/municipality_404.html", context, status=404)


def _beginning(day):
    """The first day of the data about municipalities, when the page is about an earlier one."""
    kind = AreaKind.objects.filter(slug=MUNICIPALITY, data_from__gt=day).first()
    return kind and kind.data_from
