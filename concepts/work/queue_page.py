"""The pages of the desk on which a queue is worked through."""

from urllib.parse import urlencode

from django import forms
from django.contrib import messages
from django.contrib.admin.models import CHANGE, LogEntry
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.db.models import Model
from django.http import Http404
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.html import format_html

from concepts import checking
from concepts.models import ConceptVersion, Review
from concepts.queues import QUEUES
from concepts.queues.narrowing import PAGE, narrowed
from concepts.work.counting import counts
from concepts.work.undoing import undo_url
from eerstelijn.desk.forms import name_of
from eerstelijn.desk.reading import A_DAY, NO_DAY, ReadsDates, attributes
from eerstelijn.desk.shown import asks, decides

#: Rows on a page.
ROWS = 50
MAY_REVIEW = "concepts.add_review"


class ReviewForm(ReadsDates, forms.Form):
    """The rows that were looked over, on what day and by whom."""

    rows = forms.TypedMultipleChoiceField(
        coerce=int, error_messages={"required": "Vink eerst aan wat je nakeek."}
    )
    date = forms.DateField(label="Nagekeken op", error_messages={"invalid": NO_DAY})
    review_before = forms.DateField(label="Opnieuw vóór", error_messages={"invalid": NO_DAY})
    reviewer = forms.CharField(label="Door", max_length=150)

    def __init__(self, *args, rows=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["rows"].choices = [(pk, pk) for pk in rows]
        for name in ("date", "review_before"):
            self.fields[name].widget.attrs |= attributes(A_DAY)

    def clean(self):
        """What a note itself refuses: a day in the future, a next day that is no later."""
        data = super().clean()
        if not self.errors:
            values = {name: data[name] for name in ("date", "review_before", "reviewer")}
            review = Review(**values)
            try:
                review.clean()
            except ValidationError as error:
                self.add_error(None, error.messages)
            if data["review_before"] <= data["date"]:
                self.add_error("review_before", "Opnieuw nakijken komt na het nazicht.")
        return data


class QueuePage:
    """One queue at the desk: its list, and what can be done with many of its rows at once."""

    def __init__(self, site):
        self.site = site

    @asks
    def view(self, request, name):
        kind = QUEUES.get(name)
        if kind is None:
            raise Http404("Die lijst bestaat niet.")
        if not kind.may_see(request.user):
            raise PermissionDenied
        queue = kind()
        if request.method == "POST":
            return self._reviewed(request, queue)
        return self._answer(request, queue)

    def _answer(self, request, queue, form=None):
        narrow = narrowed(queue, request.GET)
        page = page_of(narrow, request.GET.get(PAGE, ""))
        may_review = queue.can_be_reviewed and request.user.has_perm(MAY_REVIEW)
        if may_review and form is None:
            form = ReviewForm(initial=checking.proposed(name_of(request.user)))
        chosen = set(form.data.getlist("rows")) if form and form.is_bound else set()
        neighbours = [
            other() for other in QUEUES.values()
            if other.group is queue.group and other.may_see(request.user)
        ]  # fmt: skip
        numbers = counts(neighbours)
        context = {
            **self.site.each_context(request),
            "title": queue.title,
            "queue": queue,
            "page": page,
            "narrow": narrow,
            "pages": addresses(narrow, page),
            "rows": [
                {
                    "line": line,
                    "cells": list(zip(queue.columns[1:], line.cells, strict=True)),
                    "chosen": str(line.pk) in chosen,
                }
                for line in queue.lines(list(page.object_list))
            ],
            "neighbours": [
                {"queue": other, "number": numbers[other.name], "current": other.name == queue.name}
                for other in neighbours
            ],
            "form": form if may_review else None,
        }
        return TemplateResponse(
            request, "admin/queue.html", context, status=422 if form and form.errors else 200
        )

    def _reviewed(self, request, queue):
        if not (queue.can_be_reviewed and request.user.has_perm(MAY_REVIEW)):
            raise PermissionDenied
        sent = [pk for pk in request.POST.getlist("rows") if pk.isascii() and pk.isdigit()]
        # A key has at most 19 digits, and Python reads no number of thousands of them.
        numbers = [number for pk in sent if len(pk) < 20 and (number := int(pk)) < 2**63]
        known = ConceptVersion.objects.filter(pk__in=numbers)
        form = ReviewForm(request.POST, rows=known.values_list("pk", flat=True))
        if not form.is_valid() or not decides(request):
            return self._answer(request, queue, form)
        data = form.cleaned_data
        noted = checking.note(data["rows"], data["reviewer"], data["date"], data["review_before"])
        tell(request, noted, queue)
        return redirect(request.get_full_path())


def page_of(narrow, asked):
    """The page of rows that is asked for; one that is not there is said, and the nearest shown."""
    pages = Paginator(narrow.rows, ROWS)
    page = pages.get_page(asked)
    if asked and asked != str(page.number):
        narrow.problems.append(
            f"Bladzijde “{asked[:20]}” is er niet. Dit is bladzijde {page.number}."
        )
    return page


def addresses(narrow, page):
    """Of the pages before and after this one; the question of the list goes along."""

    def to(number):
        return f"?{urlencode([*narrow.question, (PAGE, number)])}"

    return {"previous": to(page.number - 1), "next": to(page.number + 1)}


def tell(request, noted, queue=None):
    """Put on record, and tell the editor, what became of versions that were noted as reviewed."""
    log(request.user, [review.version for review in noted.made])
    if number := len(noted.made):
        words = "concept is" if number == 1 else "concepten zijn"
        said = '{} {} nagekeken, niets gewijzigd. <a href="{}">Maak ongedaan</a>'
        url = undo_url(noted.made, queue.name if queue else "")
        messages.success(request, format_html(said, number, words, url))
    if number := len(noted.known):
        words = "was" if number == 1 else "waren"
        messages.info(request, f"{number} {words} die dag al nagekeken: daar kwam niets bij.")
    if number := noted.gone:
        words = "concept staat" if number == 1 else "concepten staan"
        messages.warning(
            request, f"{number} {words} intussen niet meer zo op de site: niets genoteerd."
        )


def log(user, records: list[Model]):
    if records:
        LogEntry.objects.log_actions(user.pk, records, CHANGE, "Nagekeken, niets gewijzigd.")
