"""What people type finds what they mean, in the whole content."""

import pytest
from django.urls import reverse

from concepts.search.everywhere import LISTS
from tests.answers import rows_of_csv, slugs

pytestmark = pytest.mark.usefixtures("only_reads")

#: The table of the design: first hit by query. What stands there about municipalities, partners,
#: agencies and acts as first hit is for search over everything; here the concepts that name them.
EXPECTED = {
    "gbo": "geintegreerd breed onthaal, geïntegreerd onthaal, GBO, gbo's",
    "1gezin1plan": "1G1P, 1 gezin 1 plan, een gezin een plan, 1gezin1plan",
    "eerstelijnszones-en-zorgraden": "ELZ, eerstelijnszone, eerste lijns zones, zorggraad",
    "overkop": "overkop, over kop huis, OverKop-huizen",
    "family-justice-centers": "veilig thuis, FJC, family justice",
    "ketenaanpak-ifg": "intrafamilial geweld, kindermishandeling, mishandeling kind",
    "livc-r": "radicalisering, LIVC, LIVC R, livc-r",
    "netwerken-dak-en-thuisloosheid": "dakloos, thuisloosheid, daklozen",
    "gedetineerden-en-geinterneerden": "gevangenis, gedetineerde, geinterneerden",
    "huizen-van-het-kind": "huis van het kind, huizen vh kind, opvoedingsondersteuning",
    "zorgzame-buurten": "buurtzorg, zorgzame buurt, buurtgericht",
    "lokale-gezinscoaches": "gezinscoach, gezinscoaches, coach gezin, Bilzen",
    "vroeg-en-nabij": "vroeg en nabij, vroeg & nabij",
    "netwerken-ggz": "psychiatrie netwerk, ggz, geestelijke gezondheid",
    "de-stek": "stek, STEK praktijk, ontmoetingsplaats",
}

MISTYPED = {
    "gbo": "geintegeerd breed onthaal, breed ontaal, geintergreerd breed onthaal, nontakeup",
    "sociaal-huis": "sosiaal huis, sociaal huys",
    "huizen-van-het-kind": "opvoedingsondersteunig, huisen van het kind",
    "netwerken-dak-en-thuisloosheid": "thuisloosheit, dackloosheid",
    "1gezin1plan": "1gezin1pla, crisisjeugdhup",
    "zorgzame-buurten": "zorgzame buurden, zorgzaam buurt",
    "lokale-gezinscoaches": "gezinscoatch, gezinskoach, herentout",
    "overkop": "ovekop, overcop",
    "netwerken-ggz": "geesteljke gezondheid, geestelijke gezondheidzorg, ziekenhuiswett",
    "eerstelijnszones-en-zorgraden": "eerstelijnzone, eerstelijszones, zorgraat, zorgr",
    "family-justice-centers": "Famly Justice Centre, Familiy Justice",
    "ketenaanpak-ifg": "kindermishandling, ketenanpak",
    "gedetineerden-en-geinterneerden": "gedetinerden, geinternerden, gevangenissn",
    "livc-r": "radicalizering, radikalisering, burgermeester",
}

JOINED_OR_SPLIT = {
    "gbo": "breedonthaal, non-take-up, non take up",
    "sociaal-huis": "sociaalhuis, informatie loket",
    "huizen-van-het-kind": "huizenvanhetkind, huis v/h kind, opvoedings ondersteuning",
    "netwerken-dak-en-thuisloosheid": "dak en thuisloosheid, dak- en thuislozen",
    "1gezin1plan": "1 gezin1 plan, 1gezin 1plan, een-gezin-een-plan, jeugd hulp, "
    "eerstelijnspsychologische funktie, eengezineenplan",
    "zorgzame-buurten": "zorgzamebuurt, buurt gerichte zorg, zorg in de buurt",
    "lokale-gezinscoaches": "gezins coach, gezinscoaching, coach voor gezinnen",
    "overkop": "overkophuis, over-kop, overkop huizen",
    "vroeg-en-nabij": "vroegennabij, vroeg nabij, vroeg-en-nabij",
    "netwerken-ggz": "ggz netwerken, zorg circuit",
    "eerstelijnszones-en-zorgraden": "eerste lijns zone, zorg raad, 1stelijnszone",
    "family-justice-centers": "veiligthuis, familyjusticecenter",
    "ketenaanpak-ifg": "keten aanpak, mishandelde kinderen",
    "gedetineerden-en-geinterneerden": "re-integratie, reintegratie, gedetineerdenzorg",
    "livc-r": "LIVCR, lokale integrale veiligheids cel, radicaliserings proces, radicalisme",
}

ABBREVIATED = {
    "gbo": "DMW, vvsg, G.B.O.",
    "zorgzame-buurten": "KBS",
    "1gezin1plan": "CLB, CKG",
    "huizen-van-het-kind": "EXPOO",
    "overkop": "JAC",
    "vroeg-en-nabij": "V&N",
    "eerstelijnszones-en-zorgraden": "VIVEL",
    "family-justice-centers": "fjc's",
    "livc-r": "livc's, l.i.v.c., ABB",
}

PARTNERS = {
    "gbo": "ziekenfonds, mutualiteiten, dienst maatschappelijk werk, "
    "vereniging van vlaamse steden en gemeenten",
    "netwerken-dak-en-thuisloosheid": "woonactoren",
    "1gezin1plan": "leerlingenbegeleiding, centra voor kinderzorg",
    "zorgzame-buurten": "koning boudewijnstichting, opbouwwerk, buurtwerk",
    "lokale-gezinscoaches": "Odisee, tao armoede, de link, ervaringsdeskundigen",
    "overkop": "jongerenadviescentrum, jeugdwerk, jeugdwelzijnswerk",
    "huizen-van-het-kind": "expertisecentrum opvoeden en opgroeien",
    "netwerken-ggz": "Psyche, mobiele teams",
    "eerstelijnszones-en-zorgraden": "mantelzorger, vlaams instituut voor de eerste lijn",
    "family-justice-centers": "advocaat, advocatuur",
    "ketenaanpak-ifg": "vertrouwenscentrum kindermishandeling, 1712",
    "livc-r": "burgemeester, binnenlands bestuur",
}

ACTS = {
    "gbo": "bvr gbo",
    "huizen-van-het-kind": "decreet preventieve gezinsondersteuning, decreet 29 november 2013, "
    "decreet van 20 november 2013",
    "netwerken-dak-en-thuisloosheid": "actieplan dak- en thuisloosheid, actieplan dakloosheid",
    "1gezin1plan": "decreet integrale jeugdhulp",
    "zorgzame-buurten": "projectoproep zorgzame buurten",
    "vroeg-en-nabij": "inspiratienota",
    "netwerken-ggz": "artikel 107, art. 107, ziekenhuiswet, decreet 5 april 2019, 5/4/2019",
    "eerstelijnszones-en-zorgraden": "eerstelijnsdecreet, decreet 26 april 2019, 2019030471, "
    "besluit 17 mei 2019",
    "gedetineerden-en-geinterneerden": "decreet 8 maart 2013, strategisch plan gedetineerden",
    "livc-r": "458ter, wet van 30 juli 2018, 21 mei 2021, draaiboek livc",
    "de-stek": "leidraad stek",
}

PLACES = {
    "lokale-gezinscoaches": "Herenthout, Baldemore",
    "family-justice-centers": "Kortrijk, Gent, Halle, Kempen, Antwerpen",
    "project-samen": "Mechelen, samen mechelen",
    "project-m": "project m limburg, Limburgs project",
}

SUBJECTS = {
    "sociaal-huis": "loket",
    "de-stek": "onderbescherming armoede",
    "huizen-van-het-kind": "kinderarmoede, aanstaande ouders",
    "1gezin1plan": "jeugdhulp wachttijd, rechtstreeks toegankelijke jeugdhulp",
    "lokale-gezinscoaches": "outreach, gezinnen in armoede begeleiden",
    "overkop": "luisterend oor, mentaal welzijn jongeren, jongeren ontmoetingsplek",
    "eerstelijnszones-en-zorgraden": "populatiemanagement, kringwerking, sociale kaart",
    "ketenaanpak-ifg": "familiaal geweld",
    "centra-ifg": "ifg-centra, eergerelateerd geweld, casusregie",
    "gedetineerden-en-geinterneerden": "gevangenen, hulp aan gedetineerden, detentie, internering",
    "livc-r": "terrorisme, extremisme, sociopreventief",
    "gedeelde-verantwoordelijkheid": "ideale wereld, residentiële jeugdhulp",
    "project-samen": "project samen, SAMEN",
}


def pairs(*tables):
    return [
        pytest.param(query, slug, id=query)
        for table in tables
        for slug, queries in table.items()
        for query in queries.split(", ")
    ]


def found(client, query):
    """What the finder finds, best first; as CSV, which counts no facets and is quicker."""
    return [row["slug"] for row in rows_of_csv(client.get("/concepten.csv", {"q": query}))]


@pytest.mark.parametrize(("query", "slug"), pairs(EXPECTED))
def test_first_hit_is_that_of_the_design(query, slug, client):
    assert slugs(client.get("/concepten.json", {"q": query}))[:1] == [slug]


def test_what_gbo_and_stek_both_fight_finds_them_in_that_order(client):
    assert found(client, "onderbescherming")[:2] == ["gbo", "de-stek"]


@pytest.mark.parametrize(
    ("query", "slug"),
    pairs(MISTYPED, JOINED_OR_SPLIT, ABBREVIATED, PARTNERS, ACTS, PLACES, SUBJECTS),
)
def test_first_hit_is_what_was_meant(query, slug, client):
    assert found(client, query)[:1] == [slug]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("ocmw", {"gbo", "sociaal-huis", "livc-r"}),
        ("O.C.M.W.", {"gbo", "sociaal-huis", "livc-r"}),
        ("openbaar centrum", {"gbo", "sociaal-huis", "livc-r"}),
        ("CAW", {"gbo", "1gezin1plan", "overkop", "ketenaanpak-ifg"}),
        ("centra algemeen welzijnswerk", {"gbo", "1gezin1plan", "overkop", "ketenaanpak-ifg"}),
        ("Kind en Gezin", {"1gezin1plan"}),
        ("VAPH", {"gedeelde-verantwoordelijkheid", "eerstelijnszones-en-zorgraden"}),
        ("VAPA", {"netwerken-dak-en-thuisloosheid", "lokale-gezinscoaches"}),
        ("2018030504", {"sociaal-huis", "gbo", "huizen-van-het-kind"}),
        ("decreet 9 februari 2018", {"sociaal-huis", "gbo", "huizen-van-het-kind"}),
        ("decreet LSB", {"sociaal-huis", "gbo", "huizen-van-het-kind"}),
        ("AJH", {"family-justice-centers", "ketenaanpak-ifg", "gedetineerden-en-geinterneerden"}),
        ("AZG", {"netwerken-ggz", "eerstelijnszones-en-zorgraden"}),
        ("Leuven", {"lokale-gezinscoaches", "family-justice-centers"}),
        ("Oostende", {"lokale-gezinscoaches", "family-justice-centers"}),
        ("Limburg", {"family-justice-centers", "project-m"}),
        ("veelplegers", {"gedetineerden-en-geinterneerden", "project-samen", "project-m"}),
        ("IFG", {"ketenaanpak-ifg", "family-justice-centers", "centra-ifg"}),
        ("huiselijk geweld", {"ketenaanpak-ifg", "family-justice-centers"}),
    ],
)
def test_a_name_finds_the_concepts_that_name_it(query, expected, client):
    assert expected <= set(found(client, query))


def test_jongerenwelzijn_is_found_where_the_merger_is_told(client):
    response = client.get("/ontwikkelingen.json", {"q": "Jongerenwelzijn"})

    assert slugs(response) == ["hertekening-vlaamse-administratie"]


def test_all_words_come_before_any_word(client):
    hits = found(client, "coach gezin")

    assert hits[0] == "lokale-gezinscoaches"
    assert len(hits) > 1


def test_repaired_query_asks_for_all_its_words(client):
    """Not for any of them, which would find half the site."""
    repaired = found(client, "geesteljke gezondheidszorg")

    assert repaired == found(client, "geestelijke gezondheidszorg")


def test_only_the_word_that_does_not_occur_is_repaired(client):
    """Also where another word holds the same letters."""
    response = client.get("/concepten/", {"q": "radikal radikalisering"})

    read = response.context["finder"].rows.search
    assert read.corrections == [("radikalisering", "radicalisering")]
    assert read.corrected == "radikal radicalisering"


def test_date_of_an_act_is_read_as_a_whole(client):
    """Others have a 5, an April and a 2019 too."""
    assert found(client, "5 april 2019")[0] == "netwerken-ggz"


@pytest.mark.parametrize("query", ["qqqq", "xyzzy plugh", "de het een", "'", "\\", "& | !"])
def test_nothing_to_find_is_an_empty_list(query, client):
    response = client.get("/concepten.json", {"q": query})

    assert response.status_code == 200
    assert slugs(response) == []


#: Each with what it is of.
QUESTIONS = {
    "many": "zorg, huis, gezin",
    "a name": "ocmw, leuven, zorgraad Bilzen, fusie departement zorg, ocmw leuven",
    "several words": "decreet 2018, decreet kwaliteit, jeugdhulp decreet 2013, "
    "interne staatshervorming, psychische hulp jongeren, steunpunt mens en samenleving",
    "a compound": "huisarts, schuldhulpverlening, daklozenopvang, dak- en thuisloosheid",
    "a slip": "zorgraat, geintegeerd breed onthaal",
    "no word to search for": "de van",
    "nothing": "qqqq, brugfiguur, sociaal tolk",
    "signs like an apostrophe": "GBO\u02bcs, GBO\ua78cs",
}
NO_WORDS = set(QUESTIONS["no word to search for"].split(", "))


@pytest.mark.parametrize("more", [{}, {"ruim": "1"}], ids=["all words", "any word"])
@pytest.mark.parametrize("query", [q for some in QUESTIONS.values() for q in some.split(", ")])
def test_one_question_has_one_number(query, more, client):
    """On the page of the search over everything, and in the list of each kind."""
    question = {"q": query, **more}
    groups = client.get("/zoeken/", question).context["page"].groups
    totals = {group.label: group.total for group in groups}

    for label, view in LISTS.items():
        path = reverse(view)
        finder = client.get(path, question).context["finder"]
        data = client.get(f"{path.rstrip('/')}.json", {**question, "facetten": "0"}).json()
        assert (label, finder.total, data["aantal"]) == (label, *[totals.get(label, 0)] * 2)
        assert query not in NO_WORDS or any("geen woord om op" in said for said in finder.notices)


@pytest.mark.parametrize("sign", ["\u02bc", "\ua78c", "\u2019"])
def test_signs_like_an_apostrophe_find_as_many(sign, client):
    plain = slugs(client.get("/concepten.json", {"q": "GBO's"}))

    assert plain
    assert slugs(client.get("/concepten.json", {"q": f"GBO{sign}s"})) == plain


def test_huisarts_is_never_huis_and_arts(client):
    """No text has the word on its own: what is found, has it in a word or is not found."""
    page = client.get("/zoeken/", {"q": "huisarts"})

    for group in page.context["page"].groups:
        for hit in group.hits:
            assert "huisarts" in "".join(piece for piece, _ in hit.excerpt).casefold()


@pytest.mark.parametrize(
    ("query", "slug"),
    [
        ("daklozenopvang", "netwerken-dak-en-thuisloosheid"),
        ("familie justice center", "family-justice-centers"),
        ("buurtzorgwerker", "zorgzame-buurten"),
    ],
)
def test_what_has_not_all_words_stands_behind_a_link(query, slug, client):
    page = client.get("/zoeken/", {"q": query})
    wider = client.get("/zoeken/", {"q": query, "ruim": "1"}).context["page"]

    assert page.context["page"].total == 0
    assert page.context["page"].wider
    assert f"/concepten/{slug}/" in [hit.url for group in wider.groups for hit in group.hits]


@pytest.mark.parametrize(
    ("query", "url"),
    [
        ("ocmw leuven", "/gevraagd/?gemeente=24062&partner=ocmw"),
        ("ELZ Leuven", "/gebieden/elz-leuven/"),
        ("Limburg", "/gebieden/provincie-limburg/"),
        ("referentieregio Limburg", "/gebieden/regio-limburg/"),
        ("zorgraad Bilzen", "/gebieden/elz-zolim/"),
        ("3000 Leuven", "/gemeenten/24062-leuven/"),
        ("Kessel-Lo", "/gemeenten/24062-leuven/"),
        ("huizen van het kind gent", "/concepten/?gemeente=44021&q=huizen+van+het+kind"),
        ("wat is een zorgraad", "/begrippen/zorgraad/"),
    ],
)
def test_what_was_asked_for_by_name_stands_on_top(query, url, client):
    (first, *_) = client.get("/zoeken/", {"q": query}).context["page"].offers

    assert first.url == url


@pytest.mark.parametrize("query", ["leven", "Opglabeek", "leuve", "decreet", "zorg"])
def test_no_municipality_is_offered_that_is_not_meant(query, client):
    offers = client.get("/zoeken/", {"q": query}).context["page"].offers

    assert [offer.url for offer in offers if "/gemeenten/" in offer.url] == []
