"""Contradictions between sources of which the site follows no claim."""

from django.db.models import Exists, OuterRef

from concepts.models import Claim, Discrepancy
from concepts.queues.base import Line, Queue, QueueGroup, counted
from eerstelijn.desk.addresses import desk_url


class NoChoice(Queue):
    name = "tegenspraken"
    place = 80
    group = QueueGroup.SPARE
    title = "Tegenspraken zonder keuze"
    about = "Bronnen botsen en we volgen er geen. Niet kiezen mag: zet er dan bij waarom."
    help = "Kies welke bewering we volgen, of schrijf in de nota waarom we niet kiezen."
    columns = ("Wat botst", "Beweringen", "Nota")
    model = Discrepancy
    searched = ("title", "note", "claims__value", "concepts__versions__name")

    def rows(self):
        chosen = Claim.objects.filter(discrepancy=OuterRef("pk"), is_preferred=True)
        contradictions = Discrepancy.objects.filter(kind=Discrepancy.Kind.CONTRADICTION)
        return contradictions.filter(~Exists(chosen))

    def lines(self, rows):
        claims = counted(
            Claim.objects.filter(discrepancy__in=[row.pk for row in rows]), "discrepancy"
        )
        return [
            Line(
                row.pk,
                row.title,
                desk_url(row),
                (str(claims.get(row.pk, 0)), "met een nota" if row.note else "zonder nota"),
            )
            for row in rows
        ]
