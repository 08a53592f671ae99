"""The pages that say who did what with a record, and put back what an editor wants back."""

from django.contrib import messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db import connection, transaction
from django.http import Http404
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.text import capfirst

from eerstelijn.desk.shown import asks, decides, holds_to, mark
from eerstelijn.history.actor import acting
from eerstelijn.history.models import table_of
from eerstelijn.history.reading import deletions_of, saves_of
from eerstelijn.history.recording import CHANGED, DELETED
from eerstelijn.history.telling import Teller, key_of
from eerstelijn.history.undoing import (
    Refused,
    bring_back,
    fields_to_put_back,
    put_back,
    put_links_back,
)

#: How many saves, or deleted records, stand on a page.
PAGE = 50


class KeepsHistory:
    """What a desk of records says of their past; for models of which changes are kept."""

    #: Why nothing is put back here; empty where it is.
    not_undone = ""

    @property
    def has_history(self):
        return table_of(self.model) is not None

    @property
    def object_history_template(self):
        """Django's own page where only the log of the desk tells something."""
        return "admin/record_history.html" if self.has_history else None

    def get_urls(self):
        if not self.has_history:
            return super().get_urls()
        name = f"{self.opts.app_label}_{self.opts.model_name}"
        deleted, undo = map(self.admin_site.admin_view, (self.deleted_view, self.undo_view))
        return [
            path("verwijderd/", deleted, name=f"{name}_deleted"),
            path("<path:object_id>/history/terug/", undo, name=f"{name}_undo"),
            *super().get_urls(),
        ]

    def changelist_view(self, request, extra_context=None):
        context = {**(extra_context or {})}
        if self.has_history:
            page = {"label": "Verwijderd", "url": self._url("deleted")}
            context["own_pages"] = [*context.get("own_pages", ()), page]
        return super().changelist_view(request, context)

    def _url(self, page, *arguments):
        name = f"admin:{self.opts.app_label}_{self.opts.model_name}_{page}"
        return reverse(name, args=arguments)

    # What happened to a record

    def history_view(self, request, object_id, extra_context=None):
        record = self.get_object(request, unquote(object_id))
        if record is None or not self.has_history:
            return super().history_view(request, object_id, extra_context)
        if not self.has_view_or_change_permission(request, record):
            raise PermissionDenied
        saves = _visible(request, saves_of(record))
        told, page = self._saves_on_page(request, saves, record)
        self._mark_what_can_be_undone(request, record, told)
        context = {
            "title": f"Geschiedenis van {record}",
            "saves": told,
            "page": page,
            "undo_url": self._url("undo", record.pk),
            "not_undone": self.not_undone,
            **(extra_context or {}),
        }
        return super().history_view(request, object_id, context)

    def _saves_on_page(self, request, saves, record=None):
        page = Paginator(saves, PAGE).get_page(request.GET.get("pagina"))
        return Teller(list(page), self._rows_of(request)).told(record), page

    def _rows_of(self, request):
        """The rows of a model with what their names need, as the desk of that model has them."""

        def rows(model):
            if self.admin_site.is_registered(model):
                return self.admin_site.get_model_admin(model).get_queryset(request)
            return model._base_manager.all()

        return rows

    def _mark_what_can_be_undone(self, request, record, told):
        entries = [entry for save in told for entry in save.entries]
        if not self.has_change_permission(request, record) or self.not_undone:
            return
        present = {}
        for model in {entry.row.model for entry in entries}:
            numbers = {entry.row.pk for entry in entries if entry.row.model is model}
            rows = model._base_manager.filter(pk__in=numbers)
            present[model] = {row["pk"]: row for row in rows.values("pk", *_names(entries, model))}
        for entry in entries:
            now = present[entry.row.model].get(entry.row.pk)
            entry.may_undo = self._may_undo(request, record, entry, now is not None)
            entry.shown = _standing(entry, now)

    def _may_undo(self, request, record, entry, is_there):
        """Whether this editor may put this back; the record itself may be changed by them."""
        row = entry.row
        if row.verb == DELETED:
            return not is_there and _may(request, "add", row.model)
        if row.verb != CHANGED or not is_there or not _may(request, "change", row.model):
            return False
        fields = fields_to_put_back(row, self._locked(request, record, row))
        return bool(fields or entry.links)

    def _locked(self, request, record, row):
        """What this record does not change any more, such as the address of what was public."""
        return self.get_readonly_fields(request, record) if row.model is self.model else ()

    # Putting back

    @asks
    def undo_view(self, request, object_id):
        record = self.get_object(request, unquote(object_id))
        if record is None:
            raise Http404("Dit record bestaat niet.")
        if not decides(request):
            return redirect(self._url("history", record.pk))
        record = self.lock(record)
        if record is None or not self.has_change_permission(request, record) or self.not_undone:
            raise PermissionDenied
        entry, moment = self._asked_for(request, record)
        holds_to(request, entry.shown)
        try:
            with transaction.atomic():
                self._undo(request, record, entry, moment)
        except Refused as refused:
            text = f"Dit kan niet teruggezet worden. {refused}"
            self.message_user(request, text, messages.ERROR)
        return redirect(self._url("history", record.pk))

    def _asked_for(self, request, record):
        """What is to be undone; only what happened to this record."""
        saves = _visible(request, saves_of(record))
        asked = request.POST.get("moment", "")
        saves = [save for save in saves if key_of(save.moment) == asked]
        told = Teller(saves, self._rows_of(request)).told(record)
        self._mark_what_can_be_undone(request, record, told)
        for save in told:
            for entry in save.entries:
                if entry.key == request.POST.get("wijziging"):
                    if not entry.may_undo:
                        raise PermissionDenied
                    return entry, save.moment
        raise Http404("Deze wijziging bestaat niet.")

    def _undo(self, request, record, entry, moment):
        acting(request, f"Teruggezet naar hoe het was vóór {_when(moment)}.")
        row = entry.row
        if row.verb == DELETED:
            bring_back(row, moment)
            changed = [capfirst(row.model._meta.verbose_name)]
        else:
            target = record if row.model is self.model else row.model._base_manager.get(pk=row.pk)
            changed = self._put_back(request, record, target, entry)
        if not changed:
            self.message_user(request, "Dat stond er al zo.", messages.INFO)
            return
        connection.check_constraints()
        self.saved(record)
        self.log_change(request, record, [{"changed": {"fields": changed}}])
        what = f"{entry.title}: {', '.join(changed)}"
        self.message_user(request, f"{what} teruggezet.", messages.SUCCESS)

    def _put_back(self, request, record, target, entry):
        before = {field.name: getattr(target, field.attname) for field in target._meta.fields}
        locked = self._locked(request, record, entry.row)
        fields = put_back(target, entry.row, locked)
        if fields and target is record:
            self.save_model(request, target, _AsForm(fields, before), change=True)
        elif fields:
            target.save()
        fields += put_links_back(target, entry.links)
        return [capfirst(str(field.verbose_name)) for field in fields]

    # What was deleted

    @asks
    def deleted_view(self, request):
        if not self.has_view_or_change_permission(request):
            raise PermissionDenied
        may = self.may_bring_back(request)
        if decides(request):
            if not may:
                raise PermissionDenied
            return self._bring_back(request)
        return self._deleted_page(request, may)

    def may_bring_back(self, request):
        """Whether this editor may put back what was deleted."""
        return self.has_add_permission(request)

    def why_gone(self, rows):
        """Why some of these rows cannot come back as things stand, by their numbers."""
        return {}

    def _deleted_page(self, request, may, refused=None):
        """The page; `refused` says of a row that did not come back why not."""
        told, page = self._saves_on_page(request, deletions_of(self.model))
        entries = [entry for save in told for entry in save.entries]
        why = self.why_gone([entry.row for entry in entries]) | (refused or {})
        for save in told:
            for entry in save.entries:
                entry.shown = mark(save.moment)
        for entry in entries:
            entry.stays_gone = why.get(entry.row.pk, "")
        context = {
            **self.admin_site.each_context(request),
            "title": f"Verwijderd: {self.opts.verbose_name_plural}",
            "opts": self.opts,
            "saves": told,
            "page": page,
            "may_bring_back": may,
            "refused": refused or {},
        }
        template = "admin/deleted_records.html"
        return TemplateResponse(request, template, context, status=422 if refused else 200)

    def bring_back(self, request, row, moment):
        """Make a deleted record again, with what must follow; refuses by raising Refused."""
        record = bring_back(row, moment)
        self.saved(record)
        return record

    def _bring_back(self, request):
        number = request.POST.get("nummer", "")
        found = [
            (row, save.moment)
            for save in deletions_of(self.model)
            for row in save.rows
            if str(row.pk) == number
        ]
        if not found:
            raise Http404("Dit is niet verwijderd, of al teruggezet.")
        [(row, moment)] = found
        holds_to(request, mark(moment))
        acting(request, f"Teruggezet na het verwijderen op {_when(moment)}.")
        try:
            with transaction.atomic():
                record = self.bring_back(request, row, moment)
                self.log_addition(request, record, [{"added": {}}])
        except Refused as refused:
            text = f"Dit kan niet teruggezet worden. {refused}"
            return self._deleted_page(request, True, {row.pk: text})
        self.message_user(request, f"“{record}” staat er opnieuw.", messages.SUCCESS)
        return redirect(self._url("change", record.pk))


class _AsForm:
    """Fields that were put back, as a form tells of what was changed in it."""

    def __init__(self, fields, before):
        self.changed_data = [field.name for field in fields]
        self.initial = before
        self.cleaned_data = {}


def _names(entries, model):
    """The fields of a model that one of these changes is about."""
    rows = [each.row for each in entries if each.row.model is model and each.row.verb == CHANGED]
    return {field.attname for row in rows for field in row.differing}


def _standing(entry, now):
    """What stands now where a change would be put back, for who has read that; lists are added to.

    Put back is what stood before, so what a colleague wrote since would go unseen.
    """
    if now is None or entry.row.verb != CHANGED:
        return ""
    return mark([now[field.attname] for field in entry.row.differing])


def _visible(request, saves):
    """The saves without rows of a kind that this editor may not see."""
    kinds = {_kind_of(row) for save in saves for row in save.rows}
    hidden = {kind for kind in kinds if not _may(request, "view", kind)}
    for save in saves:
        save.rows = [row for row in save.rows if _kind_of(row) not in hidden]
    return [save for save in saves if save.rows]


def _kind_of(row):
    """The kind of row that rights are about; of a link, that whose list it stands in."""
    return row.model._meta.auto_created or row.model


def _may(request, verb, model):
    opts = model._meta
    return request.user.has_perm(f"{opts.app_label}.{verb}_{opts.model_name}")


def _when(moment):
    return f"{timezone.localtime(moment):%d/%m/%Y %H.%M} uur"
