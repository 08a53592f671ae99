"""How the desk finds a record by typing: without accents, and the best fit first."""

import unicodedata

import pytest
from django.urls import reverse

from concepts.models import Concept, ConceptVersion
from governance.models import Agency, Partner
from tests.desk import editor, list_url
from tests.factories import (
    AgencyFactory,
    CitationFactory,
    ConceptVersionFactory,
    DecreeFactory,
    PartnerFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(client):
    client.force_login(editor("redacteur"))
    return client


def offered(desk, field, typed):
    """What the search list of a field offers, in its order."""
    app, model, name = field.split(".")
    question = {"app_label": app, "model_name": model, "field_name": name, "term": typed}
    answer = desk.get(reverse("admin:autocomplete"), question)
    assert answer.status_code == 200
    return [row["text"] for row in answer.json()["results"]]


#: Quotes that hold nothing together.
QUOTES = ['"', "'", '""', "''", '" "', "\"'", "' \""]


def test_what_begins_with_what_was_typed_comes_first(desk):
    for name in ("Advocatuur", "Experts in casussen", "Bureau CA", "VAPH-cahier", "CAW"):
        PartnerFactory(name=name)

    names = offered(desk, "concepts.participation.partner", "ca")

    assert names == ["CAW", "Bureau CA", "Experts in casussen", "VAPH-cahier", "Advocatuur"]


def test_an_abbreviation_comes_before_a_name(desk):
    AgencyFactory(name="Oproep", abbreviation="")
    AgencyFactory(name="Agentschap Opgroeien", abbreviation="AO")
    AgencyFactory(name="Zorg en gezin", abbreviation="OPZ")
    AgencyFactory(name="Stoop", abbreviation="")

    names = offered(desk, "concepts.ownership.agency", "op")

    assert names == ["Zorg en gezin", "Oproep", "Agentschap Opgroeien", "Stoop"]


def test_a_concept_is_found_by_its_abbreviation_once(desk):
    for name, abbreviation in (("Aan de GBO-tafel", ""), ("Geïntegreerd breed onthaal", "GBO")):
        words = {"name": name, "abbreviation": abbreviation}
        public = ConceptVersionFactory(published=True, **words)
        ConceptVersionFactory(concept=public.concept, number=2, **words)

    names = offered(desk, "concepts.conceptrelation.other", "gbo")

    assert names == ["Geïntegreerd breed onthaal", "Aan de GBO-tafel"]


def test_an_act_and_a_place_in_a_source_too(desk):
    DecreeFactory(name="Wet op het decreet", short_title="Afsprakenwet")
    DecreeFactory(name="Decreet lokaal beleid", short_title="Lokaal decreet")
    CitationFactory(section="12.1.2", heading="")
    CitationFactory(section="2.1", heading="Onthaal")

    acts = offered(desk, "concepts.legalbasis.decree", "decreet")
    places = offered(desk, "governance.agency.citations", "2.1")

    assert acts == ["Lokaal decreet", "Afsprakenwet"]
    assert ["12.1" in place for place in places] == [False, True]


@pytest.mark.parametrize("typed", ["(", "[a", "\\", "a*", "%", "_", "a'", *QUOTES])
def test_signs_are_only_signs(desk, typed):
    PartnerFactory(name=f"Huis {typed} hof")
    PartnerFactory(name="Ander huis")

    assert offered(desk, "concepts.participation.partner", typed) == [f"Huis {typed} hof"]


@pytest.mark.parametrize("typed", QUOTES)
def test_quotes_around_nothing_are_signs_in_a_list_too(desk, typed):
    PartnerFactory(name=f"Huis {typed} hof")
    PartnerFactory(name="Ander huis")

    page = desk.get(list_url(Partner), {"q": typed})

    assert [partner.name for partner in page.context["cl"].queryset] == [f"Huis {typed} hof"]


def test_quotes_around_words_hold_them_together(desk):
    PartnerFactory(name="Huis van het kind")
    PartnerFactory(name="Het kind van het huis")

    assert offered(desk, "concepts.participation.partner", '"huis van"') == ["Huis van het kind"]


def test_nothing_typed_keeps_the_usual_order(desk):
    for name in ("Bakker", "Apotheek"):
        PartnerFactory(name=name)

    assert offered(desk, "concepts.participation.partner", "") == ["Apotheek", "Bakker"]


WRITTEN = ["coördinatie", "coordinatie", "COÖRDINATIE", "COORDINATIE"]
WRITTEN.append(unicodedata.normalize("NFD", "coördinatie"))


@pytest.mark.parametrize("typed", WRITTEN)
@pytest.mark.parametrize("stored", ["NFC", "NFD"])
def test_accents_count_for_nothing(desk, typed, stored):
    name = unicodedata.normalize(stored, "Lokale coördinatie")
    PartnerFactory(name=name)
    version = ConceptVersionFactory(name=name)
    AgencyFactory(name="Coordinatoren")

    assert offered(desk, "concepts.participation.partner", typed) == [name]
    for model, count in ((Partner, 1), (ConceptVersion, 1), (Concept, 1), (Agency, 0)):
        page = desk.get(list_url(model), {"q": typed})
        assert page.context["cl"].result_count == count, model
    assert version.concept in desk.get(list_url(Concept), {"q": typed}).context["cl"].queryset


def test_the_number_of_questions_does_not_grow(desk, django_assert_num_queries):
    for number in range(15):
        PartnerFactory(name=f"Casus {number}")
    offered(desk, "concepts.participation.partner", "ca")

    # The session, the user, their second step, two for their rights, the count and the rows.
    with django_assert_num_queries(7):
        offered(desk, "concepts.participation.partner", "ca")
