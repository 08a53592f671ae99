"""The base on which the admin of every record at the editors' desk stands.

Whatever the record, the base finds its relations by typing, keeps former addresses leading on,
refuses to delete what is still used, guards against two editors at once (`eerstelijn.desk.forms`),
and tells the site what was saved, so that search and the flattened tables follow in the same
transaction. Apps say in `saved` and `removed` what else must follow.
"""

from django.contrib import admin, messages
from django.contrib.admin.options import IS_POPUP_VAR
from django.contrib.admin.templatetags.admin_urls import add_preserved_filters
from django.db import Error, connection
from django.db.models import F
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.text import capfirst, get_text_list

from eerstelijn.database.locks import only_looking
from eerstelijn.database.refusals import REFUSED, field_of, in_words, is_failure
from eerstelijn.database.turns import READING, in_turn
from eerstelijn.desk import merging
from eerstelijn.desk.deleting import Deletes
from eerstelijn.desk.fields import brought_in_one_form
from eerstelijn.desk.finding import FoundWithoutAccents
from eerstelijn.desk.forms import RecordForm, entries_of, moment, name_of
from eerstelijn.desk.history import KeepsHistory
from eerstelijn.desk.inlines import DeskFields
from eerstelijn.desk.merging import SEEN
from eerstelijn.desk.nearby import nearly
from eerstelijn.desk.restoring import tell_saved
from eerstelijn.desk.together import PutsTogether
from eerstelijn.history.actor import WHY


class RecordAdmin(
    PutsTogether, Deletes, KeepsHistory, FoundWithoutAccents, DeskFields, admin.ModelAdmin
):
    """The desk of one kind of record."""

    form = RecordForm
    list_per_page = 50
    #: The field that the address follows, for records with an address of their own.
    slug_from = "name"
    #: Whether search looks in this record's names.
    is_indexed = False
    #: The fields in which a record is told apart: a new value that nearly exists is said.
    told_apart_by = ()
    #: What the key is made of, as a function of the form's data; only for records that have one.
    key_parts = None

    @property
    def has_address(self):
        """Whether each record has an address of its own, and so can lead a former one on."""
        return hasattr(self.model, "lead_on")

    def get_ordering(self, request):
        """Said aloud, because a queryset that counts related rows drops the order of its model."""
        return super().get_ordering(request) or self.opts.ordering

    # The pages

    def changelist_view(self, request, extra_context=None):
        plural = capfirst(self.opts.verbose_name_plural)
        return super().changelist_view(request, {"title": plural, **(extra_context or {})})

    def add_view(self, request, *args, **kwargs):
        return self._told(request, super().add_view(request, *args, **kwargs))

    def change_view(self, request, *args, **kwargs):
        return self._told(request, super().change_view(request, *args, **kwargs))

    def _told(self, request, response):
        """An answer that also says that the form was saved, if it was."""
        was_saved = getattr(request, "was_saved", False) and response.status_code < 400
        return tell_saved(request, response) if was_saved else response

    def changeform_view(self, request, *args, **kwargs):
        """What the database refuses, or fails to do, comes back as an error of the form."""
        try:
            return self._changeform_in_turn(request, *args, **kwargs)
        except Error as error:
            told = isinstance(error, REFUSED) or is_failure(error)
            if request.method in READING or not told:
                raise
            request.refusal, request.refused_at = in_words(error), field_of(error)
            with only_looking():
                return super().changeform_view(request, *args, **kwargs)

    @in_turn
    def _changeform_in_turn(self, request, *args, **kwargs):
        return super().changeform_view(request, *args, **kwargs)

    def overtaken_view(self, request, object_id, record, extra_context):
        """The answer to a form whose record is gone: the same, ready to make the record anew."""
        if SEEN not in request.POST or not self.has_add_permission(request):
            return None
        entry = entries_of(self.model, object_id).first()
        by = f" door {name_of(entry.user)} {moment(entry.action_time)}" if entry else ""
        request.refusal = f"Intussen is dit verwijderd{by}. Opslaan maakt het opnieuw."
        formsets = [formset for formset, _ in self.get_formsets_with_inlines(request)]
        request.POST = merging.as_new(request.POST, formsets)
        opts = self.opts
        url = reverse(f"admin:{opts.app_label}_{opts.model_name}_add")
        return self.answer(request, None, url, extra_context)

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change=change, **kwargs)
        extra = {"key_parts": staticmethod(self.key_parts) if self.key_parts else None}
        extra["refusal"] = getattr(request, "refusal", "")
        extra["refused_at"] = getattr(request, "refused_at", "")
        return type(form.__name__, (form,), extra)

    def render_change_form(self, request, context, **kwargs):
        context |= {"asks_why": self.has_history, "why": request.POST.get(WHY, "")}
        context.setdefault("show_save_and_continue", False)
        return super().render_change_form(request, context, **kwargs)

    def response_add(self, request, obj, post_url_continue=None):
        """Saving stays with the record; whoever may not change it goes where Django leads."""
        leads_on = self.leads_on(request) or not self.has_change_permission(request, obj)
        return super().response_add(request, obj) if leads_on else self.stay(request, obj)

    def response_change(self, request, obj):
        if self.leads_on(request):
            return super().response_change(request, obj)
        return self.stay(request, obj)

    def leads_on(self, request):
        """Whether a save leads elsewhere: out of a pop-up, or to the next new record."""
        return IS_POPUP_VAR in request.POST or "_addanother" in request.POST

    def stay(self, request, obj):
        """After a save the editor is where they were."""
        self.message_user(request, f"“{obj}” is opgeslagen.", messages.SUCCESS, "saved")
        filters = {"preserved_filters": self.get_preserved_filters(request), "opts": self.opts}
        return redirect(add_preserved_filters(filters, self.page_url(request, obj)))

    def page_url(self, request, obj):
        """The page on which this request edits a record."""
        opts = self.opts
        return reverse(f"admin:{opts.app_label}_{opts.model_name}_change", args=[obj.pk])

    def get_prepopulated_fields(self, request, obj=None):
        """A new record gets its address from its name; an existing one keeps it."""
        if obj is None and self.has_address:
            return {"slug": [self.slug_from]}
        return super().get_prepopulated_fields(request, obj)

    def get_view_on_site_url(self, obj=None):
        return obj.get_absolute_url() if obj and hasattr(obj, "get_absolute_url") else None

    # Saving: everything that follows from a change happens in its transaction

    def save_model(self, request, obj, form, change):
        super().save_model(request, obj, form, change)
        if change and self.has_address and "slug" in form.changed_data:
            former = form.initial["slug"]
            obj.lead_on(former)
            self.admin_site.removed(obj._meta.model_name, [former])

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        connection.check_constraints()  # now, while the form can still say what is wrong
        self.saved(form.instance)
        request.was_saved = True
        sent = [form, *(row for rows in formsets for row in rows.forms)]
        for remark in (remark for each in sent for remark in getattr(each, "remarks", ())):
            self.message_user(request, remark, messages.WARNING)
        self.tell_one_form(request, sent)
        self.tell_nearly_the_same(request, form)

    def tell_one_form(self, request, sent):
        """Say it when what an editor pasted was brought in one form."""
        places, kinds = brought_in_one_form(sent)
        if kinds:
            where = get_text_list([f"“{place}”" for place in places], "en")
            what = get_text_list(kinds, "en")
            text = f"We brachten {where} in één vorm ({what}). Lees het even na."
            self.message_user(request, text, messages.INFO)

    def tell_nearly_the_same(self, request, form):
        """Say it when another record is called nearly so: it may be the same, or a slip."""
        record = form.instance
        others = self.model._default_manager.exclude(pk=record.pk)
        for name in set(self.told_apart_by) & set(form.changed_data):
            value = getattr(record, name)
            found = value and nearly(value, others.order_by().values_list(name, flat=True))
            if found:
                other = others.filter(**{name: found}).first()
                text = "“{}” lijkt sterk op “{}”, dat al bestaat: {}. Is het niet hetzelfde?"
                link = format_html('<a href="{}">{}</a>', self.page_url(request, other), other)
                self.message_user(request, format_html(text, value, found, link), messages.WARNING)

    def saved(self, record):
        """What follows from a record that was saved, its rows included."""
        if self.is_indexed:
            self.admin_site.saved(record)

    def removed(self, records):
        """What follows from records that were deleted."""
        if self.is_indexed:
            self.admin_site.removed(self.opts.model_name, [record.slug for record in records])


# Columns and filters of lists


class WithoutSource(admin.SimpleListFilter):
    """Records that cite nothing yet."""

    title = "bron"
    parameter_name = "bron"

    def lookups(self, request, model_admin):
        return [("zonder", "zonder bron"), ("met", "met bron")]

    def queryset(self, request, queryset):
        if self.value() in ("zonder", "met"):
            uncited = {"citations": None}
            cited = self.value() == "met"
            return queryset.exclude(**uncited) if cited else queryset.filter(**uncited)
        return queryset


@admin.display(description="datum", ordering=F("date_earliest").asc(nulls_last=True))
def stated_date(record):
    """The date as its source gives it; sorts on its earliest day."""
    return record.date_label or None


@admin.display(description="geldig", ordering=F("start_earliest").asc(nulls_last=True))
def stated_validity(record):
    """The validity as its source gives it; sorts on its first day."""
    if not record.is_dated:
        return None
    return f"{record.start_label or '…'} – {record.end_label or '…'}"
