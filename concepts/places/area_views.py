"""The page of an area, and the comparison of two kinds of area."""

from django.urls import reverse

from concepts.places.area import area_page
from concepts.places.comparison import ComparisonPage, ComparisonQuestion
from concepts.places.views import PlaceView
from concepts.reference.parts import cited
from concepts.reference.views import AreaListView, ReferenceDetailView
from concepts.search.glossary import words
from eerstelijn.finder.question import DayQuestion
from eerstelijn.pages import errors, export
from eerstelijn.pages.notes import Notes
from governance.models import CoverageArea


class ComparisonView(PlaceView):
    """How the areas of two kinds lie against each other; without a question it explains."""

    template_name = "places/comparison.html"
    question_class = ComparisonQuestion
    day_said = "Je vergelijkt gebieden zoals ze lagen op"

    def respond(self):
        page = ComparisonPage.of(self.question)
        if self.format is None:
            return self.render_to_response(self.get_context_data(page=page))
        if page.problems:
            return errors.refused(self.request, page.problems)
        if self.format == "json":
            return export.json_response(page.data(self.request.build_absolute_uri))
        header, rows = page.rows(self.request.build_absolute_uri)
        return self.csv(f"{page.kind.slug}-{page.other.slug}", header, rows)

    def get_context_data(self, page, **kwargs):
        crumbs = [{"label": "Gebieden", "url": reverse("coveragearea-list")}]
        own = {"label": "Vergelijken", "url": reverse("comparison")}
        crumbs += [own, {"label": page.title}] if page.comparison else [{"label": own["label"]}]
        path = page.today_url if page.comparison else reverse("comparison")
        context = super().get_context_data(
            page=page,
            notes=Notes(),
            breadcrumbs=crumbs,
            canonical_url=self.request.build_absolute_uri(path),
            **kwargs,
        )
        if page.notices:
            context["robots"] = "noindex,follow"
        return context


class AreaDetailView(ReferenceDetailView):
    """An area on a day. A municipality has a page of its own and is sent there."""

    model = CoverageArea
    list_view = AreaListView
    question_class = DayQuestion
    day_said = "Je bekijkt dit gebied zoals de feiten golden op"
    template_name = "places/area_detail.html"
    list_name, list_label = "coveragearea-list", "Gebieden"
    glossary = staticmethod(words)

    def get_queryset(self):
        return cited(CoverageArea.objects.with_names())

    def instead(self):
        if instead := super().instead():
            return instead
        own = self.address_of(self.object) == self.request.path
        return self.redirect_to(self.object) if self.object.is_municipality and not own else None

    def page(self, most=None):
        return area_page(self.object, self.question.as_of, most)

    def data(self):
        day = self.question.as_of.day
        data = super().data()
        return {**data, "naam": self.object.name_on(day), "peildatum": day}

    def get_context_data(self, **kwargs):
        question = self.question
        context = super().get_context_data(**kwargs)
        name = self.object.name_on(question.as_of.day)
        context["breadcrumbs"][-1]["label"] = name
        context.update(
            question=question,
            as_of=question.as_of,
            name=name,
            page_description=f"{name}: wat er werkt, wat erin ligt en wat er veranderde.",
            robots=question.robots,
        )
        return context
