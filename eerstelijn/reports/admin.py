"""What readers reported, for editors: they read it, and say what they did with it."""

import hashlib

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import AdminTextareaWidget, AdminTextInputWidget
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.html import format_html

from eerstelijn.database.turns import in_turn_or_told
from eerstelijn.dates import day_of
from eerstelijn.desk.deleting import Deletes
from eerstelijn.desk.fields import LineField
from eerstelijn.desk.finding import FoundWithoutAccents
from eerstelijn.desk.restoring import NOT_SAVED, RESTORE, tell_saved
from eerstelijn.desk.summary import summary
from eerstelijn.reports.models import Outcome, Report

FIELDS = ("decision", "version", "why", "subject")


def digest(outcome):
    """What an editor saw of a decision, or that there was none, in a few signs."""
    said = repr([getattr(outcome, name) for name in FIELDS]) if outcome else "none"
    return hashlib.blake2b(said.encode(), digest_size=8).hexdigest()


class OutcomeForm(forms.ModelForm):
    """What is done with a report. It is the public that reads this."""

    #: It can be shown again as typed, without being saved (eerstelijn.desk.restoring).
    comes_back = True

    seen = forms.CharField(required=False, widget=forms.HiddenInput)
    decision = Outcome._meta.get_field("decision").formfield()
    version = Outcome._meta.get_field("version").formfield(
        help_text="Het nummer van de versie waarin het staat. Enkel bij “aangepast”."
    )
    why = Outcome._meta.get_field("why").formfield(
        form_class=LineField,
        widget=AdminTextareaWidget(attrs={"rows": 2}),
        help_text="Bij “niet gevolgd” verplicht: “Niet gevolgd, omdat ...”. Lezers zien dit.",
    )
    subject = Outcome._meta.get_field("subject").formfield(
        form_class=LineField,
        widget=AdminTextInputWidget(),
        help_text="Bijvoorbeeld: Geïntegreerd breed onthaal. Lezers zien dit.",
    )

    class Meta:
        model = Report
        fields = ()

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        outcome = Outcome.objects.filter(report=self.instance).first()
        self.outcome = outcome or Outcome(report=self.instance, about=self.instance.about)
        self.now = digest(outcome)
        self.initial |= {name: getattr(self.outcome, name) for name in FIELDS}
        self.initial["seen"] = self.now

    def clean(self):
        data = super().clean()
        if self.data.get(RESTORE):
            self._show_as_it_is()
            raise ValidationError(NOT_SAVED, code="restored")
        if self.data.get("seen") != self.now:
            self._show_as_it_is()
            raise ValidationError(self._overtaken)
        if self.errors:
            return data
        for name in FIELDS:
            setattr(self.outcome, name, data[name])
        self.outcome.received_on = day_of(self.instance.received_at)
        self.outcome.decided_on = timezone.localdate()
        self.outcome.full_clean(exclude=["report"])
        return data

    def _show_as_it_is(self):
        """The page that comes back says what is decided now: sent again, it goes over that."""
        self.data = self.data.copy()
        self.data["seen"] = self.now

    @property
    def _overtaken(self):
        if not self.outcome.pk:
            return "Nog niemand besliste hierover. Kijk na wat je invulde en bewaar het opnieuw."
        return (
            f"Intussen besliste iemand anders al: “{self.outcome.sentence}” "
            "Bewaar opnieuw als jouw besluit in de plaats komt."
        )


class OutcomeFilter(admin.EmptyFieldListFilter):
    """Reports that were answered, or were not yet."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.title = "wat we ermee deden"  # a relation that points here has no name of its own


@admin.register(Report)
class ReportAdmin(Deletes, FoundWithoutAccents, admin.ModelAdmin):
    """A report is read-only: it is what a reader wrote."""

    form = OutcomeForm
    list_display = ("received_at", "about", "beginning", "said")
    list_filter = (("outcome", OutcomeFilter), "received_at")
    list_select_related = ("outcome",)
    search_fields = ("about", "text")
    list_per_page = 50
    readonly_fields = ("received_at", "page", "written", "email")
    fieldsets = [
        ("Wat een lezer meldde", {"fields": ["received_at", "page", "written", "email"]}),
        ("Wat we ermee deden", {"fields": ["decision", "version", "why", "subject", "seen"]}),
    ]
    #: For who answers no reports: the address of who wrote it is for the answer only.
    fieldsets_to_read = [
        ("Wat een lezer meldde", {"fields": ["received_at", "page", "written"]}),
        ("Wat we ermee deden", {"fields": ["said"]}),
    ]

    @admin.display(description="wat er niet klopt")
    def beginning(self, report):
        return f"{report.text[:80]}…" if len(report.text) > 80 else report.text

    @admin.display(description="wat er niet klopt")
    def written(self, report):
        return report.text

    @admin.display(description="over")
    def page(self, report):
        return format_html('<a href="{0}">{0}</a>', report.about) if report.about else "de site"

    @admin.display(description="wat we ermee deden")
    def said(self, report):
        outcome = getattr(report, "outcome", None)
        return outcome.sentence if outcome else None

    def has_add_permission(self, request):
        return False

    def get_fieldsets(self, request, obj=None):
        answers = self.has_change_permission(request, obj)
        return self.fieldsets if answers else self.fieldsets_to_read

    def changelist_view(self, request, extra_context=None):
        return super().changelist_view(request, {"title": "Meldingen van lezers"})

    @in_turn_or_told
    def changeform_view(self, request, *args, **kwargs):
        answer = super().changeform_view(request, *args, **kwargs)
        return tell_saved(request, answer) if answer.status_code == 302 else answer

    def render_change_form(self, request, context, **kwargs):
        """What is wrong, as on the other forms of the desk: a list that leads to the fields."""
        if request.method == "POST":
            context["summary"] = summary(context["adminform"].form, [])
            context["errors"] = ()  # Django's own line, which says only how many
        return super().render_change_form(request, context, **kwargs)

    def save_model(self, request, obj, form, change):
        """The report stays as it is; what was decided stands on its own."""
        form.outcome.save()

    def get_deleted_objects(self, objs, request):
        deleted, counts, _, protected = super().get_deleted_objects(objs, request)
        return deleted, counts, set(), protected

    def said_of(self, record):
        """With what was decided: who deletes the report has read that too."""
        return super().said_of(record), digest(Outcome.objects.filter(report=record).first())
