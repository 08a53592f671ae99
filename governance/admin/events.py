"""The desk of changes in the administration.

A merger or renaming of services moves what the lists show under them, at once. So it is a decision
of an eindredacteur, who sees first what it touches.
"""

from django.contrib import admin, messages
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.text import get_text_list

from eerstelijn.desk.admin import WithoutSource, stated_date
from eerstelijn.desk.forms import RecordForm, RowFormSet
from eerstelijn.desk.inlines import RowInline, bounds_of
from eerstelijn.desk.restoring import RESTORE
from eerstelijn.desk.shown import CHANGED, SHOWN, asks, mark
from eerstelijn.desk.uses import ShowsUses
from eerstelijn.history.undoing import Refused
from governance import derived
from governance.admin.citing import CitingAdmin
from governance.models import ChangeEvent, ChangeSubject

#: The kinds by which the concepts of a service go along to another.
MOVING = (ChangeEvent.Kind.MERGER, ChangeEvent.Kind.RENAMING)

#: The field with which an editor confirms.
SURE = "zeker"

#: The right to decide on mergers and renamings of services: of whoever may also undo them.
DECIDE = "governance.delete_changeevent"


class ChangeEventForm(RecordForm):
    """A change; what is still to come has not happened."""

    def _post_clean(self):
        super()._post_clean()  # the bounds follow from the label here
        first = self.instance.date_earliest
        is_done = self.instance.status == ChangeEvent.Status.DONE
        if is_done and first and first > timezone.localdate():
            self.add_error(
                "status",
                "Deze datum moet nog komen. Kies “aangekondigd”; wijzig dat zodra het gebeurd is.",
            )


class SubjectFormSet(RowFormSet):
    """Who a change is about; tells whether services merge or get another name by it."""

    #: The right to do that, and what an editor without it is told. The admin sets them.
    may_decide = True
    refusal = ""
    #: Known once it is cleaned; after saving, what it was until then is gone.
    is_moving = False

    def clean(self):
        super().clean()
        self.is_moving = self._moves_services()
        if self.is_moving and not self.may_decide:
            raise ValidationError(self.refusal, code="decision")

    def _moves_services(self):
        """Whether the change is a merger or renaming of services, or was one until now."""
        former = ChangeEvent.objects.filter(pk=self.instance.pk).values_list("kind", flat=True)
        if not {self.instance.kind, *former} & set(MOVING):
            return False
        rows = [(row.initial, getattr(row, "cleaned_data", {})) for row in self.forms]
        return any(before.get("agency") or now.get("agency") for before, now in rows)


class ChangeSubjectInline(RowInline):
    model = ChangeSubject
    formset = SubjectFormSet
    lines = (("side", "agency", "partner"), ("policy_domain", "decree", "area"))

    def key_parts(self, row):
        return [row.side, row.subject]

    def get_formset(self, request, obj=None, **kwargs):
        formset = super().get_formset(request, obj, **kwargs)
        formset.may_decide = may_decide(request.user)
        if request.method == "POST" and not formset.may_decide:
            formset.refusal = f"{DECISION} {who_decides()} Wat je typte, staat nog op deze pagina."
        return formset


DECISION = "Een fusie of hernoeming van diensten bewaart een eindredacteur."


def may_decide(user):
    return user.has_perm(DECIDE)


def who_decides():
    """The colleagues who may, by name, for an editor who may not."""
    users = User.objects.with_perm(
        DECIDE,
        include_superusers=False,
        backend="django.contrib.auth.backends.ModelBackend",
    )
    names = [user.get_full_name() or user.get_username() for user in users.order_by("username")]
    return f"Vraag het aan {get_text_list(names[:5], 'of')}." if names else ""


class Unconfirmed(Exception):
    """A change that its editor has not confirmed yet; what was done to look at it is undone."""

    def __init__(self, event, touched, is_seen=True):
        super().__init__(event, touched)
        self.event, self.touched = event, touched
        #: Whether it is what the editor saw who confirmed it.
        self.is_seen = is_seen


@admin.register(ChangeEvent)
class ChangeEventAdmin(ShowsUses, CitingAdmin):
    form = ChangeEventForm
    list_display = ("name", "kind", "status", stated_date, "decree")
    list_filter = ("kind", "status", WithoutSource)
    list_select_related = ("decree",)
    search_fields = ("name", "slug", "description")
    inlines = (ChangeSubjectInline,)
    not_undone = (
        "Een verandering zet je terug in haar eigen formulier: dat toont eerst wat ze raakt."
    )
    fieldsets = [
        ("Wat er verandert", {"fields": ["name", "slug", "kind", "status", "date_label"]}),
        ("Waarom", {"fields": ["decree", "description"]}),
        ("Bronnen", {"fields": ["citations"]}),
        *bounds_of(ChangeEvent),
    ]

    def get_fieldsets(self, request, obj=None):
        """Who may not decide on services reads so before typing."""
        (title, first), *rest = super().get_fieldsets(request, obj)
        if not may_decide(request.user):
            first = {**first, "description": f"{DECISION} {who_decides()}"}
        return [(title, first), *rest]

    def render_change_form(self, request, context, **kwargs):
        """An announced change of services is carried out in a form of its own, filled in."""
        event = context.get("original")
        is_announced = event and event.status == ChangeEvent.Status.ANNOUNCED
        services = event.subjects.filter(agency__isnull=False) if is_announced else None
        if is_announced and may_decide(request.user) and services.exists():
            form = reverse("admin:governance_agency_service_change")
            context["carry_out_url"] = f"{form}?verandering={event.pk}"
        return super().render_change_form(request, context, **kwargs)

    # A merger or renaming of services is confirmed first

    def changeform_view(self, request, *args, **kwargs):
        try:
            return super().changeform_view(request, *args, **kwargs)
        except Unconfirmed as change:
            request.was_saved = False
            return self.ask(request, change)

    def save_related(self, request, form, formsets, change):
        is_decision = any(
            formset.is_moving and (formset.has_changed() or moves(form)) for formset in formsets
        )
        former = derived.present_agencies() if is_decision else {}
        super().save_related(request, form, formsets, change)
        if is_decision:
            self.confirmed(request, form.instance, former)

    def confirmed(self, request, event, former):
        """Stop, with what a decision touches, unless its editor has seen just that.

        The lines are laid as they will be; what was done to look at it goes when this is raised.
        """
        touched = self.admin_site.touched_by(event, former, derived.present_agencies())
        request.shown = mark([(kind.title, kind.rows) for kind in touched])
        is_seen = request.POST.get(SHOWN, request.shown) == request.shown
        if SURE not in request.POST or not is_seen:
            raise Unconfirmed(event, touched, is_seen)

    def ask(self, request, change):
        """What the change touches, and all that was typed, to send again or to go back to."""
        if not change.is_seen:
            messages.warning(request, CHANGED)
        own = ("csrfmiddlewaretoken", SURE, RESTORE, SHOWN)
        context = {
            **self.admin_site.each_context(request),
            "title": f"{change.event.get_kind_display().capitalize()}: {change.event}",
            "opts": self.opts,
            "touched": change.touched,
            "typed": [(n, v) for n, values in request.POST.lists() if n not in own for v in values],
            "sure": SURE,
            "restore": RESTORE,
            "is_popup": "_popup" in request.POST,
        }
        return TemplateResponse(request, "admin/governance/confirm_change.html", context)

    # One that was deleted comes back the same way

    @asks
    def deleted_view(self, request):
        if RESTORE in request.POST:
            return redirect(request.path)
        try:
            return super().deleted_view(request)
        except Unconfirmed as change:
            return self.ask(request, change)

    def bring_back(self, request, row, moment):
        """A merger or renaming of services is shown first, and is a decision, as in its form."""
        former = derived.present_agencies()
        event = super().bring_back(request, row, moment)
        services = event.subjects.filter(agency__isnull=False)
        if event.kind in MOVING and services.exists():
            if not may_decide(request.user):
                raise Refused(f"{DECISION} {who_decides()}")
            self.confirmed(request, event, former)
        return event

    # What follows

    def saved(self, record):
        derived.rebuild()
        super().saved(record)

    def removed(self, records):
        derived.rebuild()
        super().removed(records)


def moves(form):
    """Whether a form changes what the lists show."""
    return bool({"kind", "status"} & set(form.changed_data))
