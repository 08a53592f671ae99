"""The two pages of a merger of municipalities: the form, and what follows. One save, at the end."""

from django.contrib import messages
from django.contrib.admin.helpers import AdminForm
from django.contrib.admin.models import ADDITION, CHANGE
from django.core.exceptions import PermissionDenied
from django.db import connection, transaction
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.text import get_text_list

from eerstelijn.dates import long_date
from eerstelijn.desk.shown import asks, decides, mark, shows
from eerstelijn.history.actor import WHY
from governance import derived
from governance.admin.citing import CITATIONS, block_of
from governance.admin.events import SURE, may_decide
from governance.admin.municipality_form import KIND, MunicipalMergerForm
from governance.admin.preview import (
    BACK,
    SHOWN,
    Preview,
    is_typed_again,
    names_of_answers,
    problems_of,
    tell,
    typed,
)
from governance.areas.joining import PROVINCE
from governance.areas.tables.stored_areas import RowError
from governance.succession import Changed, desk_url

TITLE = "Gemeenten fuseren"
FIELDSETS = [
    ("Wie wordt wat?", {"fields": ["old", "name", "nis"]}),
    ("Wanneer, en wie zegt het?", {"fields": ["day", "citations"]}),
    block_of(CITATIONS),
    ("Wat niet vanzelf volgt", {"fields": ["province", "point", "surface"]}),
]


class MergerPreview(Preview):
    """What a merger of municipalities brings about, and which concepts name the old ones."""

    @property
    def sentence(self):
        merger = self.change
        old = get_text_list([town.name for town in merger.towns], "en")
        ends = get_text_list([town.name for town in merger.ending], "en")
        verb = "bestaan" if len(merger.ending) > 1 else "bestaat"
        until = long_date(merger.day.fromordinal(merger.day.toordinal() - 1))
        return (
            f"{old} worden {merger.name} ({merger.nis}), vanaf {long_date(merger.day)}. "
            f"{ends} {verb} tot en met {until}."
        )

    @property
    def lies(self):
        """Where the new one will lie, by kind; with a list where the old ones differ."""
        for lies in self.change.lies:
            is_open = lies.differs and lies.kind.slug != PROVINCE
            yield {
                "kind": lies.kind.name,
                "name": f"{KIND}{lies.kind.slug}" if is_open else "",
                "stays": lies.in_parts,
                "areas": [
                    (area, ", ".join(dict.fromkeys(str(row.member) for row in rows)), chosen)
                    for area, rows in lies.areas.items()
                    for chosen in [area == lies.chosen]
                ],
                "said": lies.chosen.name if lies.chosen else get_text_list([*lies.areas], "en"),
            }

    @property
    def said(self):
        """Where it will lie as well, without what is chosen there: that is the editor's."""
        lies = [
            (row["kind"], row["stays"], [(area.pk, how) for area, how, _ in row["areas"]])
            for row in self.lies
        ]
        return *super().said, lies, self.carried

    @property
    def carried(self):
        """What else the new one takes over."""
        towns, codes = len(self.change.neighbours), ", ".join(self.change.postcodes)
        return [
            ("buren", f"{towns} gemeenten" if towns != 1 else "1 gemeente"),
            ("postcodes", codes or "geen"),
            ("namen van delen", "blijven bij de oude gemeenten en leiden naar de nieuwe"),
        ]


class MunicipalMergerPages:
    """The pages, on the desk of areas."""

    def get_urls(self):
        page = self.admin_site.admin_view(self.merger_view)
        own = path("fusie/", page, name="governance_coveragearea_merger")
        return [own, *super().get_urls()]

    def change_pages(self, request):
        """The page, for the menu and above the list; none for who may not decide."""
        page = {"label": TITLE, "url": reverse("admin:governance_coveragearea_merger")}
        return [page] if may_decide(request.user) else []

    def changelist_view(self, request, extra_context=None):
        pages = self.change_pages(request)
        return super().changelist_view(request, {"own_pages": pages, **(extra_context or {})})

    @asks
    def merger_view(self, request):
        if not may_decide(request.user):
            raise PermissionDenied
        if request.method != "POST":
            return self._merger_form(request, MunicipalMergerForm(desk=self, request=request))
        form = MunicipalMergerForm(request.POST, desk=self, request=request)
        if BACK in request.POST or is_typed_again(request):
            return self._merger_form(request, form, came_back=True)
        is_sure = SURE in request.POST
        if not form.is_valid():
            if is_sure and form.same:
                messages.info(request, "Dit was al doorgevoerd. Er is niets twee keer gebeurd.")
                return redirect(desk_url(form.same))
            return self._merger_form(request, form)
        kinds = self.admin_site.touching_places
        sent = request.POST if is_sure or SHOWN in request.POST else None
        preview = MergerPreview(form.merger, kinds, sent)
        if is_sure:
            shows(request, preview.said)
            if decides(request) and not preview.has_moved:
                return self._merge(request, form, preview)
        return self._merger_preview(request, preview)

    def _merger_form(self, request, form, came_back=False):
        context = {
            **self.admin_site.each_context(request),
            "title": TITLE,
            "opts": self.opts,
            "adminform": AdminForm(form, FIELDSETS, {}, model_admin=self),
            "media": self.media + form.media,
            "problems": [] if came_back or not form.is_bound else problems_of(form),
            "same": form.same,
            "why": request.POST.get(WHY, ""),
        }
        return TemplateResponse(request, "admin/governance/change.html", context)

    def _merger_preview(self, request, preview, refusal=()):
        request.shown = mark(preview.said)
        chosen = [row["name"] for row in preview.lies if row["name"]]
        context = {
            **self.admin_site.each_context(request),
            "title": "Wat dit raakt",
            "opts": self.opts,
            "preview": preview,
            "refusal": refusal,
            "typed": typed(request, *chosen),
            **names_of_answers(),
        }
        return TemplateResponse(request, "admin/governance/change_touches.html", context)

    def _merge(self, request, form, preview):
        form.make_places()
        merger = form.merger
        merger.places = form.cleaned_data[CITATIONS]
        try:
            was_there = merger.continuing is not None
            new, event = merger.carry_out()
            connection.check_constraints()
        except RowError as error:
            transaction.set_rollback(True)  # nothing of it stays
            return self._merger_preview(request, preview, [str(error)])
        changed = [
            Changed(event, ADDITION, [{"added": {}}]),
            Changed(
                new,
                CHANGE if was_there else ADDITION,
                [{"changed": {"fields": ["postcodes", "ligt in", "grenst aan"]}}]
                if was_there
                else [{"added": {}}],
            ),
            *(
                Changed(
                    town,
                    CHANGE,
                    [{"changed": {"fields": ["bestaat tot en met", "ligt in", "grenst aan"]}}],
                )
                for town in merger.ending
            ),
        ]
        preview.do_chosen(request.user)
        derived.rebuild_area_lines()
        tell(self.admin_site, request.user, changed)
        messages.success(request, f"{event}. Kijk de nieuwe gemeente nog na.")
        return redirect(desk_url(new))
