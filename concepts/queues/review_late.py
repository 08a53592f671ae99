"""Concepts of which the day for the next review went by."""

from django.utils import timezone

from concepts.queues.base import QueueGroup
from concepts.queues.never_reviewed import NeverReviewed
from concepts.queues.versions import VersionQueue


class ReviewLate(VersionQueue):
    name = "nazicht-te-laat"
    place = 40
    group = QueueGroup.CHECK
    title = "Voorbij de datum van nazicht"
    about = "De pagina zegt aan lezers dat het nazicht te laat is."
    help = NeverReviewed.help
    columns = ("Concept", "Dienst", "Nagekeken op", "Opnieuw vóór", "Let op")
    can_be_reviewed = True

    def rows(self):
        late = self.with_last_review().filter(review_before__lt=timezone.localdate())
        return late.order_by("review_before", "name")

    def said(self, version):
        return (f"{version.reviewed_on:%d/%m/%Y}", f"{version.review_before:%d/%m/%Y}")
