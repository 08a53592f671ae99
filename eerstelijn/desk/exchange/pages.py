"""The page on which an editor takes a table out of the desk, or brings one in: first a trial, with
what would become of each row, then all of it or nothing."""

import base64
import binascii
import hashlib
from collections import Counter
from dataclasses import dataclass, field

from django.contrib import messages
from django.contrib.admin.models import ADDITION, CHANGE, LogEntry
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, connection, transaction
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse

from eerstelijn.database.refusals import REFUSED, in_words
from eerstelijn.desk.exchange.files import LARGEST, as_file, read
from eerstelijn.desk.shown import asks, decides
from eerstelijn.tables import UnreadableTable

#: The fields of the page: the file, and once it was looked at its content, its name and a digest.
FILE, CONTENT, NAME, SEEN = "bestand", "inhoud", "naam", "gezien"
#: How many rows the report shows; those that are wrong come first.
SHOWN = 200

NEW, CHANGED, SAME, WRONG = "nieuw", "gewijzigd", "gelijk", "fout"


@dataclass
class Row:
    """What becomes of one row of a table; line 0 is none of its own."""

    line: int
    outcome: str
    subject: str
    details: list = field(default_factory=list)


@dataclass
class Report:
    """What becomes of a table."""

    rows: list
    ignored: list = field(default_factory=list)
    #: What the database refuses of the whole.
    refusal: str = ""

    @property
    def is_wrong(self):
        return bool(self.refusal) or any(row.outcome == WRONG for row in self.rows)

    @property
    def changes_nothing(self):
        return all(row.outcome == SAME for row in self.rows)

    @property
    def counts(self):
        counts = Counter(row.outcome for row in self.rows)
        words = (NEW, CHANGED, SAME, WRONG)
        return ", ".join(f"{counts[word]} {word}" for word in words if counts[word])

    @property
    def shown(self):
        order = (WRONG, NEW, CHANGED, SAME)
        return sorted(self.rows, key=lambda row: (order.index(row.outcome), row.line))[:SHOWN]

    @property
    def hidden(self):
        return max(0, len(self.rows) - SHOWN)

    @property
    def digest(self):
        said = repr([(row.line, row.outcome, row.details) for row in self.rows])
        return hashlib.blake2b(said.encode(), digest_size=12).hexdigest()


class Exchange:
    """The desk of records that also come and go as tables."""

    #: The columns, a `TableResource`.
    resource = None

    def get_urls(self):
        opts = self.opts
        page = self.admin_site.admin_view(self.exchange_view)
        name = f"{opts.app_label}_{opts.model_name}_exchange"
        return [path("tabel/", page, name=name), *super().get_urls()]

    @property
    def exchange_url(self):
        return reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_exchange")

    def changelist_view(self, request, extra_context=None):
        page = {"label": "Tabel: uitvoeren of invoeren", "url": self.exchange_url}
        context = {**(extra_context or {})}
        context["own_pages"] = [*context.get("own_pages", ()), page]
        return super().changelist_view(request, context)

    def exchange_view(self, request):
        if not self.has_view_permission(request):
            raise PermissionDenied
        if request.method == "POST":
            if not self._may_bring_in(request):
                raise PermissionDenied
            return self._brought(request)
        if (form := request.GET.get("vorm")) in ("csv", "xlsx"):
            rows = self.model._default_manager.order_by(*self.opts.ordering)
            table = self.resource().export(self.table_rows(rows))
            return as_file(form, str(self.opts.verbose_name_plural).replace(" ", "-"), table)
        return self._page(request)

    def table_rows(self, rows):
        """The records with what their columns need, so that more of them ask no more."""
        return rows

    def _may_bring_in(self, request):
        return self.has_add_permission(request) and self.has_change_permission(request)

    def _brought(self, request):
        """Reads the file first: nobody else who saves is to wait for that."""
        try:
            name, data = _sent(request)
            table = self.resource
            file = read(name, data, table.columns(), table.needed, table.days())
        except UnreadableTable as error:
            return self._page(request, problem=str(error))
        return self._bring_in(request, name, data, file)

    @asks
    def _bring_in(self, request, name, data, file):
        table, lines, ignored = file
        undo = transaction.savepoint()
        resource = self.resource()
        report, records = self._run(resource, table, lines)
        report.ignored = ignored
        is_seen = request.POST.get(SEEN) == report.digest
        is_seen &= decides(request)
        if report.is_wrong or report.changes_nothing or not is_seen:
            transaction.savepoint_rollback(undo)
            overtaken = request.POST.get(SEEN, report.digest) != report.digest
            return self._page(request, report=report, name=name, data=data, overtaken=overtaken)
        transaction.savepoint_commit(undo)
        for record, flag, changes in records:
            names = [column for column, _, _ in changes]
            said = [{"added": {}}] if flag == ADDITION else [{"changed": {"fields": names}}]
            LogEntry.objects.log_actions(request.user.pk, [record], flag, said, single_object=True)
            self.taken_in(record, changes)
        messages.success(request, f"De tabel is ingevoerd: {report.counts}.")
        return redirect(f"admin:{self.opts.app_label}_{self.opts.model_name}_changelist")

    def taken_in(self, record, changes):
        """What follows from a record that came in; `changes` are its columns, before and after."""
        self.saved(record)

    def _run(self, resource, table, lines):
        """Take all rows in; answers with the report, and each record with what changed of it."""
        result = resource.run(table, lines)
        rows, records = [], []
        for line, cells, each in zip(lines, table.dict, result.rows, strict=True):
            subject = next(filter(None, cells.values()), "een rij zonder naam")
            if each.import_type in ("error", "invalid"):
                rows.append(Row(line, WRONG, subject, _said(each)))
                continue
            changes = resource.changes.get(id(each.instance), [])
            details = [f"{column}: {_short(was)} → {_short(now)}" for column, was, now in changes]
            if each.import_type == "skip":
                rows.append(Row(line, SAME, subject))
                continue
            is_new = each.import_type == "new"
            rows.append(Row(line, NEW if is_new else CHANGED, subject, details))
            records.append((each.instance, ADDITION if is_new else CHANGE, changes))
        report = Report(rows)
        if not report.is_wrong:
            try:
                with transaction.atomic():
                    connection.check_constraints()
            except DatabaseError as error:
                if not isinstance(error, REFUSED):
                    raise
                report.refusal = in_words(error)
        return report, records

    def _page(self, request, problem="", report=None, name="", data=b"", overtaken=False):
        may_bring_in = self._may_bring_in(request)
        context = {
            **self.admin_site.each_context(request),
            "title": f"Tabel van {self.opts.verbose_name_plural}",
            "opts": self.opts,
            "columns": self.resource.columns(),
            "key": self.resource.key,
            "may_bring_in": may_bring_in,
            "archive_url": self.admin_site.archive_url,
            "problem": problem,
            "report": report,
            "overtaken": overtaken,
            "name": name,
            "content": base64.b64encode(data).decode() if report else "",
        }
        return TemplateResponse(request, "admin/exchange.html", context)


def _sent(request):
    """The name and the bytes of the file: as it is sent, or as it came back with its report."""
    if upload := request.FILES.get(FILE):
        if upload.size > LARGEST:
            raise UnreadableTable("Het bestand is te groot: hoogstens 1 MB.")
        return upload.name[:200], upload.read()
    if content := request.POST.get(CONTENT):
        try:
            return request.POST.get(NAME, "")[:200], base64.b64decode(content, validate=True)
        except binascii.Error:
            pass
    raise UnreadableTable("Kies eerst een bestand.")


def _said(result):
    """Why a row is wrong."""
    if result.validation_error is not None:
        return list(result.validation_error.messages)
    return [str(error.error) or "onbekende fout" for error in result.errors]


def _short(text):
    text = " ".join(text.split())
    return f"“{text[:80]}{'…' if len(text) > 80 else ''}”" if text else "leeg"
