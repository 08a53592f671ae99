"""The page on which an editor reads what a version changes, and decides next to it.

It is published with a reason, or sent back with a note. What stands in the way is said there, with
what was typed; and a version that changed since the page was made is read again first.
"""

from django import forms
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.functional import cached_property
from django.utils.text import capfirst

from concepts import reviewing
from concepts.admin import steps
from concepts.models import Status
from concepts.publishing import PublicationRefused, warnings
from concepts.versions.changes import digest, public_changes
from eerstelijn.desk.fields import LineField, PlainTextField
from eerstelijn.desk.forms import moment
from eerstelijn.desk.shown import decides

CHANGED = (
    "Intussen wijzigde deze versie. Hieronder staat wat er nu wijzigt: lees het opnieuw na. "
    "Er is nog niets beslist."
)


def _lines(rows):
    return forms.Textarea(attrs={"rows": rows})


class ApproveForm(forms.Form):
    """Why a version comes, whether it is a small improvement, and why nobody else looked at it."""

    reason = LineField(
        label="Waarom deze versie?",
        max_length=300,
        widget=_lines(3),
        help_text="Eén zin. Lezers zien ze bij de wijzigingen.",
    )
    alone_because = LineField(
        label="Waarom kijkt niemand anders na?",
        max_length=300,
        widget=_lines(2),
        help_text="Eén zin. Lezers zien ze bij deze versie.",
    )
    minor = forms.BooleanField(
        label="Kleine verbetering: niet melden aan wie de wijzigingen volgt", required=False
    )
    #: What the version said on the page that the editor decides on.
    seen = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput)

    def __init__(self, *args, needs, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["reason"].required = needs.reason
        if not needs.alone:
            del self.fields["alone_because"]


class SendBackForm(forms.Form):
    """What is still to be done, for who handed the version in."""

    seen = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput)

    note = PlainTextField(
        label="Briefje",
        widget=_lines(4),
        error_messages={"required": "Schrijf wat er nog moet gebeuren."},
    )


class DecisionPage:
    """What the page says: what changes, what happened before, and what this editor can decide."""

    def __init__(self, version, user):
        self.version, self.user = version, user
        self.change = public_changes([version])[version.pk]
        self.digest = digest(version)
        self.needs = reviewing.needs(version, user)
        self.warnings = warnings(version)

    @cached_property
    def obstacles(self):
        """What stands in the way of publishing."""
        if not self.version.is_open:
            return [f"Deze versie is {self.version.get_status_display()}."]
        return list(reviewing.obstacles(self.version, self.user))

    @property
    def can_be_sent_back(self):
        return self.version.status == Status.IN_REVIEW

    @cached_property
    def standing(self):
        """Where it stands, and since when."""
        if step := reviewing.handed_in(self.version):
            return f"Ingediend door {step.by}, {moment(step.at)}. Niemand kan ze nu wijzigen."
        if self.version.status == Status.IN_REVIEW:
            return "Niemand kan ze nu wijzigen."
        return "Ze is niet ingediend voor nazicht."

    @property
    def steps(self):
        """What happened with it before, in sentences."""
        return [in_words(step) for step in self.version.handovers.all()]

    @property
    def before(self):
        """How the version went on the site that it takes the place of, where that is special."""
        base = self.change.base
        if base and base.alone_because:
            return f"Versie {base.number} ging zonder tweede lezer op de site: {base.alone_because}"
        return ""

    @property
    def reader(self):
        """Who reads the note."""
        step = reviewing.handed_in(self.version)
        who = step.by if step else "Wie ze indiende"
        return f"{who} leest dit bij de versie en op de startpagina van het beheer."

    @property
    def what_follows(self):
        base = self.change.base
        if base is None:
            return "Iedereen ziet dit meteen op de site."
        return f"Iedereen ziet dit meteen op de site. Versie {base.number} blijft bewaard."


def in_words(step):
    """A step of a version as a sentence."""
    said = f"{capfirst(step.get_kind_display())} door {step.by}, {moment(step.at)}"
    return f"{said}: {step.note}" if step.note else f"{said}."


def decide(model_admin, request, step, version, back=""):
    """Show the page; or take the step, with what was written on it."""
    if not step.may(request.user):
        raise PermissionDenied
    page = DecisionPage(version, request.user)
    is_sent = request.method == "POST" and "zeker" in request.POST
    is_taken = is_sent and decides(request)
    approve = ApproveForm(
        request.POST if is_sent and step is steps.APPROVE else None,
        initial={"reason": version.reason, "minor": False},
        needs=page.needs,
    )
    send_back = SendBackForm(request.POST if is_sent and step is steps.SEND_BACK else None)
    problems = []
    if is_taken:
        form = approve if step is steps.APPROVE else send_back
        problems, led_to = _take(model_admin, request, step, page, form)
        if led_to:
            return redirect(steps.change_url(led_to))
        page = DecisionPage(now(version), request.user)
    return _shown(model_admin, request, page, approve, send_back, problems, back)


def now(version):
    """The version as it is now; as it was when somebody threw it away."""
    found = type(version).objects.filter(pk=version.pk).select_related("concept").first()
    return found or version


def _take(model_admin, request, step, page, form):
    """Take a step; gives the problems, or else where it leads."""
    version = page.version
    # Who sends back without the field saw no page of ours; who publishes must have seen one.
    default = None if step is steps.APPROVE else page.digest
    if form.data.get("seen", default) != page.digest:
        return [{"text": CHANGED}], None
    if not form.is_valid():
        return list(_problems(form)), None
    data = {name: value for name, value in form.cleaned_data.items() if name != "seen"}
    try:
        with transaction.atomic():
            steps.because(request, step)
            result = step.run(version, request.user, **data) or now(version)
    except PublicationRefused as refused:
        return [{"text": text} for text in refused.problems], None
    note = data.get("note") or data.get("alone_because") or ""
    return [], steps.told(model_admin, request, step, version, result, note)


def _problems(form):
    """What is wrong with a form, each with the field that it is about."""
    for name, errors in form.errors.items():
        label = form[name].label
        for error in errors:
            text = f"{label}{'' if label.endswith('?') else ':'} {error}"
            yield {"text": text, "url": f"#{form[name].auto_id}"}


def _shown(model_admin, request, page, approve, send_back, problems, back):
    version = page.version
    for form in (approve, send_back):
        if form.is_bound:
            form.data = form.data.copy()
            form.data["seen"] = page.digest
        form.initial["seen"] = page.digest
    context = {
        **model_admin.admin_site.each_context(request),
        "title": f"Nazicht van versie {version.number}",
        "opts": model_admin.opts,
        "page": page,
        "version": version,
        "approve": approve,
        "send_back": send_back,
        "problems": problems,
        "missing": model_admin.linked(request, version, page.obstacles),
        "approve_url": steps.question_url(version, steps.APPROVE, back),
        "send_back_url": steps.question_url(version, steps.SEND_BACK, back),
        "back": model_admin.page_of(version, back),
    }
    return TemplateResponse(request, "admin/concepts/decide.html", context)
