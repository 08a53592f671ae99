"""What a change of services touches: what may go over to a successor, row by row.

Which kinds there are says the desk (`touching`): those of concepts stand a floor higher.
"""

from dataclasses import dataclass

from django.contrib.admin.models import CHANGE
from django.db.models import Max

from eerstelijn.desk.addresses import desk_url
from governance.models import Agency, AgencyTask, Partner
from governance.succession.carrying_out import Changed, of_row
from governance.succession.kinds import HANDED_OVER


@dataclass
class Row:
    """One thing that is touched, and whether its box is ticked before anybody thought of it."""

    pk: int
    label: str
    url: str = ""
    #: Why it is ticked, or is not.
    reason: str = ""
    is_ticked: bool = False
    #: Whether there is anything to choose.
    is_open: bool = True


class Touching:
    """A kind of thing that a change touches."""

    #: The word that its boxes begin with.
    key = ""
    title = ""
    #: What its title says where nothing can go over.
    title_without = ""
    #: What the box means.
    means = ""
    #: Its plural, for the line that says what is not touched.
    plural = ""
    #: Whether it goes over to one of the successors; else its box has no successor to it.
    goes_over = True

    def meaning(self, change):
        """What the box means in a change; where nothing is done yet, that."""
        waits = self.goes_over and not change.is_done
        return "Gaat pas over als het zover is." if waits else self.means

    def rows(self, change):
        """The rows that a change touches; it asks no more queries with more of them."""
        raise NotImplementedError

    def carry_out(self, change, pk, successor, user):
        """Do what a box says; answers with what changed, for the log. Gone meanwhile: nothing."""
        raise NotImplementedError


class Divisions(Touching):
    key = "onderdeel"
    title = "Onderdelen: welke gaan mee?"
    title_without = "Onderdelen: kijk ze zelf na"
    means = "Vallen voortaan onder de opvolger."
    plural = "onderdelen"

    def rows(self, change):
        above = set()
        for agency in change.after:
            while agency is not None and agency.pk not in above:
                above.add(agency.pk)
                agency = agency.parent
        for division in self._divisions(change):
            row = Row(division.pk, str(division), desk_url(division))
            row.is_open = division.pk not in above
            row.is_ticked = row.is_open and change.kind.all_goes_over
            row.reason = "" if row.is_open else "is zelf de opvolger, of staat erboven"
            yield row

    def _divisions(self, change):
        found = Agency.objects.filter(parent__in=change.leaving).order_by("name")
        return [division for division in found if not division.has_ended]

    def carry_out(self, change, pk, successor, user):
        division = Agency.objects.filter(pk=pk, parent__in=change.before).first()
        if division is None:
            return []
        division.parent = successor
        division.save(update_fields=["parent"])
        return [Changed(division, CHANGE, [{"changed": {"fields": ["deel van"]}}])]


class Tasks(Touching):
    key = "taak"
    title = "Taken: welke gaan over?"
    title_without = "Taken: kijk ze zelf na"
    means = "Staan voortaan bij de opvolger. Wat voorbij is, laat je staan."
    plural = "taken"

    def rows(self, change):
        tasks = AgencyTask.objects.filter(agency__in=change.leaving).select_related("agency")
        for task in tasks.order_by("agency__name", "position"):
            whose = f" ({task.agency})" if len(change.leaving) > 1 else ""
            yield Row(
                task.pk,
                f"{task}{whose}",
                desk_url(task.agency),
                is_ticked=change.kind.all_goes_over,
            )

    def carry_out(self, change, pk, successor, user):
        tasks = AgencyTask.objects.filter(pk=pk, agency__in=change.before)
        task = tasks.select_related("agency").first()
        if task is None or task.agency == successor:
            return []
        former, said = task.agency, of_row(task)
        taken = successor.tasks.values_list("key", flat=True)
        task.key = _free(task.key, set(taken), 60)
        task.position = (successor.tasks.aggregate(last=Max("position"))["last"] or 0) + 1
        task.agency = successor
        task.save(update_fields=["agency", "key", "position"])
        return [
            Changed(former, CHANGE, [{"deleted": said}]),
            Changed(successor, CHANGE, [{"added": said}]),
        ]


class Partners(Touching):
    key = "partner"
    title = "Partners: krijgen ze de nieuwe dienst?"
    title_without = "Partners: kijk ze zelf na"
    means = "De partner wordt voortaan de opvolger. Een dienst is hoogstens één partner."
    plural = "partners"

    def rows(self, change):
        if change.kind is HANDED_OVER:
            return
        taken = Partner.objects.filter(agency__in=[a.pk for a in change.after if a.pk]).exists()
        partners = Partner.objects.filter(agency__in=change.ending).order_by("name")
        for number, partner in enumerate(partners):
            row = Row(partner.pk, str(partner), desk_url(partner))
            if taken and len(change.after) == 1:
                row.is_open, row.reason = False, "de opvolger is al een partner"
            elif number:
                row.reason = "een dienst is maar één partner"
            else:
                row.is_ticked = change.kind.all_goes_over
            yield row

    def carry_out(self, change, pk, successor, user):
        partner = Partner.objects.filter(pk=pk, agency__in=change.before).first()
        if partner is None or Partner.objects.filter(agency=successor).exists():
            return []
        partner.agency = successor
        partner.save(update_fields=["agency"])
        return [Changed(partner, CHANGE, [{"changed": {"fields": ["is de dienst"]}}])]


def _free(key, taken, longest):
    """A key that nobody has yet."""
    free, number = key, 2
    while free in taken:
        suffix = f"-{number}"
        free, number = key[: longest - len(suffix)] + suffix, number + 1
    return free


DIVISIONS, TASKS, PARTNERS = Divisions(), Tasks(), Partners()
