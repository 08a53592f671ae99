"""Why the page of a place says little of a day: it was not there, or our data begin later."""

from eerstelijn.dates import long_date
from governance.models import CoverageArea


def place_absences(filterset):
    """A sentence for each place that was not there that day, or for which the data begin later."""
    if not filterset.place_keys:
        return []
    chosen = [option.pk for key in filterset.place_keys for option in filterset.active[key]]
    areas = CoverageArea.objects.filter(pk__in=chosen).select_related("kind")
    return [absence for area in areas if (absence := _absence(area, filterset.day))]


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
