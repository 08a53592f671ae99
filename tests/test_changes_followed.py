"""Which changes are asked for: by record and by day, as data and in the feeds."""

from xml.etree import ElementTree

import pytest
from django.utils import timezone

from concepts.models import Concept, Coverage
from concepts.publishing import publish, withdraw
from governance import derived
from tests.answers import text
from tests.brought_out import again, data_of, happened, on, public
from tests.factories import (
    AgencyFactory,
    ConceptVersionFactory,
    CoverageFactory,
    MunicipalityFactory,
    OwnershipFactory,
    PartnerFactory,
    PassageFactory,
    SourceFactory,
)

pytestmark = pytest.mark.django_db


ATOM = "{http://www.w3.org/2005/Atom}"


def feed(client, url):
    response = client.get(url)
    assert response.status_code == 200
    assert response["Content-Type"].startswith("application/atom+xml")
    return ElementTree.fromstring(response.content)  # noqa: S314 -- our own


def titles(client, url):
    return [entry.findtext(f"{ATOM}title") for entry in feed(client, url).iter(f"{ATOM}entry")]


# Which are asked for


@pytest.fixture
def some(client):
    """Three concepts: of one partner, of one service, and in one municipality."""
    caw, service = PartnerFactory(slug="caw"), AgencyFactory(slug="zorg")
    place = MunicipalityFactory(nis="44021", name="Gent")
    MunicipalityFactory(nis="23027", name="Halle")
    derived.rebuild()
    public("partner", partners=[caw])
    for slug in ("dienst", "plaats"):
        version = ConceptVersionFactory(
            concept__slug=slug, name=f"Naam {slug}", described_by=[SourceFactory()]
        )
        PassageFactory(version=version)
        if slug == "dienst":
            OwnershipFactory(version=version, agency=service)
        else:
            CoverageFactory(version=version, territory=[place], extent=Coverage.Extent.ONLY_NAMED)
        publish(version)
    for slug in ("partner", "dienst", "plaats"):
        again(Concept.objects.get(slug=slug))


QUESTIONS = [
    ("partner=caw", "/partners/caw.atom", ["partner"]),
    ("dienst=zorg", "/diensten/zorg.atom", ["dienst"]),
    ("concept=plaats", "/concepten/plaats.atom", ["plaats"]),
    ("gemeente=44021&dekking=ja", "/gemeenten/44021.atom", ["plaats"]),
]


@pytest.mark.parametrize(("question", "url", "found"), QUESTIONS)
def test_changes_and_feeds_of_one(client, some, question, url, found):
    listed = {slug for _, slugs in happened(client, f"&{question}") for slug in slugs}

    assert listed == set(found)
    expected = [
        f"Naam {found[0]}: versie 2, na versie 1",
        f"Naam {found[0]}: voor het eerst op de site",
    ]
    assert titles(client, url) == expected
    assert titles(client, f"/wijzigingen.atom?{question}") == expected
    if "concept=" not in question:
        assert titles(client, f"/concepten.atom?{question}") == expected


def test_who_follows_a_partner_hears_that_a_concept_is_gone(client, some):
    withdraw(Concept.objects.get(slug="partner"), "Afgelopen.")

    gone = ["Naam partner: van de site gehaald"]
    for url in ("/partners/caw.atom", "/concepten.atom?partner=caw"):
        assert titles(client, url) == gone
    assert happened(client, "&partner=caw") == [("ingetrokken", ["partner"])]


def test_days_bound_what_is_told(client):
    on(public("a"), "2026-03-02")
    on(public("b"), "2026-04-02")

    assert happened(client, "&van=2026-04-02&tot=2026-04-02") == [("eerste-versie", ["b"])]
    assert happened(client, "&tot=2026-03-31") == [("eerste-versie", ["a"])]
    page = client.get("/wijzigingen/?van=2027-01-01")
    assert "Geen wijzigingen vanaf 1 januari 2027" in text(page)
    assert "Zonder begindatum 2 resultaten" in text(page)


def test_a_period_that_ends_before_it_begins_keeps_its_begin(client):
    public()
    page = client.get("/wijzigingen/?van=2020-01-01&tot=2019-01-01")

    said = "De periode eindigt (2019-01-01) voor ze begint (2020-01-01). We lieten het einde weg."
    assert said in text(page)
    assert page.context["finder"].total == 1


@pytest.mark.parametrize(
    "question",
    [
        *("van=gisteren", "tot=2026-13-45", "van=2026-01-01&van=2026-02-02", "concept=niets"),
        "van=2026-02-02&tot=2026-01-01",
        *("partner=%00x", "sorteer=x", "x=1", "gemeente=99999", "van=99999999999999999999"),
    ],
)
def test_what_cannot_be_followed_is_told_or_refused(client, question):
    public()

    assert client.get(f"/wijzigingen/?{question}").status_code in (200, 400)
    for format in ("json", "csv", "atom"):
        answer = client.get(f"/wijzigingen.{format}?{question}")
        assert answer.status_code == 400
    for url in ("/concepten.atom", "/concepten/gbo.atom"):
        assert client.get(f"{url}?{question}").status_code == 400


@pytest.mark.parametrize("page", ["0", "-1", "a", "2", "9" * 30])
def test_a_page_that_is_not_there(client, page):
    public()

    assert client.get(f"/wijzigingen/?pagina={page}").status_code == 404


@pytest.mark.parametrize(
    "url",
    ["/wijzigingen.xml", "/partners.atom", "/bronnen/tekst.atom", "/gemeenten.atom", "/x.atom"],
)
def test_no_other_list_has_a_feed(client, url):
    SourceFactory()

    assert client.get(url).status_code == 404


def test_an_empty_site_says_so(client):
    assert "Geen wijzigingen" in text(client.get("/wijzigingen/"))
    assert data_of(client)["aantal"] == 0
    assert client.get("/wijzigingen.csv").content.decode().startswith("wat,op,concept,naam")
    assert "Wat gebeurde, en wat aangekondigd is" in text(client.get("/"))
    empty = feed(client, "/wijzigingen.atom")
    assert empty.findtext(f"{ATOM}updated") == "2026-01-01T00:00:00+00:00"


def test_a_table_has_a_row_for_each_version(client):
    for slug in ("a", "b"):
        on(public(slug), "2026-03-02")
    again(Concept.objects.get(slug="a"), reason="=1+1")

    rows = client.get("/wijzigingen.csv").content.decode().splitlines()

    today = timezone.localdate()
    assert rows[1:] == [
        f"gewijzigd,{today},a,Naam a,http://testserver/concepten/a/,2,1,'=1+1,"
        "Gewijzigd: passage: Wat het is,",
        "eerste-versie,2026-03-02,b,Naam b,http://testserver/concepten/b/,1,,,,",
        "eerste-versie,2026-03-02,a,Naam a,http://testserver/concepten/a/,1,,,,",
    ]


# The feeds as feeds


def test_a_feed_is_whole(client):
    """RFC 4287: an id that stays, a day, an author, and both links; each entry the same."""
    version = public(name="Huis & <haard>")
    on(version, "2026-03-02")
    second = again(version.concept, reason="Nu <b>beter</b> & \x0b korter.")
    on(second, "2026-03-09")

    root = feed(client, "/concepten/gbo.atom")

    def links(element):
        return {link.get("rel"): link.get("href") for link in element.findall(f"{ATOM}link")}

    assert root.findtext(f"{ATOM}title") == "Wijzigingen: Huis & <haard>"
    assert root.findtext(f"{ATOM}updated") == "2026-03-09T12:00:00+00:00"
    assert root.find(f"{ATOM}author").findtext(f"{ATOM}name")
    assert links(root) == {
        "self": "http://testserver/concepten/gbo.atom",
        "alternate": "http://testserver/concepten/gbo/",
    }
    entries = root.findall(f"{ATOM}entry")
    assert links(entries[0])["alternate"] == "http://testserver/concepten/gbo/"
    assert links(entries[1])["alternate"] == "http://testserver/concepten/gbo/versies/1/"
    said = entries[0].find(f"{ATOM}summary")
    assert said.get("type") == "html"
    assert "Nu &lt;b&gt;beter&lt;/b&gt; &amp;  korter." in said.text
    ids = [each.findtext(f"{ATOM}id") for each in (root, *entries)]
    assert len(set(ids)) == 3
    assert all(each.startswith("urn:uuid:") for each in ids)


def test_an_id_stays_whatever_the_site_is_called_and_whatever_comes_later(client, settings):
    settings.ALLOWED_HOSTS = ["*"]
    version = public()
    before = feed(client, "/wijzigingen.atom").find(f"{ATOM}entry").findtext(f"{ATOM}id")
    again(version.concept, name="Anders")

    client.defaults["HTTP_HOST"] = "elders.example"
    root = feed(client, "/wijzigingen.atom")

    assert [each.findtext(f"{ATOM}id") for each in root.findall(f"{ATOM}entry")][1] == before


def test_a_reader_of_a_feed_hears_in_a_few_bytes_that_nothing_happened(client, pages_kept):
    version = public()
    first = client.get("/wijzigingen.atom")

    again_asked = client.get("/wijzigingen.atom", HTTP_IF_NONE_MATCH=first["ETag"])
    again(version.concept)
    later = client.get("/wijzigingen.atom", HTTP_IF_NONE_MATCH=first["ETag"])

    assert again_asked.status_code == 304
    assert later.status_code == 200


@pytest.mark.parametrize(
    ("url", "followed"),
    [
        ("/", "/wijzigingen.atom"),
        ("/wijzigingen/?partner=caw", "/wijzigingen.atom?partner=caw"),
        ("/concepten/?partner=caw&sorteer=-naam", "/concepten.atom?partner=caw"),
        ("/concepten/partner/", "/concepten/partner.atom"),
        ("/partners/caw/", "/partners/caw.atom"),
        ("/diensten/zorg/", "/diensten/zorg.atom"),
        ("/gemeenten/44021-gent/", "/gemeenten/44021.atom"),
    ],
)
def test_a_page_says_where_it_is_followed(client, some, url, followed):
    page = client.get(url).content.decode()

    head = (
        f'<link rel="alternate" type="application/atom+xml" title="Wijzigingen" href="{followed}">'
    )
    assert head in page
    if url != "/":
        assert f'<a href="{followed}">Volg wijzigingen</a>' in page
    assert 'href="/wijzigingen/' in page


@pytest.mark.parametrize("rows", [1, 15])
def test_queries(client, django_assert_num_queries, rows):
    for number in range(rows):
        concept = public(f"c{number}").concept
        again(concept)
        if number % 2:
            withdraw(concept, "Weg.", successor=Concept.objects.get(slug="c0"))
    client.get("/wijzigingen/")

    # The stamp; how many there are, and those of this page; their versions; those of days on which
    # some came first; what was done with reports. The options are kept from the time before.
    with django_assert_num_queries(6 + (rows > 1)):  # what took the place of some
        client.get("/wijzigingen/")
    # The stamp; how many there are; the entries, and their versions.
    with django_assert_num_queries(4 + (rows > 1)):
        client.get("/wijzigingen.atom")
