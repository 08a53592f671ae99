"""Concepts that rest on something that changed since somebody last looked at them."""

from functools import cached_property

from concepts import elsewhere
from concepts.queues.base import QueueGroup
from concepts.queues.versions import VersionQueue

#: How many causes a row names; the others are counted.
SHOWN = 3


class Elsewhere(VersionQueue):
    name = "elders-veranderd"
    place = 10
    group = QueueGroup.NOW
    title = "Geraakt door een verandering elders"
    about = "Een dienst, gebied of regel waarop dit steunt, stopte, ging samen of heet nu anders."
    help = (
        "Lees na of het concept nog klopt. Zo niet, maak een werkversie; zo ja, vink het aan en "
        "noteer dat het nagekeken is."
    )
    columns = ("Concept", "Dienst", "Wat er veranderde", "Let op")
    can_be_reviewed = True

    @cached_property
    def touched(self):
        return elsewhere.touched()

    def rows(self):
        return self.published().filter(pk__in=list(self.touched))

    def said(self, version):
        causes = [change.cause for change in self.touched[version.pk]]
        more = len(causes) - SHOWN
        said = [*causes[:SHOWN], *([f"en nog {more}"] if more > 0 else [])]
        return ("; ".join(said),)
