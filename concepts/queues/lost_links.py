"""Links of the sources that lead nowhere any more."""

from django.db.models import Prefetch

from concepts.models import Concept, LostLink
from concepts.queues.base import Line, Queue, QueueGroup
from eerstelijn.desk.addresses import desk_url


class LostLinks(Queue):
    name = "verloren-links"
    place = 90
    group = QueueGroup.SPARE
    title = "Verloren links in de bronnen"
    about = "Links uit de bronnen waarvan we het adres niet vonden."
    help = (
        "Zoek het document, en zet het adres erbij. Bestaat het niet meer, zet dat dan als stand."
    )
    columns = ("Link", "Bij", "Stand")
    model = LostLink
    searched = ("text", "concept__slug", "concept__versions__name", "decree__short_title")

    def rows(self):
        return LostLink.objects.filter(state=LostLink.State.LOST).order_by("key")

    def lines(self, rows):
        links = LostLink.objects.filter(pk__in=[row.pk for row in rows]).select_related("decree")
        whole = links.prefetch_related(Prefetch("concept", Concept.objects.with_title())).in_bulk()
        found = [whole[row.pk] for row in rows if row.pk in whole]
        return [
            Line(
                link.pk,
                link.text,
                desk_url(link),
                (str(link.concept or link.decree or ""), link.get_state_display()),
            )
            for link in found
        ]
