"""What a date is taken for is said beside its field: while typing, and by the page itself."""

import pytest
from django.urls import reverse

from eerstelijn.desk.reading import A_DAY, IN_A_PERIOD, NO_DAY, reading
from governance.models import Agency, ChangeEvent
from tests.desk import add_url, change_url, editor, send
from tests.factories import (
    AgencyFactory,
    ConceptVersionFactory,
    ParticipationFactory,
    SourceFactory,
    columns,
)


@pytest.mark.parametrize(
    ("label", "edge", "said"),
    [
        ("1/1/2019", "start", "Je bedoelt: 1 januari 2019."),
        ("13 mrt 2023", "date", "Je bedoelt: 13 maart 2023."),
        ("mei 2022", "date", "Je bedoelt: mei 2022, van 1 mei 2022 tot en met 31 mei 2022."),
        ("2019", "end", "Je bedoelt: 2019, van 1 januari 2019 tot en met 31 december 2019."),
        (
            "sinds 2019",
            "start",
            "Je bedoelt: 2019, van 1 januari 2019 tot en met 31 december 2019.",
        ),
        ("voor 2020", "date", "Je bedoelt: voor 2020, tot en met 31 december 2019."),
        ("na 2024", "date", "Je bedoelt: na 2024, vanaf 1 januari 2025."),
        ("31/12/2025", A_DAY, "Je bedoelt: 31 december 2025."),
        ("maart 2023", IN_A_PERIOD, "Je bedoelt: maart 2023, van 1 maart 2023 tot en met"),
    ],
)
def test_what_was_understood(label, edge, said):
    told = reading(label, edge)

    assert told["is_read"]
    assert told["said"].startswith(said)


@pytest.mark.parametrize(
    ("label", "edge", "said"),
    [
        ("31/4/2023", "date", "De dag “31/4/2023” bestaat niet."),
        ("rond Pasen 2023", "date", "We lezen hier geen dag in. Vul bij de grenzen"),
        ("onbepaald", "end", "Loopt het nog, laat de datum dan leeg."),
        ("tot en met 2020", "start", "Dit is een einde, en dit veld is voor het begin."),
        ("maart 2023", A_DAY, "Schrijf de dag als 31/12/2025"),
        ("voor 2020", IN_A_PERIOD, "Schrijf een dag, een maand of een jaar."),
    ],
)
def test_what_was_not(label, edge, said):
    told = reading(label, edge)

    assert not told["is_read"]
    assert said in told["said"]


def test_of_nothing_nothing_is_said():
    assert reading("  ", "date") is None


@pytest.fixture
def desk(client, db):
    client.force_login(editor("redacteur"))
    return client


class TestOnThePage:
    """Without the script: where a form comes back, and where it shows what was saved before."""

    def test_of_a_form_that_comes_back(self, desk):
        response = send(desk, add_url(ChangeEvent), date_label="mei 2022", name="")

        said = "Je bedoelt: mei 2022, van 1 mei 2022 tot en met 31 mei 2022."
        assert response.status_code == 200
        assert f'id="id_date_label_gelezen" role="status">{said}</div>' in response.content.decode()

    def test_of_a_label_that_was_saved(self, desk):
        agency = AgencyFactory(**columns("start", "mei 2022"), **columns("end", "1 april 2024"))

        page = desk.get(change_url(agency)).content.decode()

        assert "Je bedoelt: mei 2022, van 1 mei 2022" in page
        assert "Je bedoelt: 1 april 2024" not in page  # it says no more than the label

    def test_bounds_that_were_given_by_hand_are_not_asked_again(self, desk):
        agency = AgencyFactory(start_label="rond Pasen 2023", start_earliest="2023-04-01")

        assert "We lezen hier geen dag in." not in desk.get(change_url(agency)).content.decode()

    def test_of_a_row_with_an_error(self, desk):
        row = ParticipationFactory(version=ConceptVersionFactory())

        url = change_url(row.version, "partners")
        typed = {"participations-0-start_label": "2019", "participations-0-partner": ""}
        page = send(desk, url, **typed).content.decode()

        assert 'id="id_participations-0-start_label_gelezen"' in page
        assert "Je bedoelt: 2019, van 1 januari 2019" in page

    def test_of_a_table_of_areas(self, client, db):
        client.force_login(editor("eindredacteur"))

        page = client.post("/beheer/governance/coveragearea/tabel/", {"vanaf": "1/1/2027"})

        said = 'id="id_vanaf_gelezen" role="status">Je bedoelt: 1 januari 2027.</div>'
        assert said in page.content.decode()

    def test_of_the_bar_of_a_queue(self, client, db):
        client.force_login(editor("eindredacteur"))
        ConceptVersionFactory(published=True)
        queue = "/beheer/lijst/nooit-nagekeken/"
        asked = client.get(queue).content.decode()

        page = client.post(queue, {"date": "1/2/2026", "review_before": "31/4/2026"})

        assert asked.count("data-reading=") == 2
        assert "eerstelijn/reading.js" in asked
        said = 'id="id_date_gelezen" role="status">Je bedoelt: 1 februari 2026.</div>'
        assert said in page.content.decode()
        assert (
            f'id="id_review_before_gelezen" role="status">{NO_DAY}</div>' in page.content.decode()
        )

    def test_of_the_state_of_the_sources(self, desk):
        version = ConceptVersionFactory(described_by=[SourceFactory()])

        page = send(desk, change_url(version), sources_as_of="2023", name="").content.decode()

        assert "Je bedoelt: 2023, van 1 januari 2023" in page


class TestAddress:
    def test_says_the_same(self, desk):
        answer = desk.get(reverse("admin:reading"), {"datum": "start", "tekst": "sinds 2019"})

        assert answer.json() == reading("sinds 2019", "start")

    @pytest.mark.parametrize(
        "question", [{}, {"tekst": "x"}, {"datum": "?", "tekst": "2019" * 500}, {"tekst": "²"}]
    )
    def test_answers_any_question(self, desk, question):
        assert desk.get(reverse("admin:reading"), question).status_code == 200

    def test_is_for_editors(self, client, db):
        assert client.get(reverse("admin:reading")).status_code == 302

    def test_stands_at_every_date_of_the_desk(self, desk):
        page = desk.get(add_url(Agency)).content.decode()

        assert page.count("data-reading=") == 6  # two labels, and the four bounds
