"""Changes at the government that were announced for a day that went by."""

from django.utils import timezone

from concepts.queues.base import Line, Queue, QueueGroup
from eerstelijn.desk.addresses import desk_url
from governance.models import ChangeEvent


class PassedEvents(Queue):
    name = "aangekondigde-veranderingen"
    place = 30
    group = QueueGroup.NOW
    title = "Aangekondigde verandering die voorbij is"
    about = "Staat nog op “aangekondigd”, en de dag is voorbij."
    help = "Ging het door? Zet de status op “gebeurd”, met een bron. Zo niet, pas de datum aan."
    columns = ("Verandering", "Soort", "Aangekondigd voor")
    model = ChangeEvent
    searched = ("name", "slug", "description")

    def rows(self):
        passed = ChangeEvent.objects.unanswered(timezone.localdate())
        return passed.order_by("date_latest", "slug")

    def lines(self, rows):
        return [
            Line(row.pk, row.name, desk_url(row), (row.get_kind_display(), str(row.date)))
            for row in rows
        ]
