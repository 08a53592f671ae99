"""What a date that an editor types is taken for, said beside its field: while typing by the script
(reading.js), and by the server wherever the form is shown. The same words both times."""

from django import forms
from django.core.exceptions import ValidationError
from django.http import JsonResponse
from django.urls import reverse

from eerstelijn.datelabels import UnreadDate, WrongDate, long_date
from eerstelijn.dates import ASK, GOES_ON, PERIOD, SourceDate

#: A date that has only a label, with a first and a last day; and a field for one day.
IN_A_PERIOD, A_DAY = "periode", "dag"
#: What a field for a day says of what is none.
NO_DAY = "Schrijf de dag als 31/12/2025 of 31-12-2025, met het jaar in vier cijfers."
#: The most of a label that is looked at; the columns keep less.
LONGEST = 200


def reading(label, edge):
    """What is said of a label, and whether days were read in it; None of an empty one.

    `edge` is the date that the field is of, as in `dates.clean_edge`.
    """
    label = " ".join(label[:LONGEST].split())
    if not label:
        return None
    if edge == A_DAY:
        return _day(label)
    try:
        date = SourceDate.parse(label, "" if edge == IN_A_PERIOD else edge)
    except WrongDate as wrong:
        return _refused(str(wrong))
    except UnreadDate as unread:
        what = PERIOD if edge == IN_A_PERIOD else ASK
        return _refused(" ".join(filter(None, [str(unread), what, GOES_ON.get(edge)])))
    if edge == IN_A_PERIOD and not (date.earliest and date.latest):
        return _refused(PERIOD)
    return {"said": f"Je bedoelt: {in_words(date)}.", "is_read": True}


def _day(text):
    try:
        return {"said": f"Je bedoelt: {long_date(forms.DateField().clean(text))}.", "is_read": True}
    except ValidationError:
        return _refused(NO_DAY)


def _refused(text):
    return {"said": text, "is_read": False}


def in_words(date):
    """A date with its days: "mei 2022, van 1 mei 2022 tot en met 31 mei 2022"."""
    first, last = (day and long_date(day) for day in (date.earliest, date.latest))
    if date.is_day:
        return first if date.label.lower() == first else f"{date.label}, dus {first}"
    if first and last:
        return f"{date.label}, van {first} tot en met {last}"
    return f"{date.label}, vanaf {first}" if first else f"{date.label}, tot en met {last}"


def says_more(label, told):
    """Whether a reading says more than the label itself does, to one who is not typing."""
    return told["said"] != f"Je bedoelt: {label}."


def attributes(edge):
    """What a field needs for the script to ask while one types."""
    return {"data-reading": reverse("admin:reading", query={"datum": edge})}


def reading_view(request):
    """What a label is taken for; the script asks it while an editor types."""
    told = reading(request.GET.get("tekst", ""), request.GET.get("datum", ""))
    return JsonResponse(told or {"said": "", "is_read": False})


class ReadsDates:
    """A form that says below its dates what they are taken for."""

    def reading_of(self, name):
        """What is said below a field; None for one of which nothing is read."""
        edge = _edge_of(self, name)
        label = self[name].value() if edge else ""
        told = reading(label, edge) if isinstance(label, str) else None
        if told is None or (not self.is_bound and not says_more(label, told)):
            return None
        return None if not told["is_read"] and _has_bounds(self, edge) else told


def _edge_of(form, name):
    widget = form.fields[name].widget
    url = getattr(widget, "attrs", {}).get("data-reading", "")
    return url.partition("datum=")[2]


def _has_bounds(form, edge):
    """Whether an editor said by hand what an unread label means."""
    names = (f"{edge}_{part}" for part in ("earliest", "latest", "unbounded"))
    return any(form[name].value() for name in names if name in form.fields)
