"""Which source and which place in it an editor means by what they typed.

What exists is used, so that a place never stands twice; what does not exist is described, ready to
be saved. Whatever is unclear is asked in Dutch, as the error of a field.
"""

from django.core.exceptions import ValidationError
from django.db.models import Max, Q

from eerstelijn.desk.finding import best_first, folded
from eerstelijn.desk.nearby import nearly
from eerstelijn.dutch import fold
from governance.models import Citation, Source
from governance.typed_place import TypedPlace, read

#: The most sources, and the most places of one, that are suggested.
MOST_SOURCES, MOST_PLACES = 20, 200
#: How many candidates an error names.
NAMED = 3


def source_of(text):
    """The source that is called so: by its short title, its title, or its address."""
    named = Source.objects.filter(_called(text))
    if len(named) == 1:
        return named[0]
    if named:
        raise ValidationError(
            f"Zo heten {len(named)} bronnen. Typ de hele titel: "
            f"{_listed(source.name for source in named)}."
        )
    if len(found := sources_like(text)[:2]) == 1:
        return found[0]
    raise ValidationError(_unknown(text))


def _called(text):
    said = folded(text)
    called = Q(short_title__folded=said) | Q(name__folded=said)
    return called | Q(slug=said) if said.isascii() else called


def sources_like(text):
    """The sources with this in their titles, the best fit first."""
    said = folded(text)
    like = Q(short_title__folded__contains=said) | Q(name__folded__contains=said)
    return list(best_first(Source.objects.filter(like), text)[:MOST_SOURCES])


def _unknown(text):
    """That no single source is meant, with those that may be."""
    if found := sources_like(text)[:NAMED]:
        return f"Meer bronnen heten zo. Kies er een: {_listed(map(str, found))}."
    near = nearly(text, Source.objects.order_by().values_list("short_title", flat=True))
    meant = f" Bedoel je “{near}”?" if near else ""
    return f"We kennen geen bron “{text}”.{meant} Is ze nieuw, maak dan eerst de bron."


def _listed(names):
    return ", ".join(f"“{name}”" for name in [*names][:NAMED])


def place_of(source, text):
    """The place of a source that is meant: one that exists, or a new one that is not saved yet."""
    known = list(Citation.objects.filter(source=source).select_related("source"))
    said = fold(text)
    for place in known:
        if said in (fold(place.place), fold(place.location), fold(str(place))):
            return place
    typed = read(text)
    if place := _same(known, typed):
        return place
    place = Citation(
        source=source,
        section=typed.section,
        heading=typed.heading,
        footnote=typed.footnote,
        page=typed.page,
        position=_last(source) + 1,
    )
    place.full_clean(exclude=["source"])
    return place


def _same(known, typed):
    """The one place that has all that was typed; asked where more have it, and none just that."""
    if not (typed.section or typed.heading or typed.footnote):
        return None  # a page alone is no place, and the place itself says so
    fits = [
        place
        for place in known
        if typed.footnote == place.footnote
        and (not typed.section or typed.section == place.section)
        and (not typed.heading or fold(typed.heading) == fold(place.heading))
    ]
    for place in fits:
        if place.section == typed.section and fold(place.heading) == fold(typed.heading):
            return place
    if len(fits) > 1:
        raise ValidationError(
            f"Zo zijn er {len(fits)}. Typ er meer bij: {_listed(place.place for place in fits)}."
        )
    return next(iter(fits), None)


def _last(source):
    return Citation.objects.filter(source=source).aggregate(last=Max("position"))["last"] or 0


def made(place):
    """The place, saved; another row of the same form may just have made it."""
    unique = {name: getattr(place, name) for name in ("source", "section", "heading", "footnote")}
    others = {"page": place.page, "position": place.position}
    found, _ = Citation.objects.get_or_create(**unique, defaults=others)
    return found


def in_words(place):
    """What becomes of what was typed, for the one who typed it."""
    if place.pk:
        return f"Deze plaats bestaat al, we gebruiken ze: {place}."
    parts = TypedPlace(place.section, place.heading, place.footnote, place.page).in_words
    return f"Je bedoelt: {place.source.short_title}, {parts}. Ze komt erbij als je opslaat."
