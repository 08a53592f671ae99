"""How pages are cited: in words, for programs, and by an address of a statement that stays."""

import datetime as dt
import json
import re

import bibtexparser
import pytest
import rispy

from concepts.publishing import publish, working_copy
from eerstelijn.dates import long_date
from eerstelijn.finder.question import AsOf
from eerstelijn.pages.cite import FORMATS, Reference
from eerstelijn.pages.take import Take
from tests.answers import text
from tests.factories import (
    AgencyFactory,
    ConceptVersionFactory,
    CoverageAreaFactory,
    DecreeFactory,
    ParticipationFactory,
    PartnerFactory,
    PassageFactory,
    PolicyDomainFactory,
    SourceFactory,
    TermFactory,
    make_public,
)

DAY = dt.date(2026, 11, 30)
#: What an editor may write, and what means something to one of the formats.
ODD = [
    "Zorg & welzijn: 100 % {samen} #1_a $5 ~ ^ \\alles",
    "}{ ER  - \r\nTI  - iets anders",
    "@misc{kwaad, title = {x}}",
    "\x00\x0b<b>&amp;</b>",
]


def reference(title="Geïntegreerd breed onthaal (GBO)", **more):
    url = "https://voorbeeld.be/concepten/gbo/versies/2/"
    told = {"version": 2, "issued": dt.date(2026, 3, 4), "seen": DAY} | more
    return Reference("gbo-v2", title, url, dt.date(2023, 3, 13), **told)


class TestAReference:
    def test_in_words_it_names_version_day_and_address(self):
        assert reference().text() == (
            "SAM, steunpunt Mens en Samenleving (2026). Geïntegreerd breed onthaal (GBO) "
            "(versie 2). Wegwijzer eerste lijn. Op datum 13 maart 2023. Geraadpleegd op "
            "30 november 2026 via https://voorbeeld.be/concepten/gbo/versies/2/"
        )

    def test_what_has_no_versions_has_no_year(self):
        said = reference(version=None, issued=None)

        assert "Samenleving (z.d.). Geïnt" in said.text()
        assert "versie" not in said.text().partition("http")[0]
        assert "year" not in said.bib()
        assert "PY" not in said.ris()
        assert "issued" not in said.csl()

    def test_bibtex_is_read(self):
        (entry,) = bibtexparser.parse_string(reference().bib()).entries
        fields = {name: field.value for name, field in entry.fields_dict.items()}

        assert (entry.entry_type, entry.key) == ("misc", "gbo-v2")
        assert fields["title"] == "{Geïntegreerd breed onthaal (GBO)}"
        assert fields["version"] == "2"
        assert fields["year"] == "2026"
        assert fields["urldate"] == "2026-11-30"
        assert "13 maart 2023" in fields["note"]
        # A body, not a person with a first and a last name.
        assert fields["author"] == "{SAM, steunpunt Mens en Samenleving}"

    def test_ris_is_read(self):
        (entry,) = rispy.loads(reference().ris())

        assert entry["type_of_reference"] == "ELEC"
        assert entry["title"] == "Geïntegreerd breed onthaal (GBO)"
        assert entry["edition"] == "versie 2"
        assert entry["year"] == "2026"
        assert entry["urls"] == ["https://voorbeeld.be/concepten/gbo/versies/2/"]

    def test_csl_names_version_and_both_days(self):
        item = reference().csl()

        assert item["version"] == "2"
        assert item["issued"] == {"date-parts": [[2026, 3, 4]]}
        assert item["accessed"] == {"date-parts": [[2026, 11, 30]]}
        assert item["note"] == "Op datum 13 maart 2023"

    @pytest.mark.parametrize("title", ODD)
    def test_no_title_makes_another_reference(self, title):
        odd = reference(title)

        library = bibtexparser.parse_string(odd.bib())
        assert [entry.key for entry in library.entries] == ["gbo-v2"]
        assert library.failed_blocks == []
        (entry,) = rispy.loads(odd.ris())
        assert entry["title"] == " ".join(odd.name.split())
        assert "\n" not in odd.text()


RECORDS = [
    ("/partners/caw", PartnerFactory, {"slug": "caw", "name": "CAW"}),
    ("/diensten/wvg", AgencyFactory, {"slug": "wvg", "name": "Departement WVG"}),
    ("/regelgeving/decreet", DecreeFactory, {"slug": "decreet"}),
    ("/gebieden/elz-leuven", CoverageAreaFactory, {"slug": "elz-leuven"}),
    ("/bronnen/tekst", SourceFactory, {"slug": "tekst"}),
    ("/begrippen/zorgraad", TermFactory, {"slug": "zorgraad"}),
    ("/beleidsdomeinen/wvg", PolicyDomainFactory, {"slug": "wvg"}),
]


@pytest.mark.django_db
class TestAddresses:
    @pytest.fixture
    def version(self):
        version = ConceptVersionFactory(
            concept__slug="gbo", name="Breed onthaal", abbreviation="GBO"
        )
        ParticipationFactory(version=version, key="caw", partner__name="CAW")
        PassageFactory(version=version, key="wat")
        make_public(version)
        return version

    @pytest.mark.parametrize(("path", "factory", "told"), RECORDS, ids=[row[0] for row in RECORDS])
    def test_every_record_has_its_citation_in_each_format(self, client, path, factory, told):
        factory(**told)

        page = client.get(f"{path}/").content.decode()

        for format in FORMATS:
            response = client.get(f"{path}.{format}")
            assert response.status_code == 200
            assert f"{path}/" in response.content.decode()
            assert response["Access-Control-Allow-Origin"] == "*"
            assert f'href="{path}.{format}"' in page
        assert '<meta name="citation_title"' in page

    def test_a_concept_is_cited_by_its_version(self, client, version):
        (item,) = json.loads(client.get("/concepten/gbo.csl.json").content)

        assert item["title"] == "Breed onthaal (GBO)"
        assert item["version"] == "1"
        assert item["URL"] == "http://testserver/concepten/gbo/versies/1/"
        assert (
            f"geraadpleegd op {long_date(dt.date.today())}"
            in text(client.get("/concepten/gbo/")).lower()
        )

    def test_the_address_of_a_statement_stays(self, client, version):
        cited = "/concepten/gbo/versies/1/"
        now = client.get(cited)
        assert now["Location"] == "/concepten/gbo/"  # a browser keeps the part behind #
        assert 'id="deelname-caw"' in client.get("/concepten/gbo/").content.decode()

        publish(working_copy(version.concept))

        later = client.get(cited)
        assert later.status_code == 200
        assert 'id="deelname-caw"' in later.content.decode()
        assert "Wegwijzer eerste lijn. Op datum" in text(later)
        assert "versies/1/" in text(later)
        for format in FORMATS:
            assert "versies/1/" in client.get(f"/concepten/gbo/versies/1.{format}").content.decode()
            assert client.get(f"/concepten/gbo/versies/2.{format}").status_code == 200
        data = client.get("/concepten/gbo/versies/1.json").json()
        assert "deelname-caw" in [row["id"] for row in data["uitspraken"]]

    def test_each_statement_has_one_place_under_the_name_of_its_data(self, client, version):
        page = client.get("/concepten/gbo/").content.decode()
        names = {row["id"] for row in client.get("/concepten/gbo.json").json()["uitspraken"]}

        ids = re.findall(r'\bid="([^"]+)"', page)

        assert len(names) > 1
        assert names <= set(ids)
        assert len(ids) == len(set(ids))

    def test_a_record_without_it_has_no_citation(self, client, version):
        assert client.get("/concepten/gbo/versies.bib").status_code == 404
        assert client.get("/concepten/niemand.bib").status_code == 404
        assert client.get("/zoeken.ris").status_code == 404

    def test_a_citation_refuses_a_question_that_it_cannot_follow(self, client, version):
        response = client.get("/concepten/gbo.ris?kleur=groen")

        assert response.status_code == 400
        assert response["Content-Type"].startswith("application/problem+json")


def test_a_view_with_a_question_keeps_it_in_all_that_is_taken_along(rf):
    day = AsOf(dt.date(2023, 3, 13), is_stated=True)

    take = Take.of(rf.get("/"), "/druk/?partner=ocmw", day, has_pdf=True)

    assert take.json_url == "/druk.json?partner=ocmw&peildatum=2023-03-13"
    assert take.pdf_url == "/druk.pdf?partner=ocmw&peildatum=2023-03-13"
    assert take.address == "http://testserver/druk/?partner=ocmw&peildatum=2023-03-13"


@pytest.mark.django_db
def test_what_can_be_taken_along_stands_on_the_page(client):
    make_public(ConceptVersionFactory(concept__slug="gbo"))

    page = client.get("/concepten/gbo/").content.decode()

    for format in ("pdf", "json", "csv", *FORMATS):
        assert f'href="/concepten/gbo.{format}"' in page
    assert 'class="copy" href="http://testserver/concepten/gbo/"' in page
    assert 'href="/concepten/gbo/versies/">Vorige versies' in page
    assert re.search(r'href="/concepten/gbo\.pdf" rel="nofollow"', page)
