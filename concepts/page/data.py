"""A whole version as data: every statement with its value, its dates and its sources."""

from django.db.models import Prefetch

from concepts.models import (
    STATEMENT_KINDS,
    Access,
    Audience,
    ConceptRelation,
    Coverage,
    KeyFigure,
    LegalBasis,
    Milestone,
    Ownership,
    Participation,
    Passage,
)
from governance.models import Citation

#: What each kind of statement shows of the records that it points to.
RELATED = {
    Ownership: ("policy_domain", "agency"),
    Participation: ("partner", "partner__type"),
    Coverage: ("scale",),
    Audience: ("target_group",),
    LegalBasis: ("decree",),
    ConceptRelation: ("other",),
}


def related_name(model):
    """The name under which a version holds the statements of a kind."""
    return model._meta.get_field("version").remote_field.related_name


def with_statements(versions):
    """Fetch versions with all their statements and citations, in a fixed number of queries."""
    citations = Prefetch("citations", Citation.objects.select_related("source"))
    prefetches = []
    for model in STATEMENT_KINDS.values():
        rows = model.objects.select_related(*RELATED.get(model, ())).prefetch_related(citations)
        if model is ConceptRelation:
            rows = rows.to_public()
        if model is Coverage:
            rows = rows.prefetch_related("territory")
        if model is Milestone:
            rows = rows.prefetch_related(
                Prefetch("outcome_citations", Citation.objects.select_related("source"))
            )
        prefetches.append(Prefetch(related_name(model), rows))
    return versions.select_related("concept").with_review().prefetch_related(*prefetches)


def statements_of(version):
    """Pairs of the name of a kind in data and a statement of it, in the order of the contract."""
    for name, model in STATEMENT_KINDS.items():
        for row in getattr(version, related_name(model)).all():
            yield name, row


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
                "waarde": VALUES[type(row)](row),
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
            "waarde": [
                f"{name}: {_plain(value)}"
                for name, value in row["waarde"].items()
                if value not in (None, "", [])
            ],
            "geldig_van": _plain(row["geldig_van"]),
            "geldig_tot": _plain(row["geldig_tot"]),
            "toelichting": row["toelichting"],
            "bronnen": [_plain(source) for source in row["bronnen"]],
        }


def _plain(value):
    """A part of a value as text: a date as its label, a place in a source as both its parts."""
    if isinstance(value, list):
        return ", ".join(_plain(part) for part in value)
    if isinstance(value, dict):
        return value["label"] if "label" in value else f"{value['bron']}, {value['plaats']}"
    if isinstance(value, bool):
        return "ja" if value else "nee"
    return "" if value is None else str(value)


def source_data(citation, absolute):
    return {
        "bron": citation.source.slug,
        "plaats": citation.place,
        "url": absolute(citation.get_absolute_url()),
    }


def _passage(row):
    return {"over": row.kind, "kort": row.headline or None, "tekst": row.text}


def _ownership(row):
    return {
        "domein": row.policy_domain.slug,
        "dienst": row.agency.slug if row.agency else None,
        "verwoording": row.wording or None,
    }


def _participation(row):
    return {
        "partner": row.partner.slug,
        "partnertype": row.partner.type.slug,
        "rol": row.role,
        "verwoording": row.wording or None,
    }


def _coverage(row):
    return {
        "schaal": row.scale.slug,
        "gebieden": [area.slug for area in row.territory.all()],
        "bereik": row.extent,
        "stand": row.status,
        "aantal": row.number,
        "verwoording": row.wording,
        "verwacht": row.expected.as_data(),
    }


def _access(row):
    return {"antwoord": row.answer, "uitleg": row.explanation}


def _audience(row):
    return {"doelgroep": row.target_group.slug, "verwoording": row.wording}


def _legal_basis(row):
    return {"regelgeving": row.decree.slug, "verband": row.role}


def _key_figure(row):
    whole = row.value == row.value.to_integral_value()
    return {
        "waarvan": row.label,
        "waarde": int(row.value) if whole else float(row.value),
        "eenheid": row.unit,
        "stand": row.date.as_data(),
    }


def _milestone(row):
    return {
        "wat": row.title,
        "datum": row.date.as_data(),
        "aangekondigd": row.is_announced,
        "afloop": row.outcome or None,
        "echte_datum": row.outcome_date.as_data(),
        "bronnen_van_de_afloop": [
            {"bron": citation.source.slug, "plaats": citation.place}
            for citation in row.outcome_citations.all()
        ],
    }


def _relation(row):
    return {"verband": row.kind, "concept": row.other.slug}


VALUES = {
    Passage: _passage,
    Ownership: _ownership,
    Participation: _participation,
    Coverage: _coverage,
    Access: _access,
    Audience: _audience,
    LegalBasis: _legal_basis,
    KeyFigure: _key_figure,
    Milestone: _milestone,
    ConceptRelation: _relation,
}
