"""Links to many records in the order that an editor gives them: the first is named first.

Django's own links have no order: what they lead to comes in the order of its model. Here the table
between holds a position, and whoever reads the links, one row's or many at once, gets them so.
"""

from django.db import models, router, transaction
from django.db.migrations import AlterField
from django.db.models import F, Window
from django.db.models.fields.related_descriptors import ManyToManyDescriptor
from django.db.models.functions import RowNumber
from django.utils.functional import cached_property


class OrderedManyToManyField(models.ManyToManyField):
    """Links to many records; `set` keeps the order in which they are given, `add` adds at the end.

    Only read from this side they have an order.
    """

    def contribute_to_class(self, cls, name, **kwargs):
        super().contribute_to_class(cls, name, **kwargs)
        if not cls._meta.abstract:
            position = models.PositiveSmallIntegerField("volgorde", default=0)
            self.remote_field.through.add_to_class("position", position)
            setattr(cls, self.name, InOrder(self.remote_field, reverse=False))


def is_ordered(field):
    """Whether a field is a list of links whose order says something."""
    return isinstance(field, OrderedManyToManyField)


class InOrder(ManyToManyDescriptor):
    """The way from a record to what it is linked to."""

    @cached_property
    def related_manager_cls(self):
        return type("OrderedManager", (KeepsOrder, super().related_manager_cls), {})


class KeepsOrder:
    """What the manager that Django makes of a link does otherwise, so that the order is kept."""

    def add(self, *objs, through_defaults=None):
        numbers = self._numbers(objs)
        self._write(lambda present: [*present, *numbers])

    def set(self, objs, *, clear=False, through_defaults=None):
        numbers = self._numbers(objs)
        self._write(lambda present: numbers)

    def get_prefetch_querysets(self, instances, querysets=None):
        rows, *rest = super().get_prefetch_querysets(instances, querysets)
        return self._sorted(rows), *rest

    def _apply_rel_filters(self, queryset):
        return self._sorted(super()._apply_rel_filters(queryset))

    def _sorted(self, rows):
        table = self.through._meta.db_table
        return rows.extra(order_by=[f"{table}.position", f"{table}.id"])

    def _numbers(self, objs):
        """Records, or the numbers of records, as numbers."""
        objs = [*objs]
        for obj in objs:
            if isinstance(obj, models.Model) and not isinstance(obj, self.model):
                raise TypeError(f"{obj!r} is no {self.model._meta.object_name}")
        key = self.model._meta.pk
        return [obj.pk if isinstance(obj, self.model) else key.to_python(obj) for obj in objs]

    def _write(self, choose):
        """Make these the links, in this order; `choose` gets those that there are."""
        self._remove_prefetched_objects()
        db = router.db_for_write(self.through, instance=self.instance)
        links = self.through._default_manager.using(db)
        with transaction.atomic(using=db, savepoint=False):
            there = self._there(links)
            wanted = {pk: place for place, pk in enumerate(dict.fromkeys(choose(there)), 1)}
            if gone := [link.pk for pk, link in there.items() if pk not in wanted]:
                links.filter(pk__in=gone).delete()
            links.bulk_update(_moved(there, wanted), ["position"])
            links.bulk_create(
                self._link(pk, place) for pk, place in wanted.items() if pk not in there
            )

    def _there(self, links):
        """The links of this record by the number of what they lead to, in their order."""
        mine = links.filter(**{self.source_field.attname: self.instance.pk})
        other = self.target_field.attname
        return {getattr(link, other): link for link in mine.order_by("position", "pk")}

    def _link(self, pk, place):
        ends = {self.source_field.attname: self.instance.pk, self.target_field.attname: pk}
        return self.through(**ends, position=place)


def _moved(there, wanted):
    """The links that get another place, with that place."""
    moved = []
    for pk, link in there.items():
        place = wanted.get(pk, link.position)
        if place != link.position:
            link.position = place
            moved.append(link)
    return moved


class OrderLinks(AlterField):
    """Give links that were unordered a position, as an operation for migrations.

    It is the place at which each showed until then: that in the order of what they lead to.
    """

    def database_forwards(self, app_label, schema_editor, from_state, to_state):
        link = self._link(app_label, to_state)
        through = link.remote_field.through
        schema_editor.add_field(through, through._meta.get_field("position"))
        other = link.m2m_reverse_field_name()
        place = Window(
            RowNumber(),
            partition_by=[F(link.m2m_field_name())],
            order_by=[F(f"{other}__{path}") for path in link.related_model._meta.ordering],
        )
        rows = through.objects.annotate(place=place).values("id", "place")
        sql, params = rows.query.sql_with_params()
        table = schema_editor.quote_name(through._meta.db_table)
        schema_editor.execute(
            f"UPDATE {table} SET position = place "  # noqa: S608 -- quoted by Django
            f"FROM ({sql}) ranked WHERE ranked.id = {table}.id",
            params,
        )

    def database_backwards(self, app_label, schema_editor, from_state, to_state):
        through = self._link(app_label, from_state).remote_field.through
        schema_editor.remove_field(through, through._meta.get_field("position"))

    def _link(self, app_label, state):
        return state.apps.get_model(app_label, self.model_name)._meta.get_field(self.name)

    def describe(self):
        return f"Keep the order of {self.name} of {self.model_name}"
