"""Dutch as search reads it: stems, compounds, spellings, dates and names in a text."""

import time

import pytest
from django.db import connection

from eerstelijn.dutch import analysis
from eerstelijn.dutch.analysis import Analyser, to_tsquery, to_tsvector
from eerstelijn.dutch.words import fold, stem
from tests.dutch_pages import ANALYSER, INDEX


def tokens(text, analyser=ANALYSER):
    return {token for token, _ in analyser.analyse(text)}


def test_case_and_accents_change_nothing():
    text = "Coördinatie van de geïntegreerde zorg in één regio"

    assert ANALYSER.analyse(text) == ANALYSER.analyse(fold(text)) == ANALYSER.analyse(text.upper())


@pytest.mark.parametrize(
    "forms",
    [
        "dakloos dakloze daklozen dakloosheid",
        "zorgraad zorgraden",
        "gezinscoach gezinscoaches",
        "eerstelijnszone eerstelijnszones",
        "huis huizen",
        "kind kinderen",
        "plan plannen",
        "plaats plaatsen",
        "adres adressen",
        "ziekenfonds ziekenfondsen",
        "gevangenis gevangenissen",
        "agentschap agentschappen",
        "organisatie organisaties",
        "psychiatrie psychiatrisch psychiatrische",
        "hulpverlener hulpverleners hulpverlening",
        "centrum centra",
        "brussel brussels brusselse",
    ],
)
def test_forms_of_a_word_share_a_stem(forms):
    assert len({stem(form) for form in forms.split()}) == 1


@pytest.mark.parametrize("words", ["overheid over", "samen sam", "kans kan", "regio regie"])
def test_different_words_keep_different_stems(words):
    one, other = words.split()

    assert stem(one) != stem(other)


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("dak- en thuisloosheid", "dakloosheid"),
        ("hulp- en dienstverlening", "hulpverlening"),
        ("welzijns-, gezondheids- en gezinsbeleid", "welzijnsbeleid"),
        ("gezinsondersteuning en -begeleiding", "gezinsbegeleiding"),
        ("jeugd(welzijns)werk", "jeugdwelzijnswerk"),
        ("(samen)werkingsvormen", "samenwerkingsvormen"),
        ("o.c.m.w.", "ocmw"),
        ("LIVC-R", "livcr"),
        ("artikel 458ter", "458ter"),
        ("de 1ste lijn", "eerste"),
        ("1stelijnszone", "eerstelijnszone"),
        ("St.-Niklaas", "sint"),
        ("op 9/2/2018", "februari"),
        ("op 2018-02-09", "februari"),
        ("op 9 feb. 2018", "februari"),
        ("e\u0301e\u0301n ge\u00adzin", "gezin"),
        ("ge\x00zin", "gezin"),
    ],
)
def test_text_yields_the_word_behind_its_spelling(text, word):
    assert stem(word) in tokens(text)


@pytest.mark.parametrize(
    ("compound", "part"),
    [
        ("eerstelijnszones", "zone"),
        ("gezinscoaches", "coach"),
        ("zorgraden", "raad"),
        ("kindermishandeling", "kind"),
        ("jeugdhulpverlening", "jeugdhulp"),
        ("thuislozenzorg", "thuis"),
        ("buurtgerichte", "buurt"),
        ("radicaliseringsproces", "radicalisering"),  # only the end is a listed part
        ("gezinsbudgettering", "gezin"),  # only the beginning is
    ],
)
def test_compound_yields_its_parts(compound, part):
    assert stem(part) in tokens(compound)


@pytest.mark.parametrize("word", ["zorg", "gezinnen", "regie", "wonen", "ondersteuning", "raden"])
def test_simple_word_yields_only_itself(word):
    assert tokens(word) == {stem(word)}


def test_compound_is_not_looked_for_in_pieces_when_a_text_has_it():
    (listed,) = ANALYSER.clauses("gezinscoach", INDEX.tokens)
    (unlisted,) = ANALYSER.clauses("gezinscoach", known=set())

    assert listed == (("gezinscoach",), ("gezincoach",))
    assert unlisted == (("gezinscoach",), ("gezin", "coach"))


@pytest.mark.parametrize(
    "text", ["9 februari 2018", "9/2/2018", "09.02.2018", "9 feb. 2018", "2018-02-09"]
)
def test_date_is_found_as_a_whole_however_it_is_written(text):
    assert "datum:2018-februari-9" in tokens(f"Het decreet van {text} regelt dat")
    assert ("datum:2018-februari-9",) in ANALYSER.clauses(text)[0]


def test_month_is_found_with_and_without_its_day():
    assert "datum:2019-april" in tokens("april 2019") & tokens("26 april 2019")
    assert "datum:2019-april" not in tokens("april en 2019") | tokens("april 20191")


def test_second_try_also_asks_for_parts_and_beginnings():
    clauses = ANALYSER.clauses("thuislozentoelage", INDEX.tokens, loose=True)

    assert (("thuislos",),) in clauses
    assert (("thuislozento*",),) in clauses


def test_misspelled_word_is_pointed_out_where_it_stands():
    query = "wat doet de zorgraat voor gezinnen"

    (word,) = ANALYSER.unknown_words(query, INDEX.tokens)

    assert query[word.start : word.end] == "zorgraat"


@pytest.mark.parametrize(
    ("query", "hits"),
    [
        ("1g1p", [("1G1P", "concept:1gezin1plan")]),
        ("een gezin, een plan", [("1Gezin1Plan", "concept:1gezin1plan")]),
        ("LIVC's in Mechelen", [("LIVC", "concept:livc-r")]),
        ("CAWs", [("CAW", "partner:caw")]),
        ("huizen v/h kind", [("Huis van het Kind", "concept:huizen-van-het-kind")]),
        ("GBO of FJC", [("GBO", "concept:gbo"), ("FJC", "concept:fjc")]),
        ("kind", []),
    ],
)
def test_page_can_say_which_name_was_used(query, hits):
    assert ANALYSER.alias_hits(query) == hits


def test_name_in_a_text_yields_its_record():
    text = "Openbare centra voor maatschappelijk welzijn helpen één gezin één plan te maken."

    assert {"partner:ocmw", "concept:1gezin1plan"} <= tokens(text)


def test_one_spelling_may_stand_for_two_records():
    analyser = Analyser([("Limburg", "gebied:provincie"), ("Limburg", "gebied:regio")])

    assert set(analyser.clauses("limburg")[0][:2]) == {("gebied:provincie",), ("gebied:regio",)}


def test_name_in_capitals_is_not_read_into_small_letters():
    assert "concept:project-samen" in tokens("het project SAMEN")
    assert "concept:project-samen" not in tokens("ze werken samen")
    assert ("concept:project-samen",) in ANALYSER.clauses("samen")[0]


def test_short_name_of_a_place_is_no_inflected_word():
    analyser = Analyser([("Staden", "gebied:staden"), ("Peer", "gebied:peer")])

    assert tokens("Peer en Staden", analyser) > {"gebied:peer", "gebied:staden"}
    assert tokens("drie steden, één stad", analyser) == {"drie", "stad"}
    assert analyser.clauses("staden") == [(("gebied:staden",),)]


def test_literals_are_quoted():
    clauses = [(("o'neil\\&", "a*"), ("b",))]
    passages = [("A", [("o'neil", 1)]), ("C", [("b", 1), ("o'neil", 2)])]

    assert to_tsquery(clauses) == r"('o''neil\\&' & 'a':* | 'b')"
    assert to_tsquery([(("a",),), (("b",),)], "or") == "('a') | ('b')"
    assert to_tsvector(passages) == "'o''neil':2A,5C 'b':4C"
    assert to_tsquery([]) == to_tsvector([]) == ""


@pytest.mark.parametrize(
    ("token", "found"),
    [("o'neil\\", True), ("concept:gbo", True), ("a & b", True), ("zorg*", True), ("raad", False)],
)
def test_literals_mean_in_postgresql_what_they_say(db, token, found):
    vector = to_tsvector(
        [("A", [("o'neil\\", 1), ("concept:gbo", 2), ("a & b", 3), ("zorgra", 4)])]
    )

    with connection.cursor() as cursor:
        cursor.execute("SELECT %s::tsvector @@ %s::tsquery", [vector, to_tsquery([((token,),)])])

        assert cursor.fetchone() == (found,)


@pytest.mark.parametrize(
    ("text", "query", "shown"),
    [
        ("De zorgraden en de raad", "zorgraad", ["zorgraden"]),
        ("Zorgzame buurten bloeien", "buurtzorg", ["Zorgzame", "buurten"]),
        ("Een Huis van het Kind, geen huis", "huizen vh kind", ["Huis van het Kind"]),
        ("Geïntegreerd breed onthaal", "gbo", ["Geïntegreerd breed onthaal"]),
        ("De OverKop-huizen", "overkop", ["OverKop-huizen"]),
        ("dak- en thuislozen", "daklozen", ["dak"]),
        ("Niets daarvan", "zorgraad", []),
    ],
)
def test_passage_shows_the_words_that_answer_the_query(text, query, shown):
    assert [text[start:end] for start, end in ANALYSER.highlight(text, query)] == shown


@pytest.mark.parametrize(
    "piece", ["a", "a.", "a-", "aB", "1a", "(", "'s", "dak- ", "e\u0301", "1 "]
)
def test_huge_query_is_cut_short(piece):
    started = time.perf_counter()

    clauses = ANALYSER.clauses(piece * 500_000, INDEX.tokens, loose=True)

    assert len(clauses) <= analysis.MAX_QUERY_WORDS * 5
    assert time.perf_counter() - started < 1  # measured: at most 0.02 s


def test_long_text_takes_a_time_in_proportion():
    text = "De OverKop-huizen, dak- en thuisloosheid en een eerstelijnszone. " * 2_000
    started = time.perf_counter()

    ANALYSER.analyse(text)

    assert time.perf_counter() - started < 15  # 130,000 letters; measured: 0.9 s


def test_nothing_gives_nothing():
    assert ANALYSER.analyse("") == ANALYSER.analyse("... - \x00 '") == []
    assert Analyser().clauses("zorgraad") == [(("zorgrad",),)]


class TestAmended:
    """An Analyser of which names came and went is one that learned all names of today."""

    BEFORE = (
        ("Zorgraad", "concept:zorgraden"),
        ("Zorgraden", "concept:zorgraden"),
        ("zorgraad", "partner:zorgraad"),
        ("SAMEN", "concept:samen"),
        ("Project SAMEN", "concept:samen"),
        ("Peer", "gebied:peer"),
        ("Huis van het Kind", "concept:huis"),
    )
    TEXTS = (
        *("De zorgraad van Peer komt samen", "Project SAMEN en het huis van het kind"),
        *("zorgraden", "Huizen", "SAMEN", "samen", "peer", "Staden", "eengezin"),
    )

    @pytest.mark.parametrize(
        "now",
        [
            BEFORE,
            BEFORE[1:],
            BEFORE[:3],
            (*BEFORE, ("Samen", "partner:samen"), ("Staden", "gebied:staden")),
            (("zorgraad", "begrip:zorgraad"), *BEFORE),
            (*BEFORE[:2], *BEFORE[3:5], ("Huizen", "concept:huis"), BEFORE[5]),
            (("Peer", "concept:samen"), ("peer", "gebied:peer")),
            (),
        ],
    )
    def test_it_reads_as_one_that_learned_everything_anew(self, now):
        changed = {*self.BEFORE} ^ {*now}

        amended, fresh = Analyser(self.BEFORE).amended(changed, now), Analyser(now)

        for text in self.TEXTS:
            assert amended.analyse(text) == fresh.analyse(text)
            assert amended.clauses(text) == fresh.clauses(text)
            assert amended.alias_hits(text) == fresh.alias_hits(text)
            assert amended.highlight(text, text) == fresh.highlight(text, text)
