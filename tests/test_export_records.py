"""Records as data: in JSON and CSV every statement with its sources."""

import datetime as dt
from functools import partial

import pytest

from concepts.models import STATEMENT_KINDS, Milestone, Role
from tests.answers import rows_of_csv
from tests.factories import (
    STATEMENT_FACTORIES,
    CitationFactory,
    ConceptVersionFactory,
    MilestoneFactory,
    ParticipationFactory,
    PassageFactory,
    SourceFactory,
)

pytestmark = pytest.mark.django_db


class TestARecordInJson:
    @pytest.fixture
    def full(self):
        """A version with a statement of every kind."""
        ConceptVersionFactory(published=True, concept__slug="ander")
        return ConceptVersionFactory(
            published=True,
            concept__slug="gbo",
            name="Geïntegreerd breed onthaal",
            statements=[
                make for kind, make in STATEMENT_FACTORIES.items() if kind not in ("relatie",)
            ]
            + [partial(STATEMENT_FACTORIES["relatie"], other__slug="ander")],
        )

    def test_says_what_it_is_and_of_when(self, client, full):
        data = client.get("/concepten/gbo.json").json()

        del data["uitspraken"]
        assert data == {
            "slug": "gbo",
            "naam": "Geïntegreerd breed onthaal",
            "afkorting": None,
            "soort_record": "concept",
            "soort": "netwerk",
            "samenvatting": full.summary,
            "versie": 1,
            "stand_van_de_bronnen": "maart 2023",
            "nagekeken_op": None,
            "peildatum": None,
            "url": "http://testserver/concepten/gbo/",
        }

    def test_lists_every_statement_with_its_sources(self, client, full):
        statements = client.get("/concepten/gbo.json").json()["uitspraken"]

        assert [row["soort"] for row in statements] == list(STATEMENT_KINDS)
        for row in statements:
            assert set(row) == {
                *("id", "soort", "waarde", "geldig_van", "geldig_tot", "toelichting", "bronnen"),
            }
            assert row["waarde"]
            assert [set(source) for source in row["bronnen"]] == [{"bron", "plaats", "url"}]
            assert all(source["bron"] and source["plaats"] for source in row["bronnen"])
        assert len({row["id"] for row in statements}) == len(statements)

    def test_gives_dates_as_the_source_does(self, client):
        place = CitationFactory(section="2.1.2", heading="Start", footnote=4)
        ConceptVersionFactory(
            published=True,
            concept__slug="gbo",
            statements=[
                partial(
                    PassageFactory,
                    key="start",
                    text="Het begon.",
                    start="mei 2022",
                    citations=[place],
                )
            ],
        )

        (row,) = client.get("/concepten/gbo.json").json()["uitspraken"]

        assert row["id"] == "passage-start"
        assert row["geldig_van"] == {
            "vroegst": "2022-05-01",
            "laatst": "2022-05-31",
            "label": "mei 2022",
        }
        assert row["geldig_tot"] is None
        assert row["bronnen"] == [
            {
                "bron": "tekst",
                "plaats": "2.1.2 Start, voetnoot 4",
                "url": "http://testserver/bronnen/tekst/#plaats-2-1-2-start-voetnoot-4",
            }
        ]

    def test_writes_numbers_without_localisation(self, client):
        figure = STATEMENT_FACTORIES["kerncijfer"]
        ConceptVersionFactory(
            published=True,
            concept__slug="gbo",
            statements=[
                partial(figure, key="a", value="2.50", position=1),
                partial(figure, key="b", value="1358", position=2),
            ],
        )

        statements = client.get("/concepten/gbo.json").json()["uitspraken"]

        values = [row["waarde"]["waarde"] for row in statements if row["soort"] == "kerncijfer"]
        assert values == [2.5, 1358]

    def test_gives_the_outcome_of_what_was_announced(self, client):
        def announced(version):
            row = MilestoneFactory(
                version=version,
                date="eind 2022",
                is_announced=True,
                outcome=Milestone.Outcome.LATE,
                outcome_label="17 februari 2023",
                outcome_earliest=dt.date(2023, 2, 17),
                outcome_latest=dt.date(2023, 2, 17),
            )
            row.outcome_citations.add(CitationFactory(source=SourceFactory(slug="elders")))

        ConceptVersionFactory(published=True, concept__slug="gbo", statements=[announced])

        *_, row = client.get("/concepten/gbo.json").json()["uitspraken"]

        assert row["waarde"]["afloop"] == "later"
        assert row["waarde"]["datum"]["label"] == "eind 2022"
        assert row["waarde"]["echte_datum"]["vroegst"] == "2023-02-17"
        assert row["waarde"]["bronnen_van_de_afloop"] == [{"bron": "elders", "plaats": "2.1"}]

    def test_an_ontwikkeling_has_one_too(self, client):
        ConceptVersionFactory(
            published=True, concept__slug="regiovorming", concept__record_kind="ontwikkeling"
        )

        data = client.get("/ontwikkelingen/regiovorming.json").json()

        assert data["soort_record"] == "ontwikkeling"
        assert client.get("/concepten/regiovorming.json").status_code == 404

    def test_the_page_says_where_it_is(self, client, full):
        page = client.get("/concepten/gbo/").content.decode()

        assert '<link rel="alternate" type="application/json" href="/concepten/gbo.json">' in page


class TestARecordInCsv:
    def test_has_a_row_for_each_statement(self, client):
        ConceptVersionFactory(
            published=True,
            concept__slug="gbo",
            statements=[
                partial(PassageFactory, key="wat", text="Het begon.", start="mei 2022"),
                partial(ParticipationFactory, key="caw", partner__slug="caw", role=Role.REQUIRED),
            ],
        )

        response = client.get("/concepten/gbo.csv")

        passage, partner = rows_of_csv(response)
        assert passage == {
            "concept": "gbo",
            "versie": "1",
            "id": "passage-wat",
            "soort": "passage",
            "waarde": "over: wat|tekst: Het begon.",
            "geldig_van": "mei 2022",
            "geldig_tot": "",
            "toelichting": "",
            "bronnen": "tekst, 2.1",
        }
        assert partner["id"] == "deelname-caw"
        assert partner["waarde"].startswith("partner: caw|")
        assert response["Content-Disposition"] == 'attachment; filename="gbo.csv"'

    def test_has_as_many_rows_as_the_json_has_statements(self, client):
        ConceptVersionFactory(
            published=True, concept__slug="gbo", statements=STATEMENT_FACTORIES.values()
        )

        statements = client.get("/concepten/gbo.json").json()["uitspraken"]
        rows = rows_of_csv(client.get("/concepten/gbo.csv"))

        assert [row["id"] for row in rows] == [row["id"] for row in statements]
        (milestone,) = [row for row in rows if row["soort"] == "mijlpaal"]
        assert milestone["waarde"] == (
            "wat: De eerste verbanden starten|datum: maart 2022|aangekondigd: nee"
        )
