"""The editors' desk at /beheer/: the site, and the base on which the admin of every record stands.

Whatever the record, the base finds its relations by typing, keeps former addresses leading on,
refuses to delete what is still used, guards against two editors at once (`eerstelijn.editing`),
and tells the site what was saved, so that search and the flattened tables follow in the same
transaction. Apps say in `saved` and `removed` what else must follow.
"""

from allauth.account.decorators import secure_admin_login
from django.apps import apps
from django.conf import settings
from django.contrib import admin
from django.db import DataError, IntegrityError, connection, transaction
from django.db.models import F
from django.forms.models import _get_foreign_key
from django.shortcuts import redirect, render
from django.utils.html import format_html
from django.utils.text import capfirst

from eerstelijn.adminforms import DeskFields
from eerstelijn.editing import SEEN, RecordForm, fingerprint
from eerstelijn.login.second_step import has_one
from eerstelijn.records import Slugged
from eerstelijn.refusals import in_words

#: The models in the order of the editors' work; what is not named comes last.
ORDER = (
    "concept conceptversion review discrepancy term alias targetgroup lostlink wordpart "
    "policydomain agency changeevent partner partnertype decree coveragearea areakind "
    "areamembership source citation oldslug user group loginevent"
).split()

#: What all desks share while derived tables are built anew: one editor at a time.
DERIVED_TABLES_LOCK = 20230313


class Desk(admin.AdminSite):
    """The editors' site."""

    site_title = "Beheer"
    site_header = "Wegwijzer eerste lijn"
    index_title = "Wat wil je bijwerken?"
    empty_value_display = "–"

    def get_app_list(self, request, app_label=None):
        apps = super().get_app_list(request, app_label)
        for app in apps:
            app["models"].sort(key=lambda model: _place(model["object_name"]))
        return sorted(apps, key=lambda app: _place(app["models"][0]["object_name"]))

    def login(self, request, extra_context=None):
        """The login is that of `eerstelijn.login`, which also asks the second step.

        Django's own is never reached: it would let one who is logged in go on as someone else
        with a password alone, as often as they like.
        """
        if request.user.is_authenticated and not self.has_permission(request):
            return render(request, "account/no_rights.html", self.each_context(request), status=403)
        return secure_admin_login(lambda request: redirect("admin:index"))(request)

    def password_change(self, request, extra_context=None):
        return redirect("account_change_password")

    def index(self, request, extra_context=None):
        lacks = not settings.SECOND_STEP_REQUIRED and not has_one(request.user)
        return super().index(request, {"could_set_up": lacks, **(extra_context or {})})

    def saved(self, record):
        """Let search follow a record that changed: what points to it, and its own entry."""
        from concepts import everything, search

        search.reindex_for(record)
        everything.index_record(record)

    def changed(self):
        """Let no process keep what it read before: a record that search does not know changed."""
        from concepts import search

        search.touch_stamp()

    def removed(self, kind, slugs):
        """Let search forget records that are gone, or that have another address now."""
        from concepts import search
        from concepts.models import SearchEntry

        SearchEntry.objects.filter(model=kind, slug__in=slugs).delete()
        search.touch_stamp()


def _place(name):
    return ORDER.index(name.lower()) if name.lower() in ORDER else len(ORDER)


class RecordAdmin(DeskFields, admin.ModelAdmin):
    """The desk of one kind of record."""

    form = RecordForm
    list_per_page = 50
    #: The field that the address follows, for records with an address of their own.
    slug_from = "name"
    #: Whether search looks in this record's names.
    is_indexed = False
    #: What the key is made of, as a function of the form's data; only for records that have one.
    key_parts = None

    def get_ordering(self, request):
        """Said aloud, because a queryset that counts related rows drops the order of its model."""
        return super().get_ordering(request) or self.opts.ordering

    # The pages

    def changelist_view(self, request, extra_context=None):
        plural = capfirst(self.opts.verbose_name_plural)
        return super().changelist_view(request, {"title": plural, **(extra_context or {})})

    def changeform_view(self, request, *args, **kwargs):
        """What only the database can refuse comes back as an error of the form."""
        try:
            return super().changeform_view(request, *args, **kwargs)
        except (IntegrityError, DataError) as error:
            request.refusal = in_words(error)
            return super().changeform_view(request, *args, **kwargs)

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change=change, **kwargs)
        extra = {"key_parts": staticmethod(self.key_parts) if self.key_parts else None}
        extra["refusal"] = getattr(request, "refusal", "")
        if change and obj:
            posted = request.method == "POST"
            extra["seen"] = request.POST.get(SEEN, "") if posted else self.state_of(request, obj)
            extra["present"] = staticmethod(lambda: self.present_state(request, obj))
        return type(form.__name__, (form,), extra)

    def state_of(self, request, obj):
        """A fingerprint of what this page shows of a record."""
        return fingerprint(obj, self.children(request, obj))

    def present_state(self, request, obj):
        """The same of the record as it is now, which nobody else changes until we are done."""
        locked = self.lock(obj)
        return self.state_of(request, locked) if locked else ""

    def lock(self, obj):
        one_at_a_time()  # before any row: those who build derived tables wait for rows
        return self.model._base_manager.select_for_update().filter(pk=obj.pk).first()

    def children(self, request, obj):
        for inline in self.get_inline_instances(request, obj):
            link = _get_foreign_key(self.model, inline.model, fk_name=inline.fk_name)
            yield inline.model._default_manager.filter(**{link.name: obj.pk})

    def render_change_form(self, request, context, **kwargs):
        context["seen"] = getattr(context["adminform"].form, "seen", None)
        return super().render_change_form(request, context, **kwargs)

    def get_prepopulated_fields(self, request, obj=None):
        """A new record gets its address from its name; an existing one keeps it."""
        if obj is None and issubclass(self.model, Slugged):
            return {"slug": [self.slug_from]}
        return super().get_prepopulated_fields(request, obj)

    def get_view_on_site_url(self, obj=None):
        return obj.get_absolute_url() if obj and hasattr(obj, "get_absolute_url") else None

    # Saving: everything that follows from a change happens in its transaction

    def save_model(self, request, obj, form, change):
        one_at_a_time()  # before any row, of a new record too
        super().save_model(request, obj, form, change)
        if change and isinstance(obj, Slugged) and "slug" in form.changed_data:
            former = form.initial["slug"]
            lead_on(obj, former)
            self.admin_site.removed(obj._meta.model_name, [former])

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        one_at_a_time()
        connection.check_constraints()  # now, while the form can still say what is wrong
        self.saved(form.instance)

    def saved(self, record):
        """What follows from a record that was saved, its rows included."""
        if self.is_indexed:
            self.admin_site.saved(record)
        else:
            self.admin_site.changed()

    # Deleting

    def delete_model(self, request, obj):
        one_at_a_time()
        super().delete_model(request, obj)
        self.removed([obj])

    def delete_queryset(self, request, queryset):
        with transaction.atomic():
            one_at_a_time()
            records = list(queryset)
            super().delete_queryset(request, queryset)
            self.removed(records)

    def removed(self, records):
        """What follows from records that were deleted."""
        if self.is_indexed:
            self.admin_site.removed(self.opts.model_name, [record.slug for record in records])
        else:
            self.admin_site.changed()

    def get_deleted_objects(self, objs, request):
        """A record that others still name stays: Django itself would only cut the link."""
        deleted, counts, lacking, protected = super().get_deleted_objects(objs, request)
        for model in apps.get_models(include_auto_created=True):
            if model._meta.auto_created:
                counts.pop(model._meta.verbose_name_plural, None)
                deleted = without(deleted, capfirst(f"{model._meta.verbose_name}: "))
        for relation in self.opts.related_objects:
            if relation.many_to_many:
                users = relation.related_model._default_manager.filter(
                    **{f"{relation.field.name}__in": objs}
                )
                protected += [
                    format_html("{}: {}", row._meta.verbose_name.capitalize(), row)
                    for row in users.distinct()[:20]
                ]
        return deleted, counts, lacking, protected


def without(deleted, name):
    """A nested list of what goes, without rows of this name: they link records, and say nothing."""
    kept = (without(row, name) if isinstance(row, list) else row for row in deleted)
    return [row for row in kept if row and (isinstance(row, list) or not row.startswith(name))]


def one_at_a_time():
    """Wait until no other editor is building derived tables; ends with the transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [DERIVED_TABLES_LOCK])


def lead_on(record, former):
    """Let a former address lead to the record's present one, and so all addresses before it."""
    from governance.models import OldSlug

    kind, present = record._meta.model_name, record.slug
    OldSlug.objects.filter(kind=kind, old=present).delete()  # it has its first address again
    OldSlug.objects.filter(kind=kind, current=former).update(current=present)
    OldSlug.objects.update_or_create(kind=kind, old=former, defaults={"current": present})


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
