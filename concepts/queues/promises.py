"""What was announced for a day that went by, of which the site says no outcome."""

from django.utils import timezone

from concepts.models import Concept, Milestone, Status
from concepts.queues.base import Line, Queue, QueueGroup
from concepts.queues.narrowing import names_of_a_version, of_a_version
from eerstelijn.desk.addresses import url_of


class Promises(Queue):
    name = "aangekondigde-data"
    place = 20
    group = QueueGroup.NOW
    title = "Aangekondigd, en de dag is voorbij"
    about = "Mijlpalen waarvan we de afloop nog niet weten."
    help = "Zoek op wat ervan werd, en zet de afloop met haar bron in een werkversie."
    columns = ("Concept", "Aangekondigd voor", "Wat")
    model = Milestone
    searched = ("title", *names_of_a_version("version__"))
    filters = of_a_version("version__")

    def rows(self):
        passed = Milestone.objects.unanswered(timezone.localdate())
        passed = passed.filter(version__status=Status.PUBLISHED)
        return passed.select_related("version__concept").order_by("date_latest", "pk")

    def lines(self, rows):
        return [
            Line(
                row.pk,
                row.version.name,
                url_of(Concept, row.version.concept_id),
                (str(row.date), row.title),
                f"{row.version.get_absolute_url()}#mijlpalen",
            )
            for row in rows
        ]
