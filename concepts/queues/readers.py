"""What readers reported and nobody answered yet."""

from concepts.queues.base import Line, Queue, QueueGroup
from eerstelijn.dates import day_of
from eerstelijn.desk.addresses import desk_url
from eerstelijn.reports.models import Report


class Readers(Queue):
    name = "meldingen"
    place = 5
    group = QueueGroup.NOW
    title = "Meldingen van lezers"
    about = "“Klopt er iets niet?” Kijk het na, en zeg wat je ermee deed."
    help = (
        "Open een melding, kijk ze na, en kies “aangepast” of “niet gevolgd”. Lezers zien dat "
        "besluit en nooit de melding zelf. Na 90 dagen verdwijnt een melding."
    )
    columns = ("Melding", "Over", "Ontvangen")
    model = Report
    searched = ("text", "about")

    def rows(self):
        return Report.objects.filter(outcome=None).order_by("received_at", "pk")

    def lines(self, rows):
        return [
            Line(
                report.pk,
                f"{report.text[:120]}…" if len(report.text) > 120 else report.text,
                desk_url(report),
                (report.about or "de site", f"{day_of(report.received_at):%d/%m/%Y}"),
                report.about,
            )
            for report in rows
        ]
