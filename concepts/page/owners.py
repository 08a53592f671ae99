"""Who a concept is of, in the words of a page: as it is today, or as it was on a day.

The two answer the same questions about an ownership, so that no page asks which day it is about.
"""

import datetime as dt

from concepts.finder.rows import owner_names, owner_on
from eerstelijn.onday import began_after, is_over


class OwnersToday:
    """Owners as they are called today; `present` and `changes` are as in `Shared`."""

    #: What stands over the body that an owner went on in.
    when = "Vandaag"
    #: The day that it is about; None for today.
    day = None

    def __init__(self, present, changes):
        self.present = present
        self._changes = changes

    def of(self, version):
        """The statement that says whose a version is; None where nobody had it that day."""
        return owner_on(version, self.day)

    def former(self, version):
        """Whose it was, where it is nobody's that day as far as the sources go."""
        if self.of(version):
            return ""
        over = [row for row in version.ownerships.all() if row.end]
        last = max(over, key=lambda row: row.end.latest or dt.date.max, default=None)
        return f"Tot en met {last.end} van: {self.name(last)}." if last else ""

    def name(self, ownership):
        """What an owner is called."""
        return owner_names(ownership, self.present)[0]

    def body(self, ownership):
        """The body that an owner went on in; None while it is the one that the source names."""
        return self.present.get(ownership.agency_id)

    def changes(self, ownership):
        """The changes by which it did, with their sources."""
        return self._changes.get(ownership.agency_id, [])

    def ended(self, agency):
        """When the service that the source names ended."""
        return agency.end

    def remark(self, ownership):
        """What else there is to say of it."""
        return ""

    def says(self, ownership):
        """What says whose it is: after a merger that is the change, not what was before."""
        return self.changes(ownership) or [ownership]

    def note(self, ownership):
        """Since when the owner has it, and whom the sources still name."""
        agency = ownership.agency
        if body := self.body(ownership):
            if _followed(agency.end, body.start):
                return f"Sinds {body.start}; daarvoor {agency.name}, zoals de bronnen nog zeggen."
            since = f"Sinds {body.start}. " if body.start else ""
            return f"{since}De bronnen noemen nog {agency.name}."
        if ownership.start:
            return f"Sinds {ownership.start}."
        return (
            f"Dit {agency.get_kind_display()} bestaat sinds {agency.start}."
            if (agency and agency.start)
            else ""
        )


def _followed(end, start):
    """Whether one began the day after another ended."""
    return end.latest and start.earliest and (start.earliest - end.latest).days == 1


class OwnersOnDay(OwnersToday):
    """Owners as they were called on a day; `lines` is the succession of all services."""

    when = "Op die dag"

    def __init__(self, day, lines, changes):
        super().__init__({}, changes)
        self.day = day
        self.lines = lines

    def _on_day(self, ownership):
        return ownership.agency and self.lines.body(ownership.agency, self.day)

    def there(self, ownership):
        """The body that stood there that day for its service; None when none did."""
        body = self._on_day(ownership)
        return body and body.there

    def name(self, ownership):
        if ownership is None or ownership.agency is None:
            return super().name(ownership)
        there = self.there(ownership)
        return there.name if there else ""

    def body(self, ownership):
        body = self._on_day(ownership)
        return body.there if body and body.is_another else None

    def changes(self, ownership):
        """Those that came by that day, if they made another body of it."""
        if not self.body(ownership):
            return []
        return [each for each in self._all(ownership) if not began_after(each.date, self.day)]

    def later(self, ownership):
        """The changes of its service that came after the day."""
        return [each for each in self._all(ownership) if began_after(each.date, self.day)]

    def _all(self, ownership):
        return super().changes(ownership)

    def ended(self, agency):
        """Nobody knew that day of an end that was still to come."""
        return agency.end if is_over(agency.end, self.day) else None

    def remark(self, ownership):
        """That its service was not there that day, or that the sources leave that open."""
        body = self._on_day(ownership)
        if body is None:
            return ""
        if body.there:
            return body.doubt and f"{body.there.name} {_small(body.doubt)}"
        if not began_after(body.named.start, self.day):
            return f"{body.named.name} bestond op die dag niet meer."
        said = f"{body.named.name} bestond op die dag nog niet."
        if not body.before:
            return said
        names = " en ".join(each.name for each in body.before)
        return f"{said} Ervoor was er {names}."

    def note(self, ownership):
        """The same in short, with who came after."""
        parts = [getattr(ownership, "doubt", ""), self.remark(ownership)]
        body = self._on_day(ownership)
        if body is None or (body.there and not body.doubt):
            parts.append(super().note(ownership))
        if body and body.after:
            after = body.after
            parts.append(f"Na deze dag: {after.start}, {after.name}.")
        return " ".join(filter(None, parts))


def _small(sentence):
    return sentence[:1].lower() + sentence[1:]
