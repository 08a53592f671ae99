"""The desk of concepts and ontwikkelingen: where an editor's work begins."""

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.db.models import F, OuterRef, Q, Subquery
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils import timezone
from django.utils.html import format_html

from concepts.admin import bringing_back, parts, removing, steps, withdrawing
from concepts.admin.columns import status_icon
from concepts.admin.comparing import compare_view
from concepts.admin.removing import was_public
from concepts.admin.version_rows import about_restoring, last_review, rows_of
from concepts.admin.versions import step_view
from concepts.models import Concept, ConceptVersion, Review, Status
from concepts.queues.review_soon import SOON
from concepts.uncited import uncited_versions, without_source
from concepts.work.undoing import MAY_UNDO, undo_url
from eerstelijn.desk.admin import RecordAdmin
from eerstelijn.desk.fields import LineField
from eerstelijn.desk.forms import RecordForm
from eerstelijn.desk.shown import asks
from governance.models import OldSlug


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


#: What of a concept stays as it is, once it was public.
FIXED = ("slug", "record_kind")
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
        """Only what never was public; the rest keeps its address for ever, and can be withdrawn."""
        return obj is not None and removing.may_remove(request.user) and not was_public(obj)

    def bring_back(self, request, row, moment):
        return bringing_back.concept(super().bring_back, request, row, moment)

    def get_actions(self, request):
        mine = [step for step in steps.CONCEPT_STEPS if step.may(request.user)]
        return super().get_actions(request) | steps.actions(mine)

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
            title = "Wat vast staat" if was_public(obj) else "Wat na publicatie vast staat"
            return [(title, {"fields": identity})]
        return [
            ("Naam en samenvatting", {"fields": VERSION_FIELDS}),
            ("Wat later vast staat", {"fields": identity}),
        ]

    def get_readonly_fields(self, request, obj=None):
        """The address never changes, nor does its first part, once it has been public."""
        return FIXED if obj and was_public(obj) else ()

    def _changeform_view(self, request, object_id, form_url, extra_context):
        answer = super()._changeform_view(request, object_id, form_url, extra_context)
        if request.was_saved and object_id is not None:
            self.tell_fixed(request, self.get_object(request, unquote(object_id)))
        return answer

    def tell_fixed(self, request, concept):
        """Say it when an editor typed another address for what was published meanwhile."""
        given = request.sent.get("slug", "")
        if given and given != concept.slug and was_public(concept):
            text = f"Intussen stond dit op de site: het adres blijft “{concept.slug}”."
            self.message_user(request, text, messages.WARNING)

    def save_model(self, request, obj, form, change):
        """A former address of what nobody could read leads nowhere, and is free again."""
        super().save_model(request, obj, form, change)
        if change and "slug" in form.changed_data:
            former = OldSlug.objects.filter(kind=OldSlug.Kind.CONCEPT, old=form.initial["slug"])
            former.delete()
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

    def page_of(self, concept, name):
        return steps.change_url(concept)

    def get_urls(self):
        wrap = self.admin_site.admin_view
        own = f"{self.opts.app_label}_{self.opts.model_name}"
        return [
            path(f"<path:object_id>/stap/{withdrawing.STEP}/", wrap(self.withdraw_view)),
            path("<path:object_id>/stap/<slug:step>/", wrap(self.step_view), name=f"{own}_step"),
            path("<path:object_id>/vergelijk/", wrap(self.compare_view), name=f"{own}_compare"),
            *super().get_urls(),
        ]

    def compare_view(self, request, object_id):
        """Any two versions compared."""
        return compare_view(self, request, object_id)

    @asks
    def withdraw_view(self, request, object_id):
        return withdrawing.withdraw_view(self, request, object_id)

    @asks
    def delete_view(self, request, object_id, extra_context=None):
        return removing.remove_view(self, request, object_id)

    @asks
    def step_view(self, request, object_id, step):
        return step_view(self, steps.CONCEPT_STEPS, request, object_id, step)

    def render_change_form(self, request, context, obj=None, **kwargs):
        context["show_save_and_add_another"] = False
        if obj:
            versions = list(obj.versions.order_by("-number").defer("search"))
            context |= {
                "shown": steps.public_one(obj),
                "delete_label": "Verwijder dit concept",
                "saving_steps": steps.buttons(steps.CONCEPT_STEPS, request, obj),
                "versions": rows_of(versions, request.user),
                "to_change": parts.to_change(versions, request.user),
                "about_restoring": about_restoring(versions),
                "last_review": (review := last_review(versions)),
                "undo_url": undo_url([review])
                if review and request.user.has_perm(MAY_UNDO)
                else "",
            }
        return super().render_change_form(request, context, obj=obj, **kwargs)
