"""Deleting at the desk, one record or several of a list: what goes is shown first.

What others still name stays: Django itself would only cut the link.
"""

from collections import defaultdict
from itertools import chain

from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.utils import NestedObjects
from django.db import DEFAULT_DB_ALIAS
from django.http import QueryDict
from django.utils.html import format_html
from django.utils.text import capfirst

from eerstelijn.desk.choosing import may_be_key
from eerstelijn.desk.shown import asks, decides, shows, values_of
from eerstelijn.history.actor import WHY


class Deletes:
    """The pages that delete records, and what follows."""

    @property
    def _asks_why(self):
        """Whether changes are kept, and so an editor may say why."""
        return getattr(self, "has_history", False)

    @asks
    def changelist_view(self, request, extra_context=None):
        return super().changelist_view(request, extra_context)

    def response_action(self, request, queryset):
        """What is asked before an action carries the reason along that was written at the list.

        What was chosen are records of the list: anything else that is sent is no choice.
        """
        chosen = request.POST.getlist(ACTION_CHECKBOX_NAME)
        why = request.POST.get(WHY, "")
        request.POST = request.POST.copy()
        request.POST.setlist(ACTION_CHECKBOX_NAME, filter(may_be_key, chosen))
        if not decides(request):
            request.POST.pop("post", None)  # with it Django deletes
        response = super().response_action(request, queryset)
        if hasattr(response, "context_data"):
            response.context_data |= {"asks_why": self._asks_why, "why": why}
        return response

    @asks
    def delete_view(self, request, object_id, extra_context=None):
        context = {"asks_why": self._asks_why, "why": request.POST.get(WHY, "")}
        if not decides(request):
            request.POST = QueryDict()  # whatever is in it, Django deletes
        return super().delete_view(request, object_id, {**context, **(extra_context or {})})

    def delete_model(self, request, obj):
        super().delete_model(request, obj)
        self.removed([obj])

    def delete_queryset(self, request, queryset):
        records = list(queryset)
        super().delete_queryset(request, queryset)
        self.removed(records)

    def removed(self, records):
        """What follows from records that were deleted."""

    def said_of(self, record):
        """What a page says of a record that is to go, for who decides on it."""
        return values_of(record)

    def get_deleted_objects(self, objs, request):
        """What goes along and what is in the way; the page that asks has shown this."""
        objs = list(objs)
        going = Going(objs, self.admin_site, request)
        in_the_way = [*going.protected, *self.in_the_way(objs)]
        shows(request, [self.said_of(record) for record in objs], going.tree, in_the_way)
        return going.tree, going.counts, going.lacking, in_the_way

    def in_the_way(self, records):
        """What makes it impossible to delete these, in words: who lists them among others."""
        for relation in self.opts.related_objects:
            if relation.many_to_many:
                named = {f"{relation.field.name}__in": records}
                users = relation.related_model._default_manager.filter(**named)
                for row in users.distinct()[:20]:
                    yield format_html("{}: {}", capfirst(row._meta.verbose_name), row)


class Going:
    """All that goes with some records, by kind and by name, as Django's pages ask it.

    What Django names one by one, each row asking for its relations, is read here a kind at a time.
    """

    def __init__(self, records, site, request):
        self.site, self.request = site, request
        self.lacking = set()
        collector = NestedObjects(using=records[0]._state.db if records else DEFAULT_DB_ALIAS)
        collector.collect(records)
        self.known = self._read([*chain(*collector.model_objs.values()), *collector.protected])
        self.tree = without_links(collector.nested(self._seen))
        self.protected = sorted(map(self._named, collector.protected))
        self.counts = {
            model._meta.verbose_name_plural: len(rows)
            for model, rows in collector.model_objs.items()
            if not model._meta.auto_created
        }

    def _read(self, rows):
        """The rows with what their names need, by model and number."""
        numbers = defaultdict(set)
        for row in rows:
            if not row._meta.auto_created:
                numbers[type(row)].add(row.pk)
        return {(m, row.pk): row for m, pks in numbers.items() for row in self._rows(m, pks)}

    def _rows(self, model, numbers):
        if self.site.is_registered(model):
            rows = self.site.get_model_admin(model).get_queryset(self.request)
        else:
            rows = model._base_manager.all()
        return rows.select_related(*joins_of(model)).filter(pk__in=numbers)

    def _seen(self, row):
        """A row that goes, by its name; None for one that only links two others."""
        if row._meta.auto_created:
            return None
        desk = self.site._registry.get(type(row))
        if desk and not desk.has_delete_permission(self.request, row):
            self.lacking.add(row._meta.verbose_name)
        return self._named(row)

    def _named(self, row):
        name = self.known.get((type(row), row.pk), row)
        kind = capfirst(row._meta.verbose_name)
        if type(row) not in self.site._registry:
            return f"{kind}: {name}"
        return format_html('{}: <a href="{}">{}</a>', kind, self.site.page_of(row), name)


def joins_of(model):
    """The relations of a model that are joined to read the names of its rows."""
    return [each.name for each in model._meta.concrete_fields if each.many_to_one]


def without_links(tree):
    """A nested list of what goes, without what only links two of them: that says nothing."""
    kept = (without_links(each) if isinstance(each, list) else each for each in tree)
    return [each for each in kept if each]
