"""Why the page of a place says little of a day: it was not there, or our data begin later."""

from eerstelijn.dates import long_date
from governance.models import CoverageArea


def place_absences(filterset):
    """A sentence for each place that was not there that day, or for which the data begin later."""
    return _read(_chosen(filterset), filterset.day)


def absences_kept(filterset):
    """The same of one place, read once for as long as the list holds: most questions name one."""
    if len(chosen := _chosen(filterset)) != 1:
        return _read(chosen, filterset.day)
    name = f"absence of {chosen[0]} on {filterset.day}"
    return filterset.tally.beside(name, lambda: _read(chosen, filterset.day))


def _chosen(filterset):
    return [option.pk for key in filterset.place_keys for option in filterset.active[key]]


def _read(chosen, day):
    if not chosen:
        return []
    areas = CoverageArea.objects.filter(pk__in=chosen).select_related("kind")
    return [absence for area in areas if (absence := _absence(area, day))]


def _absence(area, day):
    kind = area.kind
    if kind.data_from and day < kind.data_from:
        return (
            f"Onze gegevens over {kind.plural} beginnen op {long_date(kind.data_from)}. "
            f"Waar {area.name} op {long_date(day)} lag, weten we niet."
        )
    if area.valid_until and area.valid_until < day:
        return (
            f"{area.name} bestond tot en met {long_date(area.valid_until)}. We kijken naar het "
            "gebied dat ervoor in de plaats kwam."
        )
    if area.valid_from and day < area.valid_from:
        return f"{area.name} bestaat pas sinds {long_date(area.valid_from)}."
    return ""
