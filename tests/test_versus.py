"""`/vergelijk/`: concepts beside each other, point by point, or one beside itself."""

import csv
import datetime as dt
import io
import re
from functools import partial

import pytest

from concepts.models import STATEMENT_KINDS, Concept, Discrepancy, Role
from concepts.publishing import publish, working_copy
from concepts.versus.kinds import READERS, as_said
from concepts.versus.points import Mark, Point, Value
from governance.derived import rebuild
from tests import said
from tests.answers import text
from tests.factories import (
    STATEMENT_FACTORIES,
    AgencyFactory,
    AudienceFactory,
    ChangeEventFactory,
    CitationFactory,
    ConceptRelationFactory,
    ConceptVersionFactory,
    LegalBasisFactory,
    OwnershipFactory,
    ParticipationFactory,
    PartnerFactory,
    PassageFactory,
    make_public,
)
from tests.said import concept

pytestmark = pytest.mark.django_db

pair = said.pair


#: A text that is longer than what stands beside a change.
LONG = "van alle gemeenten in het gebied " * 12


def takes_part(partner, role=Role.PARTICIPANT):
    return partial(ParticipationFactory, partner=partner, role=role)


def compared(client, query):
    answer = client.get(f"/vergelijk.json?{query}")
    assert answer.status_code == 200, answer.json()
    return answer.json()


def verdicts(data, kind):
    """What becomes of the points of a kind, by what they are about."""
    return {
        row["over"] or row["punt"]: row["oordeel"] for row in data["punten"] if row["soort"] == kind
    }


class TestMarks:
    """The verdict on a point, from what each column says."""

    @pytest.mark.parametrize(
        ("columns", "mark"),
        [
            (["a", "a"], Mark.SAME),
            (["a", "b"], Mark.DIFFERENT),
            (["ab", "ba"], Mark.SAME),
            (["ab", "a"], Mark.DIFFERENT),
            (["a", ""], Mark.ONLY),
            (["", ""], Mark.SILENT),
            (["a", "a", ""], Mark.ONLY),
            (["a", "b", ""], Mark.DIFFERENT),
            (["a", "a", "a", "a"], Mark.SAME),
        ],
    )
    def test_sets_are_compared_whatever_their_order(self, columns, mark):
        assert point(columns).mark is mark

    def test_what_all_say_is_known_at_a_point_that_differs(self):
        assert point(["ab", "ac"]).common == {"a"}
        assert point(["ab", "ac", ""]).common == frozenset()


def point(columns):
    return Point("x", "Punt", [[Value(letter, letter) for letter in said] for said in columns])


def test_partners_stand_one_in_a_row_with_their_roles(client):
    shared, alone, other = (PartnerFactory(slug=slug) for slug in ("samen", "eigen", "ander"))
    concept("een", takes_part(shared), takes_part(alone), takes_part(other, Role.DIRECTION))
    concept("twee", takes_part(shared), takes_part(other))

    found = verdicts(compared(client, "c=een&c=twee"), "deelname")

    assert found == {
        "Partner ander": "andere-rol",
        "Partner samen": "gelijk",
        "Partner eigen": "enkel-bij",
    }
    assert list(found)[-1] == "Partner eigen"  # what they share comes first


def test_who_supports_is_folded_into_one_point(client):
    concept("een", *(takes_part(PartnerFactory(), Role.SUPPORTER) for _ in range(3)))
    concept("twee")

    data = compared(client, "c=een&c=twee")
    page = client.get("/vergelijk/?c=een&c=twee").content.decode()

    assert verdicts(data, "steun") == {"Wie steunt": "enkel-bij"}
    assert "<summary>3 partners</summary>" in page


def test_acts_concepts_and_groups_stand_one_in_a_row(client):
    first = concept("een", LegalBasisFactory, AudienceFactory)
    basis, audience = first.legal_bases.get(), first.audiences.get()
    concept(
        "twee",
        partial(LegalBasisFactory, decree=basis.decree, role=basis.role),
        partial(AudienceFactory, target_group=audience.target_group, wording="iemand anders"),
        partial(ConceptRelationFactory, other=first.concept, kind="vertrekt-vanuit"),
    )

    data = compared(client, "c=een&c=twee")

    assert list(verdicts(data, "rechtsgrond").values()) == ["gelijk"]
    assert list(verdicts(data, "doelgroep").values()) == ["verschilt"]
    assert list(verdicts(data, "onderling").values()) == ["verschilt"]
    assert "Naam twee vertrekt vanuit Naam een." in data["zin"]


def test_the_order_of_the_address_is_that_of_the_columns(client, pair):
    assert [c["kolom"] for c in compared(client, "c=twee&c=een")["kolommen"]] == ["twee", "een"]
    page = client.get("/vergelijk/?c=twee&c=een").content.decode()
    assert page.index("Concept twee</a>") < page.index("Concept één</a>")
    assert 'rel="canonical" href="http://testserver/vergelijk/?c=twee&amp;c=een"' in page
    assert "noindex" not in page


def test_the_sentence_says_the_difference_in_one_breath(client):
    agency, shared, alone = AgencyFactory(), PartnerFactory(name="OCMW"), PartnerFactory()
    owned = partial(OwnershipFactory, agency=agency)
    concept("een", owned, takes_part(shared, Role.REQUIRED), takes_part(alone), kind="netwerk")
    concept("twee", owned, takes_part(shared), kind="project")

    assert compared(client, "c=een&c=twee")["zin"] == (
        "Naam een is een netwerk, Naam twee een project. Ze delen de dienst. "
        "Ze vragen allebei OCMW, in een andere rol. 1\N{NO-BREAK SPACE}partner staat enkel bij "
        "Naam een."
    )


def test_an_equal_point_is_one_cell_over_all_columns(client):
    owned = partial(OwnershipFactory, agency=AgencyFactory(name="Dienst Samen"))
    for slug in ("een", "twee", "drie"):
        concept(slug, owned)

    page = client.get("/vergelijk/?c=een&c=twee&c=drie").content.decode()

    row = re.search(r'<tr class="vs-row vs-same">(?:(?!</tr>).)*Dienst Samen.*?</tr>', page, re.S)
    assert row[0].count("<td") == 1
    assert '<td colspan="3">' in row[0]
    assert "Alle drie" in row[0]


def test_only_differences_leaves_out_what_is_equal_or_silent(client, pair):
    every, differing = (compared(client, f"c=een&c=twee{more}") for more in ("", "&verschillen=1"))

    assert {row["oordeel"] for row in every["punten"]} >= {"gelijk", "niet-vermeld", "verschilt"}
    assert {row["oordeel"] for row in differing["punten"]} <= {
        *("verschilt", "andere-rol", "enkel-bij"),
    }
    assert every["aantallen"] == differing["aantallen"]
    page = client.get("/vergelijk/?c=een&c=twee&verschillen=1").content.decode()
    assert 'content="noindex,follow"' in page
    assert "vs-row vs-same" not in page


def test_every_value_has_its_sources_on_the_page_and_in_data(client):
    concept("een", PassageFactory)
    concept("twee", PassageFactory)

    data = compared(client, "c=een&c=twee")
    page = client.get("/vergelijk/?c=een&c=twee").content.decode()

    passages = [row for row in data["punten"] if row["soort"] == "passage"]
    assert all(v["bronnen"] for row in passages for vs in row["waarden"].values() for v in vs)
    assert '<li id="b1"' in page
    assert 'class="node" id="v1"' in page


def test_a_csv_has_a_row_for_each_point_and_column(client, pair):
    answer = client.get("/vergelijk.csv?c=een&c=twee")
    rows = list(csv.DictReader(io.StringIO(answer.content.decode())))

    assert [row["kolom"] for row in rows[:2]] == ["een", "twee"]
    assert [row["waarde"] for row in rows[:2]] == ["Netwerk", "Project"]
    assert {row["punt"] for row in rows} == {
        row["punt"] for row in compared(client, "c=een&c=twee")["punten"]
    }


@pytest.mark.parametrize("name", STATEMENT_KINDS)
def test_every_kind_of_statement_shows(client, name):
    """A kind that a page shows, shows in a comparison too: by a function of its own, or as said."""
    first = ConceptVersionFactory(concept__slug="een", statements=[STATEMENT_FACTORIES[name]])
    row = getattr(first, STATEMENT_KINDS[name].related_name()).get()
    for field in row._meta.concrete_fields:
        if field.related_model is Concept and getattr(row, field.attname):
            ConceptVersionFactory(concept=getattr(row, field.name), published=True)
    make_public(first)
    concept("twee")
    place = str(row.citations.get())

    rows = csv.DictReader(io.StringIO(client.get("/vergelijk.csv?c=een&c=twee").content.decode()))

    own = [r for r in rows if r["kolom"] == "een" and r["soort"] == name and r["waarde"]]
    assert own, "a reader in concepts/versus/kinds.py, or a part in concepts/page/sections.py"
    assert any(place in r["bronnen"] for r in own)


def test_a_kind_without_a_function_of_its_own_is_one_point_as_it_calls_itself(client):
    version = concept("een", STATEMENT_FACTORIES["kerncijfer"])
    row = version.key_figures.get()

    [said] = as_said([[row], []], [], "Cijfers")

    assert (said.label, said.mark) == ("Cijfers", Mark.ONLY)
    assert said.columns[0][0].text == str(row)
    assert set(STATEMENT_KINDS.values()) <= set(READERS)


class TestOneConcept:
    """A concept beside itself."""

    @pytest.fixture
    def merged(self):
        """A concept whose service went on in another one on 1 June 2023."""
        before = AgencyFactory(name="Dienst Vroeger", end="31 mei 2023")
        after = AgencyFactory(name="Dienst Nu", start="1 juni 2023")
        ChangeEventFactory(before=[before], after=[after], date="1 juni 2023")
        rebuild()
        return concept("een", partial(OwnershipFactory, agency=before))

    def test_on_two_days(self, client, merged):
        data = compared(client, "c=een&op=2023-03-13&op=2023-06-01&verschillen=1")

        [row] = data["punten"]
        assert [vs[0]["waarde"] for vs in row["waarden"].values()] == [
            *("Dienst Vroeger", "Dienst Nu"),
        ]
        assert [c["peildatum"] for c in data["kolommen"]] == ["2023-03-13", "2023-06-01"]
        assert "1\N{NO-BREAK SPACE}punt verschilt (Van wie)" in data["zin"]

    def test_one_day_stands_beside_today(self, client, merged):
        data = compared(client, "c=een&op=2023-03-13")

        assert [c["kolom"] for c in data["kolommen"]] == ["2023-03-13", str(dt.date.today())]

    def test_a_statement_that_did_not_hold_is_not_there(self, client):
        concept("een", partial(PassageFactory, kind="plan", end="2020", key="oud"))

        data = compared(client, "c=een&op=2019-01-01&op=2021-06-01")

        [row] = [row for row in data["punten"] if row["punt"] == "Plannen"]
        assert (row["oordeel"], row["bij"]) == ("enkel-bij", ["2019-01-01"])

    def test_a_milestone_of_later_did_not_happen_yet(self, client):
        concept("een", partial(STATEMENT_FACTORIES["mijlpaal"], date="1 maart 2022"))

        data = compared(client, "c=een&op=2021-01-01&op=2023-01-01")

        [row] = [row for row in data["punten"] if row["soort"] == "mijlpaal"]
        assert row["bij"] == ["2023-01-01"]

    def test_in_two_versions(self, client):
        first = concept("een", summary="Zo was het.")
        draft = working_copy(first.concept)
        draft.summary = "Zo is het nu."
        draft.save()
        publish(draft)

        data = compared(client, "c=een&versie=1&versie=2")

        assert [c["kolom"] for c in data["kolommen"]] == ["versie-1", "versie-2"]
        assert verdicts(data, "samenvatting") == {"In één zin": "verschilt"}
        assert compared(client, "c=een&versie=1")["punten"] == data["punten"]
        page = client.get("/vergelijk/?c=een&versie=1&versie=2")
        assert "Zo was het." in text(page)
        assert "Zo weg: was het. nieuw: is het nu." in text(page)

    def test_a_text_of_another_version_is_told_word_by_word(self, client):
        first = concept("een", partial(PassageFactory, text=f"De raad {LONG} beslist <b>mee</b>."))
        draft = working_copy(first.concept)
        passage = draft.passages.get()
        passage.text = f"De raad {LONG} beslist alleen. Dat is nieuw."
        passage.save()
        publish(draft)

        html = client.get("/vergelijk/?c=een&versie=1&versie=2").content.decode()
        data = compared(client, "c=een&versie=1&versie=2")

        gone = re.findall(r'<del><span class="visually-hidden">weg: </span>(.*?)</del>', html)
        new = re.findall(r'<ins><span class="visually-hidden">nieuw: </span>(.*?)</ins>', html)
        assert gone[0] == "&lt;b&gt;mee&lt;/b&gt;."
        assert new[0] == "alleen. Dat is nieuw."
        assert "De hele tekst" in html  # what is far from the change is cut out
        assert "doorstreept" in text(client.get("/vergelijk/?c=een&versie=1&versie=2"))
        [point] = [row for row in data["punten"] if row["soort"] == "passage"]
        assert point["waarden"]["versie-1"][0]["per_woord"] == []
        words = point["waarden"]["versie-2"][0]["per_woord"]
        assert [row["wat"] for row in words] == ["gelijk", "weg", "nieuw"]

    def test_two_concepts_are_not_told_word_by_word(self, client):
        concept("een", summary="Zo is het.")
        concept("twee", summary="Zo was het.")

        html = client.get("/vergelijk/?c=een&c=twee").content.decode()

        assert "<del>" not in html
        assert "doorstreept" not in html

    def test_a_draft_is_no_version(self, client):
        working_copy(concept("een").concept)

        assert client.get("/vergelijk.json?c=een&versie=1&versie=2").status_code == 400
        page = text(client.get("/vergelijk/?c=een&versie=1&versie=2"))
        assert "Versie 2 stond nooit op de site." in page


def test_a_day_holds_for_all_columns(client, pair):
    page = client.get("/vergelijk/?c=een&c=twee&peildatum=2023-03-13")

    assert "<b>13 maart 2023</b>" in page.content.decode()
    assert 'content="noindex,follow"' in page.content.decode()
    data = compared(client, "c=een&c=twee&peildatum=2023-03-13")
    assert {column["peildatum"] for column in data["kolommen"]} == {"2023-03-13"}


@pytest.mark.parametrize("rows", [1, 15])
def test_the_number_of_queries_does_not_grow(client, django_assert_num_queries, rows):
    agency = AgencyFactory()
    for slug in ("een", "twee"):
        version = ConceptVersionFactory(concept__slug=slug)
        OwnershipFactory(version=version, agency=agency)
        for name, factory in STATEMENT_FACTORIES.items():
            for _ in range(0 if name == "eigenaar" else rows):
                factory(version=version)
        for number in range(rows):
            point = Discrepancy.objects.create(
                slug=f"{slug}-{number}", title=f"{slug} {number}", kind="nuance"
            )
            point.concepts.add(version.concept)
            point.claims.create(key="k", value="58").citations.add(CitationFactory())
        make_public(version)
    client.get("/vergelijk/?c=een&c=twee")

    with django_assert_num_queries(QUERIES):
        client.get("/vergelijk/?c=een&c=twee")


#: The stamp, the concepts with their other names, all statements and their two lists, what leads
#: to them, the points on which sources differ, and which places all of these cite.
QUERIES = 11
