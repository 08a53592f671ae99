"""The two pages of a change of services: the form, and what it touches. One save, at the end."""

from django.contrib import messages
from django.contrib.admin.helpers import AdminForm
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.text import get_text_list

from eerstelijn.desk.shown import asks, decides, mark, shows
from eerstelijn.history.actor import WHY
from governance import derived
from governance.admin.citing import CITATIONS, block_of
from governance.admin.events import SURE, may_decide
from governance.admin.preview import (
    BACK,
    SHOWN,
    Preview,
    is_typed_again,
    names_of_answers,
    problems_of,
    tell,
    together,
    typed,
)
from governance.admin.service_form import ServiceChangeForm
from governance.models import ChangeEvent
from governance.succession import carry_out, desk_url

TITLE = "Dienst fuseert, wijzigt of stopt"
FIELDSETS = [
    ("Welke diensten?", {"fields": ["before", "after", "new"]}),
    ("Wanneer, en wie zegt het?", {"fields": ["day", "status", "citations", "announced"]}),
    block_of(CITATIONS),
]


class ServicePreview(Preview):
    """What a change of services touches, and what it comes to in a few sentences."""

    @property
    def sentence(self):
        change = self.change
        said = f"{change.name}, vanaf {change.day}."
        if not change.is_done:
            return f"{said} Dit is aangekondigd: tot dan verandert er niets aan de lijsten."
        if change.ending:
            ends = get_text_list([agency.name for agency in change.ending], "en")
            verb = "eindigen" if len(change.ending) > 1 else "eindigt"
            until = change.last_day
            said += f" {ends} {verb} op {until}" if until.is_day else f" {ends} {verb} in {until}"
            said += " en blijft leesbaar" if len(change.ending) == 1 else " en blijven leesbaar"
            said += " voor wie naar vroeger kijkt."
        return said

    def carry_out(self, user):
        """Do it all. Answers with the event and what changed, each record once."""
        event, changed = carry_out(self.change)
        self.change.event = event
        return event, together([*changed, *self.do_chosen(user)])


class ServiceChangePages:
    """The pages, on the desk of services."""

    def get_urls(self):
        page = self.admin_site.admin_view(self.service_change_view)
        own = path("verandering/", page, name="governance_agency_service_change")
        return [own, *super().get_urls()]

    def change_pages(self, request):
        """The page, for the menu and above the list; none for who may not decide."""
        page = {"label": TITLE, "url": reverse("admin:governance_agency_service_change")}
        return [page] if may_decide(request.user) else []

    def changelist_view(self, request, extra_context=None):
        pages = self.change_pages(request)
        return super().changelist_view(request, {"own_pages": pages, **(extra_context or {})})

    @asks
    def service_change_view(self, request):
        if not may_decide(request.user):
            raise PermissionDenied
        if request.method != "POST":
            return self._form_page(request, self._empty_form(request))
        form = ServiceChangeForm(request.POST, desk=self, request=request)
        is_sure = SURE in request.POST
        if BACK in request.POST or is_typed_again(request):
            return self._form_page(request, form, came_back=True)
        if not form.is_valid():
            if is_sure and form.same:
                messages.info(request, "Dit was al doorgevoerd. Er is niets twee keer gebeurd.")
                return redirect(desk_url(form.same))
            return self._form_page(request, form)
        kinds = self.admin_site.touching
        sent = request.POST if is_sure or SHOWN in request.POST else None
        preview = ServicePreview(form.change, kinds, sent)
        if is_sure:
            shows(request, preview.said)
            if decides(request) and not preview.has_moved:
                return self._carry_out(request, form, preview)
        return self._preview_page(request, form, preview)

    def _empty_form(self, request):
        """Empty, or filled with an announced change that happened now."""
        initial = {}
        pk = request.GET.get("verandering", "")
        if pk.isascii() and pk.isdigit() and len(pk) < 10:
            announced = ChangeEvent.objects.filter(pk=pk, status=ChangeEvent.Status.ANNOUNCED)
            if event := announced.first():
                initial = as_typed(event)
        return ServiceChangeForm(initial=initial, desk=self, request=request)

    def _form_page(self, request, form, came_back=False):
        adminform = AdminForm(form, FIELDSETS, {}, model_admin=self)
        context = {
            **self.admin_site.each_context(request),
            "title": TITLE,
            "opts": self.opts,
            "form": form,
            "adminform": adminform,
            "media": self.media + form.media,
            "problems": [] if came_back or not form.is_bound else problems_of(form),
            "same": form.same,
            "why": request.POST.get(WHY, ""),
        }
        return TemplateResponse(request, "admin/governance/change.html", context)

    def _preview_page(self, request, form, preview, refusal=()):
        request.shown = mark(preview.said)
        context = {
            **self.admin_site.each_context(request),
            "title": "Wat dit raakt",
            "opts": self.opts,
            "preview": preview,
            "refusal": refusal,
            "typed": typed(request),
            **names_of_answers(),
        }
        return TemplateResponse(request, "admin/governance/change_touches.html", context)

    def _carry_out(self, request, form, preview):
        form.make_places()
        form.change.citations = form.cleaned_data[CITATIONS]
        try:
            event, changed = preview.carry_out(request.user)
        except ValidationError as error:
            transaction.set_rollback(True)  # nothing of it stays
            return self._preview_page(request, form, preview, error.messages)
        derived.rebuild()
        tell(self.admin_site, request.user, changed)
        number = len(changed)
        said = f"Doorgevoerd: {number} record{'s' if number > 1 else ''} aangepast of gemaakt."
        messages.success(request, f"{said} Kijk dit nog na.")
        return redirect(desk_url(event))


def as_typed(event):
    """The fields of the form, of an announced change."""
    by_event = {"fusie": "samengevoegd", "hernoeming": "hernoemd", "overdracht": "taken"}
    by_event |= {"herindeling": "gesplitst", "opheffing": "stopgezet"}
    rows = event.subjects.filter(agency__isnull=False)
    return {
        "kind": by_event.get(event.kind),
        "before": [row.agency_id for row in rows if row.side == "voor"],
        "after": [row.agency_id for row in rows if row.side == "na"],
        "day": event.date_label,
        "citations": list(event.citations.all()),
        "announced": event.pk,
    }
