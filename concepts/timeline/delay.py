"""How much later something came than it was announced for, in words."""

from eerstelijn.dates import SourceDate

DAYS_IN_MONTH = 365.25 / 12


def delay(promised: SourceDate, real: SourceDate) -> str:
    """From the last day of the promise to the first of what happened; "" where it was not later.

    About: the words say no more than dates that are a month or a season can bear. Days are counted
    only from a day that was promised.
    """
    if promised.latest is None or real.earliest is None or real.earliest <= promised.latest:
        return ""
    days = (real.earliest - promised.latest).days
    months = round(days / DAYS_IN_MONTH)
    if months < 1:
        if not promised.is_day:
            return "na de beloofde periode"
        return "één dag later" if days == 1 else f"{days} dagen later"
    if months == 1:
        return "ongeveer een maand later"
    if months == 6:
        return "ongeveer een half jaar later"
    if months < 12:
        return f"ongeveer {months} maanden later"
    if months < 18:
        return "ongeveer een jaar later"
    return f"ongeveer {round(months / 12)} jaar later"
