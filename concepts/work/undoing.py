"""Taking back "Nagekeken, niets gewijzigd", of one concept or of many at once.

Only the last look at a version is taken back: an earlier one says nothing to readers any more, and
is part of what happened.
"""

from django.contrib import messages
from django.contrib.admin.models import DELETION, LogEntry
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse

from concepts import checking
from concepts.models import Review
from concepts.queues import QUEUES
from eerstelijn.desk.addresses import desk_url
from eerstelijn.desk.shown import asks, decides, shows
from eerstelijn.history.actor import acting

MAY_UNDO = "concepts.delete_review"
#: What an address says: the notes, and the queue in which they were made.
NOTES, QUEUE = "nazicht", "lijst"
#: More than a page of a queue holds.
MOST = 200


def undo_url(reviews, queue=""):
    """Where these notes are taken back; `queue` is the list that it leads back to."""
    question = {NOTES: [review.pk for review in reviews]} | ({QUEUE: queue} if queue else {})
    return reverse("admin:review_undo", query=question)


class UndoPage:
    """The page that shows which notes go, and takes them away."""

    def __init__(self, site):
        self.site = site

    @asks
    def view(self, request):
        if not request.user.has_perm(MAY_UNDO):
            raise PermissionDenied
        reviews = _asked_for(request)
        queue = QUEUES.get(request.GET.get(QUEUE, ""))
        back = queue().url if queue else desk_url(reviews[0].version.concept)
        shows(request, [(row.pk, row.date, row.reviewer, row.is_last) for row in reviews])
        if not decides(request):
            context = {
                **self.site.each_context(request),
                "title": "Nazicht ongedaan maken",
                "reviews": reviews,
                "kept": [review for review in reviews if not review.is_last],
                "back": back,
            }
            return TemplateResponse(request, "admin/undo_review.html", context)
        acting(request, "Nazicht ongedaan gemaakt.")
        self._take_back(request, reviews)
        return redirect(back)

    def _take_back(self, request, reviews):
        LogEntry.objects.log_actions(
            request.user.pk, [review for review in reviews if review.is_last], DELETION
        )
        number = checking.take_back(reviews)
        if number:
            words = "nazicht is" if number == 1 else "nazichten zijn"
            messages.success(request, f"{number} {words} ongedaan gemaakt.")
        if left := len(reviews) - number:
            words = "concept werd" if left == 1 else "concepten werden"
            messages.warning(request, f"{left} {words} daarna opnieuw nagekeken: dat blijft zo.")


def _asked_for(request):
    """The notes that an address names; whether each is the last of its version."""
    numbers = [n for n in request.GET.getlist(NOTES)[:MOST] if n.isascii() and n.isdigit()]
    reviews = checking.with_last(Review.objects.filter(pk__in=[n for n in numbers if len(n) < 10]))
    if not reviews:
        raise Http404("Dit nazicht is er niet (meer).")
    return reviews
