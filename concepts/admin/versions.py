"""The desk of a version: its own page, and a page for each group of its statements."""

from django.contrib import admin, messages
from django.http import Http404
from django.shortcuts import redirect
from django.urls import path
from django.utils.html import format_html

from concepts import checking, publishing
from concepts.admin import bringing_back, deciding, parts, steps, typed
from concepts.admin.columns import SourceFilter, status_icon
from concepts.admin.comparing import compare_url
from concepts.admin.previewing import is_wanted, preview_url, preview_view, shown
from concepts.admin.standing import came_back, happened, is_free, what_now
from concepts.admin.statements import GROUPS
from concepts.models import Concept, ConceptVersion, Review, Status
from concepts.publishing import missing, warnings
from concepts.sources_as_of import cited_sources, newest
from concepts.uncited import without_source
from concepts.versions.changes import digest
from eerstelijn.datelabels import spell_out
from eerstelijn.dates import day_of, validate_period
from eerstelijn.desk.admin import RecordAdmin
from eerstelijn.desk.forms import RecordForm, name_of
from eerstelijn.desk.reading import IN_A_PERIOD, attributes
from eerstelijn.desk.shown import asks, decides

#: The hidden field with the concept of a version, and the button that puts a form in a copy.
CONCEPT, COPY = "_concept", "_werkversie"


class VersionForm(RecordForm):
    """The first tab of a version; its newest source proposes from when its sources are."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "sources_as_of" not in self.fields:  # the other tabs, and what is read-only
            return
        self.fields["sources_as_of"].widget.attrs |= attributes(IN_A_PERIOD)
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
    """A version. Working copies are edited here; the rest, in review too, is only looked at."""

    form = VersionForm
    change_form_template = "admin/concepts/version_form.html"
    delete_confirmation_template = "admin/concepts/throw_away.html"
    list_display = ("name", "status_icon", "number", "published_on", "uncited")
    list_filter = ("status", SourceFilter, "concept__record_kind", "kind")
    search_fields = ("name", "abbreviation", "concept__slug", "concept__aliases__text")
    readonly_fields = (
        *("concept_link", "number", "status_icon", "published_at", "published_by"),
        *("minor", "alone_because"),
    )
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
        return version.published_at and f"{day_of(version.published_at):%d/%m/%Y}"

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
        may = super().has_change_permission(request, obj)
        return may and (obj is None or is_free(obj) or obj.pk == self.overtaken(request))

    def overtaken(self, request):
        """The version that closed while this request's form was being filled in."""
        return getattr(request, "overtaken", None)

    def has_delete_permission(self, request, obj=None):
        """Who made a working copy throws it away, or who may publish; never the only version."""
        if obj is None or not super().has_delete_permission(request, obj):
            return obj is None and super().has_delete_permission(request, obj)
        mine = request.user.has_perm(steps.PUBLISH) or steps.is_maker(obj, request.user)
        return mine and is_free(obj) and obj.concept.versions.exclude(pk=obj.pk).exists()

    def may_bring_back(self, request):
        """A working copy that was thrown away comes back to whoever may make one."""
        return request.user.has_perm("concepts.add_conceptversion")

    def why_gone(self, rows):
        return bringing_back.why_gone(rows)

    def bring_back(self, request, row, moment):
        return bringing_back.version(super().bring_back, request, row, moment)

    def get_actions(self, request):
        mine = steps.actions([step for step in steps.VERSION_STEPS if step.may(request.user)])
        rest = super().get_actions(request)
        rest.pop("delete_selected", None)
        return rest | mine

    def linked(self, request, version, problems):
        """What is wrong with a version, each with the place where it is mended."""
        return [
            {"text": problem, "url": self.problem_url(request, version, problem)}
            for problem in problems
        ]

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
            path("<path:object_id>/voorbeeld/", wrap(self.preview_view), name=f"{info}_preview"),
            path(
                "<path:object_id>/voorbeeld/<slug:group>/",
                wrap(self.preview_view),
                name=f"{info}_preview_group",
            ),
            *super().get_urls(),
        ]

    def group_view(self, request, object_id, group):
        """The statements of one group."""
        if group not in GROUPS:
            raise Http404("Die groep bestaat niet.")
        return self.change_view(request, object_id)

    def said_of(self, record):
        """Who throws a working copy away has read what it holds."""
        return record.pk, record.status, digest(record)

    @asks
    def step_view(self, request, object_id, step):
        return step_view(self, steps.VERSION_STEPS, request, object_id, step)

    def preview_view(self, request, object_id, group=None):
        """The version as its page, or as it was typed."""
        return preview_view(self, request, object_id, group)

    def group(self, request):
        """The group that this request is about; None on the version's own page."""
        return GROUPS.get(request.resolver_match.kwargs.get("group"))

    def get_fieldsets(self, request, obj=None):
        if self.group(request):
            return []
        *above, (title, published) = super().get_fieldsets(request, obj)
        said = [name for name in ("minor", "alone_because") if obj and getattr(obj, name)]
        return [*above, (title, {"fields": [*published["fields"], *said]})]

    def get_inlines(self, request, obj):
        group = self.group(request)
        return group.inlines if group else ()

    def lock(self, obj):
        """Steps lock the concept too, so a version is not published while it is being saved."""
        publishing.lock(obj.concept_id)
        return self.model._base_manager.defer("search").filter(pk=obj.pk).first()

    def save_model(self, request, obj, form, change):
        """A page of statements leaves the version itself as it is."""
        if not self.group(request):
            super().save_model(request, obj, form, change)

    def changeform_view(self, request, *args, **kwargs):
        view = super().changeform_view
        return steps.refused_on_the_form(request, lambda: view(request, *args, **kwargs))

    def overtaken_view(self, request, object_id, version, extra_context):
        """The answer to a form whose version was published, handed in or thrown away meanwhile.

        The form comes back as typed, on the version itself or else on the newest, and a button puts
        it in a working copy: made for it, or the one that is open. What is in review waits.
        """
        sent = request.POST
        number = str(version.concept_id) if version else sent.get(CONCEPT, "")
        may = CONCEPT in sent and RecordAdmin.has_change_permission(self, request)
        if not may or not number.isdecimal() or len(number) > 9:
            return None
        versions = ConceptVersion.objects.filter(concept=number).order_by("-number")
        if not (versions.exists() and self.lock(versions.first())):
            return None
        refused = getattr(request, "refusal", "")
        waits = versions.first().status == Status.IN_REVIEW
        may_copy = self.may_copy(request, versions.first()) and not refused
        if COPY in sent and may_copy and "_herstel" not in sent:  # not when it is only shown again
            page = steps.start_working_copy(versions.first().concept, request.user)
        else:
            page = version or versions.first()
            request.overtaken = page.pk
            request.refusal = refused or happened(version, object_id)
        if page != version or not waits:  # else it is saved as it is, once it came back
            request.POST = typed.moved(sent, self.group(request), version, page)
        self.merge(request, page)
        return self.answer(request, str(page.pk), self.page_url(request, page), extra_context)

    def may_copy(self, request, newest):
        """Whether what was typed can go to the working copy of a concept."""
        may = request.user.has_perm("concepts.add_conceptversion")
        return may and newest.status != Status.IN_REVIEW

    def page_url(self, request, obj):
        return self.page_of(obj, getattr(self.group(request), "name", ""))

    def page_of(self, version, group):
        return parts.page_of(version, group)

    def problem_url(self, request, obj, problem):
        """The tab, and on it the row or the field, that a problem is about."""
        about = getattr(problem, "about", "")
        model = about if isinstance(about, type) else type(about)
        group = next((group for group in GROUPS.values() if model in group.models), None)
        page, place = steps.change_url(obj), f"#id_{about}"
        if not about:
            return ""
        if group:
            prefix = model._meta.get_field("version").remote_field.get_accessor_name()
            is_row = model is not about and model.objects.filter(pk=about.pk).exists()
            page = self.page_of(obj, group.name)
            place = f"#{prefix}-rij-{about.pk}" if is_row else f"#{prefix}-group"
        # On the page of a form that came back it is only the place.
        return place if request.method == "POST" and request.path == page else page + place

    def stay(self, request, obj):
        """After a save one stays on the tab, or takes the step for which it was saved."""
        if is_wanted(request):
            return shown(request, obj)
        step = steps.chosen(request, steps.VERSION_STEPS)
        if step and steps.after_saving(self, request, step, obj):
            return redirect(self.page_url(request, obj))
        stays = super().stay(request, obj)
        page = getattr(self.group(request), "name", "")
        return redirect(steps.question_url(obj, step, page)) if step else stays

    def response_delete(self, request, obj_display, obj_id):
        """What was thrown away leads back to its concept."""
        self.message_user(request, f"“{obj_display}” is weggegooid.", messages.SUCCESS)
        return redirect(steps.change_url(request.thrown_away))

    def delete_model(self, request, obj):
        request.thrown_away = obj.concept
        super().delete_model(request, obj)

    def render_delete_form(self, request, context):
        version = context["object"]
        context |= {
            "title": "Gooi deze werkversie weg",
            "lost": typed.counted(version),
            "public": version.concept.versions.published().first(),
        }
        return super().render_delete_form(request, context)

    def render_change_form(self, request, context, obj=None, **kwargs):
        group = self.group(request)
        buttons = steps.buttons(steps.VERSION_STEPS, request, obj)
        is_overtaken = self.overtaken(request) == obj.pk and not is_free(obj)
        newest = obj.concept.versions.order_by("-number").defer("search").first()
        may_note = request.user.has_perm("concepts.add_review") and not group
        context |= {
            "tabs": parts.tabs(obj, group),
            "steps": buttons if not group or obj.status == Status.IN_REVIEW else [],
            "saving_steps": buttons if is_free(obj) else [],
            "open_version": newest if newest.is_open and newest != obj else None,
            "came_back": came_back(obj),
            "what_now": [] if is_overtaken else list(what_now(obj, request.user, may_note)),
            "missing": self.linked(request, obj, missing(obj) if obj.is_open and not group else ()),
            "warnings": warnings(obj) if obj.is_open and not group else (),
            "is_overtaken": is_overtaken,
            "may_copy": is_overtaken and self.may_copy(request, newest),
            "show_save": not is_overtaken or obj.status == Status.IN_REVIEW,
            "show_delete": not group,
            "delete_label": "Gooi deze werkversie weg",
            "shown_url": preview_url(obj),
            "compare_url": compare_url(obj.concept_id, after=obj.number)
            if newest.number > 1
            else "",
        }
        if is_free(obj) and self.has_change_permission(request, obj):
            context["preview_url"] = preview_url(obj, getattr(group, "name", ""))
        return super().render_change_form(request, context, obj=obj, **kwargs)


def step_view(model_admin, known, request, object_id, name):
    """Take a step with the record of this page, or ask first.

    Only a POST takes it: a link never changes anything.
    """
    record = model_admin.get_object(request, object_id)
    step = next((step for step in known if step.name == name), None)
    if record is None or step is None or not model_admin.has_view_permission(request, record):
        raise Http404("Die stap bestaat niet.")
    page = request.GET.get(steps.ASK, "")
    if not decides(request) and not (step.opens and "zeker" in request.POST):
        if steps.ASK in request.GET and step.opens and step.fits(record) and step.may(request.user):
            return deciding.decide(model_admin, request, step, record, page)
        return redirect(steps.change_url(record))
    if step.opens and step.may(request.user) and not step.fits(record):
        wrote = request.POST.get("note") or request.POST.get("reason") or ""
        kept = [f"Je schreef: “{wrote}”"] if wrote else []  # there is no form left to keep it in
        problems = ["Dit past niet (meer) bij deze versie.", *kept]
        steps.refuse(model_admin, request, record, problems)
        return redirect(steps.change_url(record))
    if step.opens:
        return deciding.decide(model_admin, request, step, record, page)
    return steps.take_one(model_admin, request, step, record, parts.begun_at)


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

    def get_changeform_initial_data(self, request):
        """Of today and by this editor; the next one comes in a year."""
        proposed = checking.proposed(name_of(request.user))
        return {**proposed, **super().get_changeform_initial_data(request)}
