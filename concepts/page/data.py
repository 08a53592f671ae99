"""A whole version as data: every statement with its value, its dates and its sources."""

from concepts.models import Ownership
from concepts.page.onday import holds
from concepts.reading import statements_of
from eerstelijn.pages.export import in_text, in_words

COLUMNS = (
    *("concept", "versie", "id", "soort", "waarde", "geldig_van", "geldig_tot", "toelichting"),
    "bronnen",
)
#: The same of a chosen day.
DAY_COLUMNS = (*COLUMNS, "peildatum", "geldt")


def record_data(version, absolute, on_day=None):
    """One record as the contract gives it; `absolute` turns a path into a full address.

    `on_day` is what a chosen day left of the version (`OnDay`): then each statement says whether it
    held, and an owner what its service was that day.
    """
    return {
        "slug": version.concept.slug,
        "naam": version.name,
        "afkorting": version.abbreviation or None,
        "soort_record": version.concept.record_kind,
        "soort": version.kind,
        "samenvatting": version.summary,
        "versie": version.number,
        "stand_van_de_bronnen": version.sources_as_of,
        "nagekeken_op": version.reviewed_on,
        "peildatum": on_day.day if on_day else None,
        "url": absolute(version.get_absolute_url()),
        "uitspraken": [
            {
                "id": f"{name}-{row.key}",
                "soort": name,
                "waarde": row.as_data(),
                "geldig_van": row.start.as_data(),
                "geldig_tot": row.end.as_data(),
                "toelichting": row.note or None,
                "bronnen": [source_data(citation, absolute) for citation in row.citations.all()],
                **(_that_day(row, on_day) if on_day else {}),
            }
            for name, row in statements_of(version)
        ],
    }


def record_rows(data):
    """The statements of a record as rows of text, for CSV."""
    for row in data["uitspraken"]:
        yield {
            "concept": data["slug"],
            "versie": data["versie"],
            "id": row["id"],
            "soort": row["soort"],
            "waarde": in_words(row["waarde"]),
            "geldig_van": in_text(row["geldig_van"]),
            "geldig_tot": in_text(row["geldig_tot"]),
            "toelichting": row["toelichting"],
            "bronnen": [in_text(source) for source in row["bronnen"]],
            "peildatum": data["peildatum"],
            "geldt": row.get("geldt"),
        }


def _that_day(row, on_day):
    """What data say of a statement that stands there on a day."""
    said = {"geldt": holds(row, on_day.day)}
    if isinstance(row, Ownership) and row.agency:
        there = on_day.owners.there(row)
        said["dienst_op_peildatum"] = there.slug if there else None
    return said


def source_data(citation, absolute):
    return citation.as_data(absolute)
