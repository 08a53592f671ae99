"""What an editor put aside when a service or a municipality changed."""

from django.contrib.auth.models import User
from django.db.models import Prefetch

from concepts.models import Concept, ToCheck
from concepts.queues.base import Line, Queue
from concepts.queues.narrowing import Filter
from eerstelijn.desk.addresses import desk_url
from eerstelijn.desk.forms import name_of


class PutAside(Queue):
    name = "na-te-kijken"
    place = 25
    title = "Opzijgezet bij een verandering"
    about = "Wat iemand aanvinkte toen een dienst of gemeente veranderde."
    help = "Lees na of het nog klopt, en vul daarna bij “nagekeken op” de dag in."
    columns = ("Wat", "Door welke verandering", "Voor wie", "Sinds")
    model = ToCheck
    searched = (
        *("concept__slug", "concept__versions__name", "decree__short_title", "area__name"),
        "event__name",
    )
    filters = (Filter("wie", "Voor wie", "editor", User, named_by="username"),)

    def rows(self):
        titled = Prefetch("concept", Concept.objects.with_title())
        waiting = ToCheck.objects.filter(done_on=None)
        joined = waiting.select_related("event", "editor", "decree", "area")
        return joined.prefetch_related(titled).order_by("since", "pk")

    def lines(self, rows):
        return [
            Line(
                row.pk,
                str(row.target),
                desk_url(row),
                (
                    row.event.name,
                    name_of(row.editor) if row.editor else "",
                    f"{row.since:%d/%m/%Y}",
                ),
            )
            for row in rows
        ]
