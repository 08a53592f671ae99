"""The page on which a table of areas comes in, such as that of a new year: first a trial with what
would become of each row, then all of it or nothing. The command `importeer_gebieden` does the same.
"""

import base64
import binascii

from django import forms
from django.contrib import messages
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse

from eerstelijn.desk.choosing import OneByTyping
from eerstelijn.desk.exchange import LARGEST, Report, Row
from eerstelijn.desk.reading import A_DAY, NO_DAY, ReadsDates, attributes
from eerstelijn.desk.shown import asks, decides
from eerstelijn.tables import UnreadableTable
from governance import derived
from governance.admin.events import may_decide
from governance.admin.preview import problems_of
from governance.areas.tables.importing import import_table
from governance.areas.tables.reading import read
from governance.models import MUNICIPALITY, AreaKind, Citation, CoverageArea, Source

TITLE = "Tabel van gebieden invoeren"
#: The fields of a table that was looked at, as it is sent again with its report.
CONTENT, NAME, SEEN = "inhoud", "naam", "gezien"


class AreaTableForm(ReadsDates, forms.Form):
    """A table, and what holds for all its rows; `table` is what was read."""

    bestand = forms.FileField(
        label="Tabel",
        required=False,
        widget=forms.FileInput(attrs={"accept": ".csv"}),
        help_text="CSV in UTF-8, hoogstens 1 MB. In Excel: bewaar als “CSV UTF-8”.",
    )
    vanaf = forms.DateField(
        label="Vanaf",
        widget=forms.DateInput(attrs={"class": "vTextField"}, format="%d/%m/%Y"),
        error_messages={"invalid": NO_DAY},
        help_text="De eerste dag waarop de tabel geldt. Bijvoorbeeld: 1/1/2027.",
    )
    bron = forms.ModelChoiceField(
        label="Bron", queryset=Source.objects.all(), help_text="Waar de tabel vandaan komt."
    )
    soort = forms.ModelChoiceField(
        label="Soort gebied",
        queryset=AreaKind.objects.exclude(slug=MUNICIPALITY),
        required=False,
        help_text="Enkel voor een tabel met één rij per zone of regio.",
    )

    table, name, content = None, "", b""

    def __init__(self, *args, desk, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["vanaf"].widget.attrs |= attributes(A_DAY)
        widget = OneByTyping(Citation._meta.get_field("source"), desk.admin_site)
        self.fields["bron"].widget = widget
        widget.choices = self.fields["bron"].choices

    def clean(self):
        data = super().clean()
        try:
            self.name, self.content = self._sent()
            self.table = read(self.content, set(AreaKind.objects.values_list("slug", flat=True)))
        except UnreadableTable as error:
            self.add_error("bestand", str(error))
            return data
        by_area = self.table.form.name == "indeling"
        if by_area and not data.get("soort") and not all(row["soort"] for row in self.table.rows):
            self.add_error("soort", "Deze tabel heeft één rij per gebied. Van welke soort?")
        return data

    def clean_vanaf(self):
        day = self.cleaned_data["vanaf"]
        if not 1977 <= day.year < 2200:
            raise ValidationError("Dat jaar kan niet.")
        return day

    def _sent(self):
        """The name and the bytes of the file: as it is sent, or as it came with its report."""
        if upload := self.cleaned_data.get("bestand"):
            if upload.size > LARGEST:
                raise UnreadableTable("Het bestand is te groot: hoogstens 1 MB.")
            return upload.name[:200], upload.read()
        if content := self.data.get(CONTENT):
            try:
                return self.data.get(NAME, "")[:200], base64.b64decode(content, validate=True)
            except binascii.Error:
                pass
        raise UnreadableTable("Kies eerst een bestand.")

    def take_in(self):
        """Import the table, and report what became of each row."""
        data = self.cleaned_data
        kind = data["soort"].slug if data["soort"] else None
        results = import_table(
            self.table, kind=kind, day=data["vanaf"].isoformat(), source=data["bron"].slug
        )
        rows = [
            Row(each.line or 0, each.outcome.value, each.subject, [each.reason] * bool(each.reason))
            for each in results
        ]
        for row, each in zip(rows, results, strict=True):
            row.details += each.details
        return Report(rows, ignored=self.table.ignored)

    def typed(self):
        """What was typed beside the file, as pairs of name and value."""
        return [(name, self.data.get(name, "")) for name in ("vanaf", "bron", "soort")]


class AreaTablePages:
    """The page, on the desk of areas."""

    def get_urls(self):
        page = self.admin_site.admin_view(self.table_view)
        return [path("tabel/", page, name="governance_coveragearea_table"), *super().get_urls()]

    def change_pages(self, request):
        """The page, for the menu and above the list; none for who may not decide."""
        page = {"label": TITLE, "url": reverse("admin:governance_coveragearea_table")}
        return [*super().change_pages(request), *([page] if may_decide(request.user) else [])]

    @asks
    def table_view(self, request):
        if not may_decide(request.user):
            raise PermissionDenied
        if request.method != "POST":
            return self._table_page(request, AreaTableForm(desk=self))
        form = AreaTableForm(request.POST, request.FILES, desk=self)
        if not form.is_valid():
            return self._table_page(request, form)
        undo = transaction.savepoint()
        report = form.take_in()
        is_seen = decides(request) and request.POST.get(SEEN) == report.digest
        if report.is_wrong or report.changes_nothing or not is_seen:
            transaction.savepoint_rollback(undo)
            return self._table_page(request, form, report, _is_overtaken(request, report))
        transaction.savepoint_commit(undo)
        return self._taken_in(request, form, report)

    def _taken_in(self, request, form, report):
        """What follows from the table, once for all its rows."""
        derived.rebuild_area_lines()
        self.admin_site.geography_changed()
        LogEntry.objects.create(
            user=request.user,
            content_type=ContentType.objects.get_for_model(CoverageArea),
            object_repr=f"Tabel {form.name}"[:200],
            action_flag=CHANGE,
            change_message=f"Ingevoerd: {report.counts}.",
        )
        messages.success(request, f"De tabel is ingevoerd: {report.counts}.")
        return redirect("admin:governance_coveragearea_changelist")

    def _table_page(self, request, form, report=None, overtaken=False):
        context = {
            **self.admin_site.each_context(request),
            "title": TITLE,
            "opts": self.opts,
            "media": self.media + form.media,
            "form": form,
            "problems": problems_of(form) if form.is_bound else [],
            "report": report,
            "overtaken": overtaken,
            "name": form.name,
            "content": base64.b64encode(form.content).decode() if report else "",
            "typed": form.typed() if report else [],
        }
        return TemplateResponse(request, "admin/governance/area_table.html", context)


def _is_overtaken(request, report):
    """Whether an editor looked at another report than this."""
    return request.POST.get(SEEN, report.digest) != report.digest
