"""What the home page shows: the concepts by owner as on the poster, and what is worth knowing.

On a day the owners are those of that day, and what is told is what was known of by then.
"""

from django.db.models import Count, Prefetch
from django.urls import reverse
from django.views.generic import TemplateView

from concepts import contradictions as contradicting
from concepts.asking import Who
from concepts.models import Claim, Concept, Discrepancy
from concepts.timeline import News
from concepts.woods import owners
from eerstelijn.finder.listing import Link
from eerstelijn.pages.views import InFormats, KnowsDay
from governance.models import CITATIONS


def contradictions():
    """Where the sources flatly contradict each other, as the editors order it; the first few."""
    published = Concept.objects.public()
    return (
        Discrepancy.objects.filter(kind=Discrepancy.Kind.CONTRADICTION, concepts__in=published)
        .annotate(claim_count=Count("claims", distinct=True))
        .filter(claim_count__gte=2)
        .prefetch_related(
            Prefetch("claims", Claim.objects.prefetch_related(CITATIONS)),
            Prefetch("concepts", published),
        )[:4]
    )


def all_contradictions():
    """How many points the list of them holds, as the way to it says."""
    number = contradicting.number()
    return (
        "Het punt waarop de bronnen verschillen"
        if number == 1
        else (f"Alle {number} punten waarop de bronnen verschillen")
    )


class HomeView(KnowsDay, InFormats, TemplateView):
    """The entrance: search, the concepts by owner, contradictions and changes."""

    template_name = "home.html"
    day_said = "Je bekijkt de eigenaars en wat er gebeurde tot en met"
    day_after = (
        ". Sinds wanneer een concept er is, zeggen de bronnen vaak niet: alle concepten staan hier."
    )

    def respond(self):
        return self.render_to_response(self.get_context_data())

    def _poster(self):
        """The way to the poster of the day that the page is about."""
        as_of = self.question.as_of
        day = as_of if as_of.is_other_day else "vandaag"
        return Link(f"De poster van {day} (pdf, A2)", as_of.url(reverse("poster", args=["pdf"])))

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            owners=owners(self.stated_day),
            contradictions=contradictions(),
            all_contradictions=all_contradictions(),
            news=News.on(self.question.as_of.day),
            who=Who(button="Wat vraagt men?"),
            poster=self._poster(),
            canonical_url=self.request.build_absolute_uri("/"),
            **kwargs,
        )
