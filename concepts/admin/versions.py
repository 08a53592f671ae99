"""The desk of a version: its own page, and a page for each group of its statements."""

from django.contrib import admin
from django.db.models import Count, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce
from django.http import Http404
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.urls import path, reverse
from django.utils import timezone
from django.utils.html import format_html

from concepts.admin import steps
from concepts.admin.statements import GROUPS
from concepts.models import STATEMENT_KINDS, Concept, ConceptVersion, Review, Status
from concepts.publishing import missing, warnings
from concepts.standing import cited_sources, newest
from eerstelijn.admin import RecordAdmin
from eerstelijn.datelabels import spell_out
from eerstelijn.dates import validate_period
from eerstelijn.editing import RecordForm


def status_icon(status, label=""):
    """A status as an icon and its word."""
    word = label or Status(status).label
    return render_to_string("admin/_status.html", {"key": status, "label": word})


def count_of(model, **conditions):
    """How many rows of a kind a version has, as an expression on versions."""
    rows = model.objects.filter(version=OuterRef("pk"), **conditions).order_by()
    counted = rows.values("version").annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(counted), Value(0))


def without_source():
    """How many statements of a version cite nothing, as an expression on versions."""
    counts = [count_of(model, citations=None) for model in STATEMENT_KINDS.values()]
    return sum(counts[1:], counts[0])


class SourceFilter(admin.SimpleListFilter):
    """Versions of which a statement lacks its source."""

    title = "bronnen"
    parameter_name = "bronnen"

    def lookups(self, request, model_admin):
        return [("ontbreken", "een uitspraak zonder bron")]

    def queryset(self, request, queryset):
        if self.value() == "ontbreken":
            return queryset.filter(pk__in=uncited_versions().values("pk"))
        return queryset


def uncited_versions():
    """Versions with a statement that cites nothing. Published ones never have one."""
    condition = Q(pk=None)
    for model in STATEMENT_KINDS.values():
        rows = model.objects.filter(citations=None).order_by()
        condition |= Q(pk__in=rows.values("version"))
    return ConceptVersion.objects.open().filter(condition)


class VersionForm(RecordForm):
    """The first tab of a version; its newest source proposes from when its sources are."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "sources_as_of" not in self.fields:  # the other tabs, and what is read-only
            return
        if not self.instance.sources_as_of and (last := newest(cited_sources(self.instance))):
            self.initial["sources_as_of"] = last.month
            self.fields["sources_as_of"].help_text += f" De nieuwste die je citeert: {last}."

    def clean_sources_as_of(self):
        validate_period(self.cleaned_data["sources_as_of"])
        return spell_out(self.cleaned_data["sources_as_of"])

    def clean(self):
        data = super().clean()
        if "sources_as_of" in self.errors and (last := newest(data.get("described_by", ()))):
            self.add_error("sources_as_of", f"De nieuwste bron die je koos: {last}.")
        return data


@admin.register(ConceptVersion)
class VersionAdmin(RecordAdmin):
    """A version. Open ones are edited here; what was published can only be looked at."""

    form = VersionForm
    change_form_template = "admin/concepts/version_form.html"
    list_display = ("name", "status_icon", "number", "published_on", "uncited")
    list_filter = ("status", SourceFilter, "concept__record_kind", "kind")
    search_fields = ("name", "abbreviation", "concept__slug", "concept__aliases__text")
    readonly_fields = ("concept_link", "number", "status_icon", "published_at", "published_by")
    fieldsets = [
        ("Naam en samenvatting", {"fields": ["name", "abbreviation", "kind", "summary"]}),
        ("Bronnen", {"fields": ["described_by", "sources_as_of"]}),
        ("Deze versie", {"fields": ["reason", "concept_link", ("number", "status_icon")]}),
        ("Publicatie", {"fields": [("published_at", "published_by")]}),
    ]

    # Columns and fields

    @admin.display(description="status", ordering="status")
    def status_icon(self, version):
        return status_icon(version.status)

    @admin.display(description="gepubliceerd", ordering="published_at")
    def published_on(self, version):
        return version.published_at and f"{timezone.localtime(version.published_at):%d/%m/%Y}"

    @admin.display(description="zonder bron")
    def uncited(self, version):
        return version.uncited or None

    @admin.display(description="concept")
    def concept_link(self, version):
        concept = Concept.objects.with_title().get(pk=version.concept_id)
        return format_html('<a href="{}">{}</a>', steps.change_url(concept), concept)

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("concept").defer("search")

    def get_changelist_instance(self, request):
        changelist = super().get_changelist_instance(request)
        rows = ConceptVersion.objects.filter(pk__in=[row.pk for row in changelist.result_list])
        counts = dict(rows.annotate(n=without_source()).values_list("pk", "n"))
        for version in changelist.result_list:
            version.uncited = counts[version.pk]
        return changelist

    def get_view_on_site_url(self, obj=None):
        """The public page, when this is the version that stands there."""
        return obj.get_absolute_url() if obj and obj.status == Status.PUBLISHED else None

    # What may be done

    def has_add_permission(self, request):
        """A version is made with its concept, or as a working copy of the one before it."""
        return False

    def has_change_permission(self, request, obj=None):
        return super().has_change_permission(request, obj) and (obj is None or obj.is_open)

    def has_delete_permission(self, request, obj=None):
        """A working copy can be thrown away when there is something to fall back on."""
        allowed = super().has_delete_permission(request, obj)
        if obj is None:
            return allowed
        return allowed and obj.is_open and obj.concept.versions.exclude(pk=obj.pk).exists()

    def get_actions(self, request):
        mine = steps.actions([step for step in steps.VERSION_STEPS if step.may(request.user)])
        rest = super().get_actions(request)
        rest.pop("delete_selected", None)
        return rest | mine

    def missing(self, version):
        """What a version lacks before it can be published."""
        return missing(version)

    def warnings(self, version):
        """What to look at before it is published."""
        return warnings(version)

    # The pages

    def get_urls(self):
        wrap = self.admin_site.admin_view
        info = f"{self.opts.app_label}_{self.opts.model_name}"
        return [
            path(
                "<path:object_id>/change/<slug:group>/",
                wrap(self.group_view),
                name=f"{info}_group",
            ),
            path("<path:object_id>/stap/<slug:step>/", wrap(self.step_view), name=f"{info}_step"),
            *super().get_urls(),
        ]

    def group_view(self, request, object_id, group):
        """The statements of one group."""
        if group not in GROUPS:
            raise Http404("Die groep bestaat niet.")
        return self.change_view(request, object_id)

    def step_view(self, request, object_id, step):
        return step_view(self, steps.VERSION_STEPS, request, object_id, step)

    def group(self, request):
        """The group that this request is about; None on the version's own page."""
        return GROUPS.get(request.resolver_match.kwargs.get("group"))

    def get_fieldsets(self, request, obj=None):
        return [] if self.group(request) else super().get_fieldsets(request, obj)

    def get_inlines(self, request, obj):
        group = self.group(request)
        return group.inlines if group else ()

    def lock(self, obj):
        """Steps lock the concept too, so a version is not published while it is being saved."""
        Concept.objects.select_for_update().get(pk=obj.concept_id)
        return self.model._base_manager.defer("search").filter(pk=obj.pk).first()

    def save_model(self, request, obj, form, change):
        """A page of statements leaves the version itself as it is."""
        if not self.group(request):
            super().save_model(request, obj, form, change)

    def response_post_save_change(self, request, obj):
        """After a group comes the version: there one sees what is still missing."""
        if self.group(request):
            return redirect(steps.change_url(obj))
        return super().response_post_save_change(request, obj)

    def render_change_form(self, request, context, obj=None, **kwargs):
        group = self.group(request)
        context |= {
            "tabs": tabs(obj, group),
            "steps": [] if group else steps.buttons(steps.VERSION_STEPS, request, obj),
            "open_version": obj.concept.versions.open().exclude(pk=obj.pk).first(),
            "missing": missing(obj) if obj.is_open and not group else (),
            "warnings": warnings(obj) if obj.is_open and not group else (),
            "can_review": not group
            and obj.status == Status.PUBLISHED
            and request.user.has_perm("concepts.add_review"),
        }
        return super().render_change_form(request, context, obj=obj, **kwargs)


def tabs(version, current):
    """The pages of a version, with the number of statements on each."""
    counts = {f"n_{kind}": count_of(model) for kind, model in STATEMENT_KINDS.items()}
    counted = ConceptVersion.objects.annotate(**counts).get(pk=version.pk)
    kind_of = {model: kind for kind, model in STATEMENT_KINDS.items()}
    pages = [{"label": "Naam en samenvatting", "url": steps.change_url(version)}]
    for group in GROUPS.values():
        pages.append(
            {
                "label": group.label,
                "count": sum(getattr(counted, f"n_{kind_of[model]}") for model in group.models),
                "url": reverse(
                    "admin:concepts_conceptversion_group", args=[version.pk, group.name]
                ),
                "current": group is current,
            }
        )
    pages[0]["current"] = current is None
    return pages


def step_view(model_admin, known, request, object_id, name):
    """Take a step with the record of this page. Only by POST: a link never changes anything."""
    record = model_admin.get_object(request, object_id)
    step = next((step for step in known if step.name == name), None)
    if record is None or step is None or not model_admin.has_view_permission(request, record):
        raise Http404("Die stap bestaat niet.")
    if request.method != "POST":
        return redirect(steps.change_url(record))
    return steps.take_one(model_admin, request, step, record)


@admin.register(Review)
class ReviewAdmin(RecordAdmin):
    """When was a version last checked, and when must it be checked again?"""

    list_display = ("version", "date", "reviewer", "review_before")
    list_filter = ("date", "review_before")
    list_select_related = ("version",)
    search_fields = ("version__name", "version__concept__slug", "reviewer")
    date_hierarchy = "date"
    fieldsets = [
        ("Nazicht", {"fields": ["version", ("date", "review_before"), "reviewer", "note"]}),
    ]
