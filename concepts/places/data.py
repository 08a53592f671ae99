"""Municipalities as the data formats give them (contract, "Formats")."""

from concepts.finder.rows import unique
from eerstelijn.pages.parts import sources_data


def listed(lookup, everyone, question, request):
    """The municipalities that were found, or all of that day."""
    hits = [hit.area for hit in lookup.hits] if lookup else everyone
    notes = {hit.area.pk: hit.notes for hit in lookup.hits} if lookup else {}
    day = question.as_of.day
    return {
        "aantal": len(hits),
        "peildatum": day,
        "q": question.cleaned_data["q"],
        "gezocht_als": lookup.corrected or None if lookup else None,
        "zeker": bool(lookup.only) if lookup else None,
        "gebieden": [
            {
                "slug": area.slug,
                "naam": area.name_on(day),
                "soort": area.kind.slug,
                "url": request.build_absolute_uri(area.get_absolute_url()),
            }
            for area in (lookup.areas if lookup else ())
        ],
        "resultaten": [
            {
                "nis": area.nis,
                "slug": area.slug,
                "naam": area.name_on(day),
                "postcodes": area.postcodes,
                "geldig_van": area.starts_on,
                "geldig_tot": area.valid_until,
                "gegevens_van": area.valid_from,
                "opmerkingen": notes.get(area.pk, []),
                "url": request.build_absolute_uri(area.get_absolute_url()),
            }
            for area in hits
        ],
    }


def municipality_data(page, absolute):
    """A municipality on a day, with every concept that reaches it or may do so."""
    area = page.area
    return {
        "nis": area.nis,
        "slug": area.slug,
        "naam": page.name,
        "peildatum": page.as_of.day,
        "bestaat": page.exists,
        "geldig_van": area.starts_on,
        "geldig_tot": area.valid_until,
        "gegevens_van": area.valid_from,
        "in_plaats_daarvan": [other.nis for other in page.instead],
        "url": absolute(area.get_absolute_url()),
        "postcodes": area.postcodes,
        "buren": [other.nis for other in page.neighbours],
        "ligging": list(_around(page, absolute)),
        "veranderingen": [
            {
                "wat": change.event.name,
                "soort": change.event.kind,
                "datum": change.event.date.as_data(),
                "bronnen": sources_data([change.event], absolute),
            }
            for change in page.changes
        ],
        "veranderd": page.changed.as_data(absolute),
        "aantal_per_dekking": page.counts if page.exists else {},
        "concepten": list(_concepts(page, absolute)),
        "partners": [
            {
                "partner": row.partner.slug,
                "partnertype": row.partner.type.slug,
                "zeker_of_gepland": len(row.located),
                "niet_vermeld": len(row.unstated),
            }
            for row in (page.asked if page.exists else ())
        ],
    }


def _around(page, absolute):
    """What a municipality lies in, that day and on others."""
    for division in page.divisions:
        for around in [*division.now, *division.other_days]:
            yield {
                "soort": division.kind.slug,
                "gebied": around.area.slug,
                "naam": around.name,
                "deel": around.part or None,
                "geldig_van": division.kind.start(around.valid_from),
                "geldig_tot": around.valid_until,
                "geldt": around in division.now,
                "bronnen": sources_data(around.statements, absolute),
            }


def _concepts(page, absolute):
    if not page.exists:
        return
    for item in page.reached.every_item():
        yield from item.as_data(absolute, page.link_of(item))


def municipality_rows(page, absolute):
    """The concepts of a municipality as the rows of a CSV: their header, and the rows."""
    header = (
        "nis gemeente peildatum concept naam dekking gebied via verwoording dienst partners "
        "bronnen url"
    ).split()
    rows = (
        {
            **concept,
            "nis": page.area.nis,
            "gemeente": page.name,
            "peildatum": page.as_of.day,
            "concept": concept["slug"],
            "partners": [row["partner"] for row in concept["partners"]],
            "bronnen": unique(f"{row['bron']}, {row['plaats']}" for row in concept["bronnen"]),
        }
        for concept in _concepts(page, absolute)
    )
    return header, ([row[column] for column in header] for row in rows)
