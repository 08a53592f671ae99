"""The event of a merger of municipalities, whoever tells it: a table or an editor."""

from eerstelijn.dates import long_date
from governance.models import ChangeEvent, ChangeSubject


def event_slug(nis, day):
    """The address of the merger by which a municipality came, or grew, that year."""
    return f"fusie-{nis}-{day.year}"


def merge(old, new, day, places, status=ChangeEvent.Status.DONE):
    """Note that a municipality went on in another; with the event, and whether that is news."""
    event, _ = ChangeEvent.objects.get_or_create(
        slug=event_slug(new.nis, day),
        defaults={
            "kind": ChangeEvent.Kind.MERGER,
            "status": status,
            "date_label": long_date(day),
            "date_earliest": day,
            "date_latest": day,
        },
    )
    event.citations.add(*places)
    before, after = ChangeSubject.Side.BEFORE, ChangeSubject.Side.AFTER
    event.subjects.get_or_create(side=after, key=f"na-{new.nis}", defaults={"area": new})
    _, is_new = event.subjects.get_or_create(
        side=before, key=f"voor-{old.nis}", defaults={"area": old}
    )
    if is_new:
        event.name = _name(event, new)
        event.save(update_fields=["name"])
    return event, is_new


def _name(event, new):
    """ "Bilzen en Hoeselt gaan op in Bilzen-Hoeselt"; who keeps its code is not named as old."""
    before = event.subjects.filter(side=ChangeSubject.Side.BEFORE).exclude(area=new)
    names = sorted(before.values_list("area__name", flat=True))
    if not names:
        return f"{new} neemt een gemeente op"
    verb = "gaan" if len(names) > 1 else "gaat"
    return f"{' en '.join(filter(None, [', '.join(names[:-1]), names[-1]]))} {verb} op in {new}"
