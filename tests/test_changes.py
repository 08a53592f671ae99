"""What changed on the site: the list, its data and its feeds, the page of what was withdrawn."""

import datetime as dt
import json
from xml.etree import ElementTree

import pytest
from django.db import connection
from django.utils import timezone

from concepts.changes.telling import keep_told, told_of
from concepts.models import Concept, ConceptVersion, Coverage
from concepts.publishing import publish, withdraw, working_copy
from eerstelijn.dates import long_date
from governance import derived
from tests.answers import text
from tests.factories import (
    AgencyFactory,
    ConceptRelationFactory,
    ConceptVersionFactory,
    CoverageFactory,
    MunicipalityFactory,
    OwnershipFactory,
    ParticipationFactory,
    PartnerFactory,
    PassageFactory,
    SourceFactory,
)

pytestmark = pytest.mark.django_db

ATOM = "{http://www.w3.org/2005/Atom}"


def public(slug="gbo", name="", partners=(), **fields):
    """A concept on the site, as its editors brought it there."""
    version = ConceptVersionFactory(
        concept__slug=slug, name=name or f"Naam {slug}", described_by=[SourceFactory()], **fields
    )
    PassageFactory(version=version, text="De oude tekst.")
    for partner in partners:
        ParticipationFactory(version=version, partner=partner)
    return publish(version)


def again(concept, reason="Het kon beter.", **fields):
    """A next version of it, with another text."""
    version = working_copy(concept)
    ConceptVersion.objects.filter(pk=version.pk).update(reason=reason, **fields)
    version.passages.update(text="De nieuwe tekst.")
    return publish(version)


def on(version, day, field="published_at"):
    """Let it have happened on another day."""
    moment = dt.datetime.fromisoformat(f"{day}T12:00:00+00:00")
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL eerstelijn.laadt_gegevens = 'ja'")
        ConceptVersion.objects.filter(pk=version.pk).update(**{field: moment})
        cursor.execute("SET LOCAL eerstelijn.laadt_gegevens = ''")


def data_of(client, question=""):
    return client.get(f"/wijzigingen.json?facetten=0{question}").json()


def happened(client, question=""):
    """What the list tells: of each entry what, and which concepts."""
    return [
        (row["wat"], [concept["slug"] for concept in row["concepten"]])
        for row in data_of(client, question)["resultaten"]
    ]


def feed(client, url):
    response = client.get(url)
    assert response.status_code == 200
    assert response["Content-Type"].startswith("application/atom+xml")
    return ElementTree.fromstring(response.content)  # noqa: S314 -- our own


def titles(client, url):
    return [entry.findtext(f"{ATOM}title") for entry in feed(client, url).iter(f"{ATOM}entry")]


# What is told


def test_a_new_version_is_told_in_few_words(client):
    version = public(partners=[PartnerFactory(name="CAW")])
    copy = working_copy(version.concept)
    ConceptVersion.objects.filter(pk=copy.pk).update(name="Nieuwe naam", reason="Zo heet het nu.")
    copy.passages.update(text="Een heel andere tekst.")
    copy.participations.all().delete()
    ParticipationFactory(version=copy, partner=PartnerFactory(name="OCMW"), key="ocmw")
    publish(copy)

    page = text(client.get("/wijzigingen/"))

    assert "Nieuwe naam" in page
    assert "Versie 2, na versie 1. Zo heet het nu." in page
    assert "Gewijzigd naam (“Naam gbo” werd “Nieuwe naam”); passage: Wat het is" in page
    assert "Nieuw deelname: OCMW" in page
    assert "Weg deelname: CAW" in page
    assert "Alles van versie 2" in page


def test_many_rows_of_a_kind_are_counted_and_some_are_named(client):
    version = public(partners=[PartnerFactory(name=f"Partner {n}") for n in range(5)])
    copy = working_copy(version.concept)
    copy.participations.all().delete()
    publish(copy)

    assert "5 deelnames: Partner 0 (deelnemer)" in text(client.get("/wijzigingen/"))
    assert "en nog 2" in text(client.get("/wijzigingen/"))


def test_what_came_first_on_one_day_is_one_entry(client):
    for slug in ("a", "b", "c"):
        on(public(slug), "2026-03-02")
    on(public("d"), "2026-03-09")

    page = client.get("/wijzigingen/")

    assert happened(client) == [("eerste-versie", ["d"]), ("eerste-versie", ["a", "b", "c"])]
    assert "3 concepten voor het eerst op de site 2 maart 2026" in text(page)
    assert "Naam d 9 maart 2026. Voor het eerst op de site." in text(page)
    assert "2 wijzigingen" in text(page)


def test_a_version_that_says_the_same_is_told_so(client):
    concept = public().concept
    publish(working_copy(concept))

    assert "De inhoud is gelijk aan die van de versie ervoor." in text(client.get("/wijzigingen/"))


def test_no_draft_and_no_name_of_another_concept_is_told(client):
    hidden = ConceptVersionFactory(concept__slug="geheim", name="Nog geheim")
    known = public("bekend", name="Bekend")
    version = public()
    copy = working_copy(version.concept)
    ConceptRelationFactory(version=copy, other=hidden.concept, kind="ondersteunt", key="a")
    ConceptRelationFactory(version=copy, other=known.concept, kind="ondersteunt", key="b")
    published = publish(copy)
    working_copy(version.concept)

    assert published.told == [
        {"hoe": "nieuw", "wat": "verband met een concept", "aantal": 1, "namen": []}
    ]
    for format in ("/", ".json", ".csv", ".atom"):
        answer = client.get(f"/wijzigingen{format}").content.decode()
        assert "geheim" not in answer.lower()
    assert "Versie 3" not in text(client.get("/wijzigingen/"))


def test_what_came_in_as_files_is_told_as_well(client):
    """Nobody told it when it was published."""
    version = again(public().concept)
    told = version.told
    ConceptVersion.objects.update(told=None)

    assert "passage: Wat het is" in text(client.get("/wijzigingen/"))
    assert keep_told() == 1
    assert told_of([version])[version.pk] == told
    assert set(map(json.dumps, ConceptVersion.objects.values_list("told", flat=True))) == {
        "[]",
        json.dumps(told),
    }


# What was withdrawn


def test_a_withdrawal_says_when_why_and_what_came_instead(client):
    concept, heir = public().concept, public("nieuw", name="De opvolger").concept
    again(concept)
    withdraw(concept, "Het is afgelopen.", "Noor", heir)

    page, told = client.get("/concepten/gbo/"), client.get("/concepten/gbo.json").json()

    today = timezone.localdate()
    assert page.status_code == 410
    assert "Naam gbo staat niet meer op deze site" in text(page)
    assert f"op {long_date(today)} weg" in text(page)
    assert "Het is afgelopen." in text(page)
    assert 'Lees verder: <a href="/concepten/nieuw/">De opvolger</a>' in page.content.decode()
    assert told["waarom"] == "Het is afgelopen."
    assert told["ingetrokken_op"] == f"{today}"
    assert told["vervangen_door"] == "http://testserver/concepten/nieuw/"
    version = concept.versions.get(number=2)
    assert (version.withdrawn_by, version.successor) == ("Noor", heir)
    listed = text(client.get("/wijzigingen/"))
    assert f"Naam gbo {long_date(today)}. Van de site gehaald. Het is afgelopen." in listed
    assert "De nieuwe tekst" not in listed
    # What was told of it before is gone with it.
    assert happened(client) == [("ingetrokken", ["gbo"]), ("eerste-versie", ["nieuw"])]


@pytest.mark.parametrize(
    "address", ["/", ".json", ".csv", ".atom", "/versies/", "/versies/1/", "/versies.json"]
)
def test_of_a_withdrawn_concept_everything_is_gone(client, address):
    withdraw(public().concept, "Het is afgelopen.")

    response = client.get(f"/concepten/gbo{address}")

    assert response.status_code == 410
    assert "Het is afgelopen." in response.content.decode()


def test_it_leads_to_no_concept_that_is_gone_itself(client):
    concept, heir = public().concept, public("nieuw", name="De opvolger").concept
    withdraw(concept, "Het is afgelopen.", successor=heir)
    withdraw(heir, "Dit ook.")

    for url in ("/concepten/gbo/", "/concepten/gbo.json"):
        assert "De opvolger" not in client.get(url).content.decode()
    assert "Lees verder" not in text(client.get("/wijzigingen/"))


def test_what_comes_back_is_told_with_all_that_went_before(client):
    concept = public().concept
    withdraw(concept, "Even weg.")
    again(concept)

    assert [what for what, _ in happened(client)] == ["terug", "ingetrokken", "eerste-versie"]
    assert "Terug op de site, als versie 2" in text(client.get("/wijzigingen/"))


def test_versions_as_data_know_from_when_to_when(client):
    version = public()
    on(version, "2026-01-05")
    on(second := again(version.concept), "2026-02-05")
    withdraw(version.concept, "Even weg.")
    on(second, "2026-03-05", "withdrawn_at")
    again(version.concept)

    data = client.get("/concepten/gbo/versies.json").json()

    said = [(row["versie"], row["van"], row["tot"]) for row in data["versies"]]
    today = f"{timezone.localdate()}"
    assert said == [
        (3, today, None),
        (2, "2026-02-05", "2026-03-05"),
        (1, "2026-01-05", "2026-02-05"),
    ]
    assert data["versies"][1]["ingetrokken_waarom"] == "Even weg."


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
