"""A whole version as data: every statement with its value, its dates and its sources."""

from concepts.reading import statements_of
from eerstelijn.pages.export import in_text, in_words

COLUMNS = (
    *("concept", "versie", "id", "soort", "waarde", "geldig_van", "geldig_tot", "toelichting"),
    "bronnen",
)


def record_data(version, absolute):
    """One record as the contract gives it; `absolute` turns a path into a full address."""
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
        }


def source_data(citation, absolute):
    return citation.as_data(absolute)
