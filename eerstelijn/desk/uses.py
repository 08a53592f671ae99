"""Where a record is used: what points to it, by kind, each with the page on which it is edited.

All is counted in one query; of each kind that there is, the first few are read. A row without a
page of its own, such as a statement, is shown as the record that it stands under.
"""

from dataclasses import dataclass, field
from functools import cached_property

from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Count, IntegerField, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.http import Http404
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.text import capfirst

from eerstelijn.desk.deleting import joins_of

#: How many of a kind stand on the page of a record; the rest is on a page of its own.
SHOWN = 6
#: How many stand on that page.
PAGE = 100


@dataclass(frozen=True)
class Way:
    """A way from a record to what uses it: the kind of row, and the records shown for it."""

    key: str
    #: The model of the row that points, and of the record that is shown for it.
    row: type
    shown: type
    #: The lookup of the used record, from the record that is shown.
    lookup: str
    label: str


@dataclass
class Use:
    """One kind of use, with the first of its records."""

    way: Way
    number: int
    url: str
    records: list = field(default_factory=list)

    @property
    def label(self):
        return self.way.label

    @property
    def more(self):
        """The link to all, where not all are shown."""
        return f"alle {self.number}" if self.number > len(self.records) else ""


@dataclass
class Link:
    label: str
    url: str


class Uses:
    """The uses of one record, as an editor may see them."""

    def __init__(self, desk, record, request):
        self.desk, self.record, self.request = desk, record, request
        self.site = desk.admin_site

    @cached_property
    def ways(self):
        """Every way on which something may point to it; derived tables have no page, so none."""
        found = list(self._ways(self.desk.opts, "", self.desk.model))
        for name in self.desk.used_through:
            through = self.desk.opts.get_field(name)
            inner = f"{through.field.name}"
            found += self._ways(through.related_model._meta, f"__{inner}", None)
        return found

    def _ways(self, opts, rest, own):
        for relation in opts.related_objects:
            row, link = relation.related_model, relation.field
            key = f"{row._meta.model_name}-{link.name}{rest}"
            label = capfirst(str(row._meta.verbose_name_plural))
            if rest and row in self.site._registry:
                label = f"{label} die eruit citeren"
            if self.site.is_registered(row):
                yield Way(key, row, row, f"{link.name}{rest}", label)
                continue
            parent = self.site.parent_of(row)
            if parent is None or (parent.related_model is own and link in self.site.ties(row)):
                continue
            lookup = f"{parent.related_query_name()}__{link.name}{rest}"
            yield Way(key, row, parent.related_model, lookup, label)

    @cached_property
    def counts(self):
        """How many of each; one query for all."""
        numbers = {}
        for index, way in enumerate(self.ways):
            rows = way.shown._default_manager.filter(**{way.lookup: OuterRef("pk")}).order_by()
            count = rows.values(way.lookup).annotate(number=Count("pk", distinct=True))
            one = Subquery(count.values("number")[:1], output_field=IntegerField())
            numbers[f"use_{index}"] = Coalesce(one, 0)
        found = self.desk.model._default_manager.filter(pk=self.record.pk).order_by()
        row = found.annotate(**numbers).values(*numbers).first() if numbers else {}
        return list((row or {}).values())

    @cached_property
    def kinds(self):
        """What uses it, those that there are most of first."""
        found = []
        for way, number in zip(self.ways, self.counts, strict=True):
            if number and self._may_see(way):
                use = Use(way, number, self.url(way))
                use.records = [self.link(way, row) for row in self.rows(way)[:SHOWN]]
                found.append(use)
        found += self.desk.more_uses(self.record)
        return sorted(found, key=lambda use: -use.number)

    @property
    def number(self):
        return sum(use.number for use in self.kinds)

    def _may_see(self, way):
        return self.site.get_model_admin(way.shown).has_view_permission(self.request)

    def rows(self, way):
        desk = self.site.get_model_admin(way.shown)
        chosen = way.shown._default_manager.filter(**{way.lookup: self.record.pk}).order_by()
        rows = desk.get_queryset(self.request).select_related(*joins_of(way.shown))
        rows = rows.filter(pk__in=chosen.values("pk"))
        return rows.order_by(*desk.get_ordering(self.request), "pk")

    def link(self, way, record):
        return Link(str(record), self.site.page_of(record, way.row))

    def url(self, way=None):
        opts = self.desk.opts
        name = f"admin:{opts.app_label}_{opts.model_name}_uses"
        return reverse(name, args=[self.record.pk], query={"soort": way.key} if way else None)


class ShowsUses:
    """The desk of records that others point to: it shows where, also before one is deleted."""

    #: Rows of the record's own whose uses are its uses too: the places of a source.
    used_through = ()

    def more_uses(self, record):
        """Uses that no relation tells, as a list of `Use`."""
        return []

    def get_urls(self):
        opts = self.opts
        page = self.admin_site.admin_view(self.uses_view)
        name = f"{opts.app_label}_{opts.model_name}_uses"
        return [path("<path:object_id>/gebruik/", page, name=name), *super().get_urls()]

    def render_change_form(self, request, context, add=False, change=False, **kwargs):
        if change and context.get("original") and not context.get("is_popup"):
            context["uses"] = Uses(self, context["original"], request)
        return super().render_change_form(request, context, add=add, change=change, **kwargs)

    def delete_view(self, request, object_id, extra_context=None):
        record = self.get_object(request, unquote(object_id))
        uses = Uses(self, record, request) if record else None  # asked of the database when shown
        return super().delete_view(request, object_id, {"uses": uses, **(extra_context or {})})

    def uses_view(self, request, object_id):
        """All of one kind of use, some hundred a page; without a kind the first of each."""
        record = self.get_object(request, unquote(object_id))
        if record is None:
            raise Http404("Dat record is er niet.")
        if not self.has_view_permission(request, record):
            raise PermissionDenied
        uses = Uses(self, record, request)
        way = next((way for way in uses.ways if way.key == request.GET.get("soort")), None)
        page = None
        if way and uses._may_see(way):
            page = Paginator(uses.rows(way), PAGE).get_page(request.GET.get("pagina"))
            page.links = [uses.link(way, row) for row in page]
        context = {
            **self.admin_site.each_context(request),
            "title": f"Waar gebruikt: {record}",
            "opts": self.opts,
            "original": record,
            "uses": uses,
            "way": way,
            "page": page,
        }
        return TemplateResponse(request, "admin/uses.html", context)
