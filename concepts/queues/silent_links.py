"""Web addresses of our records that do not lead anywhere any more."""

from concepts.queues.base import Line, Queue, QueueGroup
from eerstelijn.dates import day_of
from eerstelijn.desk.addresses import desk_url
from eerstelijn.links.addresses import records_with
from eerstelijn.links.models import CheckedLink


class SilentLinks(Queue):
    name = "stille-links"
    place = 85
    group = QueueGroup.SPARE
    title = "Webadressen die niet meer antwoorden"
    about = "Bij de laatste controle waren ze weg, of kwam er geen antwoord."
    help = (
        "Zoek het nieuwe adres, of zet bij een bron het adres van een bewaarde kopie. Wat je "
        "wijzigt, wordt bij de volgende controle opnieuw gevraagd."
    )
    columns = ("Bij", "Webadres", "Laatste antwoord", "Laatst gezien", "Gevraagd")
    model = CheckedLink
    searched = ("url", "problem")

    def rows(self):
        lost = (CheckedLink.State.GONE, CheckedLink.State.SILENT)
        return CheckedLink.objects.filter(state__in=lost).order_by("state", "url")

    def lines(self, rows):
        records = records_with(link.url for link in rows)
        return [
            Line(
                link.pk,
                ", ".join(map(str, records[link.url])),
                desk_url(records[link.url][0]),
                (
                    link.url,
                    link.answer,
                    f"{link.seen_on:%d/%m/%Y}" if link.seen_on else "nooit",
                    f"{day_of(link.checked_at):%d/%m/%Y}" if link.checked_at else "",
                ),
            )
            for link in rows
            if records[link.url]  # else it was taken away since, and goes with the next check
        ]
