"""The desk of concepts and ontwikkelingen: where an editor's work begins."""

from django import forms
from django.contrib import admin
from django.db.models import F, OuterRef, Q, Subquery
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils import timezone
from django.utils.html import format_html

from concepts.admin import steps
from concepts.admin.columns import status_icon
from concepts.admin.versions import step_view
from concepts.models import Concept, ConceptVersion, Review, Status
from concepts.publishing import missing, warnings
from concepts.queues.review_soon import SOON
from concepts.uncited import uncited_versions, without_source
from eerstelijn.database.turns import in_turn_or_told
from eerstelijn.desk.admin import RecordAdmin
from eerstelijn.desk.fields import LineField
from eerstelijn.desk.forms import RecordForm


def with_desk_columns(concepts):
    """Add what the list of concepts shows of their published and their open version."""
    versions = ConceptVersion.objects.filter(concept=OuterRef("pk"))
    reviews = Review.objects.filter(
        version__concept=OuterRef("pk"), version__status=Status.PUBLISHED
    ).order_by("-date")
    newest = versions.order_by("-number")
    return concepts.annotate(
        newest_status=Subquery(newest.values("status")[:1]),
        public_since=Subquery(versions.published().values("published_at")[:1]),
        open_pk=Subquery(versions.open().values("pk")[:1]),
        open_status=Subquery(versions.open().values("status")[:1]),
        review_before=Subquery(reviews.values("review_before")[:1]),
        uncited=Subquery(versions.open().annotate(n=without_source()).values("n")[:1]),
    )


def due(state):
    """The condition on concepts with desk columns that their review is late, or coming."""
    today = timezone.localdate()
    public = Q(public_since__isnull=False)
    return (
        public
        & {
            "te-laat": Q(review_before__lt=today),
            "binnen-90-dagen": Q(review_before__gte=today, review_before__lte=today + SOON),
            "geen-datum": Q(review_before=None),
        }[state]
    )


class ReviewFilter(admin.SimpleListFilter):
    """Published concepts by when they must be checked again."""

    title = "nazicht"
    parameter_name = "nazicht"

    def lookups(self, request, model_admin):
        return [
            ("te-laat", "te laat"),
            ("binnen-90-dagen", "binnen 90 dagen"),
            ("geen-datum", "nooit, of zonder datum"),
        ]

    def queryset(self, request, queryset):
        if self.value() in dict(self.lookup_choices):
            return queryset.filter(due(self.value()))
        return queryset


class StatusFilter(admin.SimpleListFilter):
    """Concepts by what they have: something public, something open."""

    title = "status"
    parameter_name = "status"
    conditions = {
        "op-de-site": Q(public_since__isnull=False),
        "werkversie": Q(open_status=Status.WORKING_COPY),
        "ter-nazicht": Q(open_status=Status.IN_REVIEW),
        "niet-op-de-site": Q(public_since=None),
    }

    def lookups(self, request, model_admin):
        return [
            ("op-de-site", "op de site"),
            ("werkversie", "met werkversie"),
            ("ter-nazicht", "ter nazicht"),
            ("niet-op-de-site", "niet op de site"),
        ]

    def queryset(self, request, queryset):
        condition = self.conditions.get(self.value())
        return queryset.filter(condition) if condition else queryset


class UncitedFilter(admin.SimpleListFilter):
    """Concepts with an open statement that lacks its source."""

    title = "bronnen"
    parameter_name = "bronnen"

    def lookups(self, request, model_admin):
        return [("ontbreken", "een uitspraak zonder bron")]

    def queryset(self, request, queryset):
        if self.value() == "ontbreken":
            return queryset.filter(versions__in=uncited_versions())
        return queryset


class NewConceptForm(RecordForm):
    """A concept and the first lines of its first version, on one page."""

    name = ConceptVersion._meta.get_field("name").formfield(form_class=LineField)
    abbreviation = ConceptVersion._meta.get_field("abbreviation").formfield(form_class=LineField)
    kind = ConceptVersion._meta.get_field("kind").formfield()
    summary = ConceptVersion._meta.get_field("summary").formfield(
        form_class=LineField, widget=admin.widgets.AdminTextareaWidget(attrs={"rows": 2})
    )

    class Meta:
        model = Concept
        fields = ("slug", "record_kind", "partner")
        widgets = {"slug": forms.TextInput(attrs={"class": "vTextField"})}


VERSION_FIELDS = ("name", "abbreviation", "kind", "summary")


@admin.register(Concept)
class ConceptAdmin(RecordAdmin):
    """Concepts: their identity, their versions, and the way to the page that editors write."""

    change_form_template = "admin/concepts/concept_form.html"
    list_display = ("title", "public", "open_version", "review")
    list_filter = (StatusFilter, ReviewFilter, UncitedFilter, "record_kind")
    search_fields = ("slug", "versions__name", "versions__abbreviation", "aliases__text")
    ordering = ("slug",)
    is_indexed = True

    # Columns

    @admin.display(description="naam", ordering="title")
    def title(self, concept):
        return concept.title or concept.slug

    @admin.display(description="op de site", ordering=F("public_since").asc(nulls_last=True))
    def public(self, concept):
        if concept.public_since:
            return status_icon(Status.PUBLISHED)
        if concept.newest_status == Status.ARCHIVED:
            return status_icon(Status.ARCHIVED)
        return None

    @admin.display(description="in bewerking")
    def open_version(self, concept):
        if not concept.open_pk:
            return None
        url = reverse("admin:concepts_conceptversion_change", args=[concept.open_pk])
        link = format_html('<a href="{}">{}</a>', url, status_icon(concept.open_status))
        if concept.uncited:
            return format_html("{}<br>{} zonder bron", link, concept.uncited)
        return link

    @admin.display(description="nakijken voor", ordering=F("review_before").asc(nulls_last=True))
    def review(self, concept):
        if not (concept.public_since and concept.review_before):
            return None
        day = f"{concept.review_before:%d/%m/%Y}"
        if concept.review_before < timezone.localdate():
            return status_icon("te-laat", f"te laat: {day}")
        if concept.review_before <= timezone.localdate() + SOON:
            return status_icon("binnen-90-dagen", day)
        return day

    def get_queryset(self, request):
        concepts = super().get_queryset(request).with_title()
        if request.resolver_match.url_name == "autocomplete":
            newest = ConceptVersion.objects.filter(concept=OuterRef("pk")).order_by("-number")
            return concepts.annotate(abbreviation=Subquery(newest.values("abbreviation")[:1]))
        is_list = request.resolver_match.url_name == "concepts_concept_changelist"
        return with_desk_columns(concepts) if is_list else concepts

    def changelist_view(self, request, extra_context=None):
        return super().changelist_view(
            request, {**(extra_context or {}), "counters": self.counters()}
        )

    def counters(self):
        """What waits for the editors, each with the list that shows it."""
        url = reverse("admin:concepts_concept_changelist")
        concepts = with_desk_columns(Concept.objects.all())
        rows = (
            ("nooit nagekeken, of zonder datum", "nazicht=geen-datum", due("geen-datum"), True),
            ("te laat nagekeken", "nazicht=te-laat", due("te-laat"), True),
            ("na te kijken binnen 90 dagen", "nazicht=binnen-90-dagen", due("binnen-90-dagen"), 0),
            ("wacht op publicatie", "status=ter-nazicht", Q(open_status=Status.IN_REVIEW), False),
            (
                "met een uitspraak zonder bron",
                "bronnen=ontbreken",
                Q(versions__in=uncited_versions()),
                False,
            ),
        )
        return [
            {
                "label": label,
                "url": f"{url}?{query}",
                "is_alert": is_alert,
                "number": concepts.filter(condition).count(),
            }
            for label, query, condition, is_alert in rows
        ]

    # What may be done

    def has_delete_permission(self, request, obj=None):
        """A concept keeps its address for ever; what is public can be taken off the site."""
        return False

    def get_actions(self, request):
        mine = [step for step in steps.CONCEPT_STEPS if step.may(request.user)]
        return super().get_actions(request) | steps.actions(mine)

    def missing(self, concept):
        version = concept.versions.open().first()
        return missing(version) if version else ()

    def warnings(self, concept):
        version = concept.versions.open().first()
        return warnings(version) if version else ()

    def get_view_on_site_url(self, obj=None):
        return obj.get_absolute_url() if obj and obj.versions.published().exists() else None

    # The pages

    def get_form(self, request, obj=None, change=False, **kwargs):
        if obj is None:
            kwargs["form"] = NewConceptForm
        return super().get_form(request, obj, change=change, **kwargs)

    def get_fieldsets(self, request, obj=None):
        identity = ["record_kind", "slug", "partner"]
        if obj:
            return [("Wat vast staat", {"fields": identity})]
        return [
            ("Naam en samenvatting", {"fields": VERSION_FIELDS}),
            ("Wat later vast staat", {"fields": identity}),
        ]

    def get_readonly_fields(self, request, obj=None):
        """The address never changes; nor does its first part once it has been public."""
        if obj is None:
            return ()
        was_public = obj.versions.filter(published_at__isnull=False).exists()
        return ("slug", "record_kind") if was_public else ("slug",)

    def save_model(self, request, obj, form, change):
        super().save_model(request, obj, form, change)
        if not change:
            content = {name: form.cleaned_data[name] for name in VERSION_FIELDS}
            version = ConceptVersion.objects.create(concept=obj, number=1, **content)
            obj.title = version.name  # as lists call it; the messages too
            steps.note_maker(version, request.user)

    def changeform_view(self, request, *args, **kwargs):
        view = super().changeform_view
        return steps.refused_on_the_form(request, lambda: view(request, *args, **kwargs))

    def stay(self, request, obj):
        """From the first lines straight on to the version; otherwise a step, or this page again."""
        step = steps.chosen(request, steps.CONCEPT_STEPS)
        led_to = step and steps.after_saving(self, request, step, obj)
        if led_to:
            return redirect(steps.change_url(led_to))
        stays = super().stay(request, obj)
        if step:
            return redirect(steps.question_url(obj, step, ""))
        if request.resolver_match.url_name == "concepts_concept_add":
            return redirect(steps.change_url(obj.versions.get()))
        return stays

    def problem_url(self, request, obj, problem):
        """What the open version lacks is mended on its own pages."""
        version = obj and obj.versions.open().first()
        versions = self.admin_site.get_model_admin(ConceptVersion)
        return versions.problem_url(request, version, problem) if version else ""

    def page_of(self, concept, name):
        return steps.change_url(concept)

    def get_urls(self):
        view = self.admin_site.admin_view(self.step_view)
        url = path("<path:object_id>/stap/<slug:step>/", view, name="concepts_concept_step")
        return [url, *super().get_urls()]

    @in_turn_or_told
    def step_view(self, request, object_id, step):
        return step_view(self, steps.CONCEPT_STEPS, request, object_id, step)

    def render_change_form(self, request, context, obj=None, **kwargs):
        context["show_save_and_add_another"] = False
        if obj:
            versions = list(obj.versions.order_by("-number").defer("search"))
            context |= {
                "saving_steps": steps.buttons(steps.CONCEPT_STEPS, request, obj),
                "versions": rows_of(versions, request.user),
                "about_restoring": about_restoring(versions),
            }
        return super().render_change_form(request, context, obj=obj, **kwargs)


def rows_of(versions, user):
    """The versions of a concept, newest first; a former one with where it is taken up again."""
    may = user.has_perm("concepts.add_conceptversion")
    may_restore = may and not any(version.is_open for version in versions)
    return [
        {
            "version": version,
            "url": steps.change_url(version),
            "icon": status_icon(version.status),
            "restore_url": steps.restore_url(version) if may_restore and place else "",
        }
        for place, version in enumerate(versions)
    ]


def about_restoring(versions):
    """What an editor can do with the former ones among the versions of a concept, newest first."""
    if not any(version.status in (Status.FORMER, Status.ARCHIVED) for version in versions[1:]):
        return ""
    newest = versions[0]
    if newest.is_open:
        return (
            f"Versie {newest.number} is in bewerking. Publiceer ze of gooi ze weg; daarna kun je "
            "een vroegere versie terughalen."
        )
    return (
        "Iets verkeerd gepubliceerd? Maak een werkversie van een vroegere versie en publiceer die "
        "opnieuw. Er gaat niets verloren."
    )
