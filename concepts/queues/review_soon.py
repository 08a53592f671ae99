"""Concepts whose next review comes soon."""

import datetime as dt

from django.utils import timezone

from concepts.queues.review_late import ReviewLate

#: How long before its day a review shows up as coming.
SOON = dt.timedelta(days=90)


class ReviewSoon(ReviewLate):
    name = "nazicht-binnenkort"
    place = 60
    title = "Na te kijken binnen 90 dagen"
    about = "Het nazicht komt eraan."

    def rows(self):
        today = timezone.localdate()
        soon = self.with_last_review().filter(
            review_before__gte=today, review_before__lte=today + SOON
        )
        return soon.order_by("review_before", "name")
