"""The sentences of the content are our own, and true on the day that they are read."""

import pytest

from tests.content import nearness
from tests.content.test_writing import AS_IT_STANDS, FILES, failing, texts

pytestmark = pytest.mark.django_db  # as all of this folder

#: What is no sentence of ours: names, and words that stand there as those of the source.
GIVEN = {"name", "short_title", "long_name", "heading", "wording", "publisher"}
#: Files that were compared with the documents sentence by sentence; another joins once it was.
COMPARED = [
    "02-overheid.json",
    "03-regelgeving.json",
    "04-partners.json",
    "07-woorden.json",
    "concepten/1gezin1plan.json",
    "concepten/beleidsprioriteiten-lokaal-sociaal-beleid.json",
    "concepten/beweging-op-de-eerste-lijn.json",
    "concepten/centra-ifg.json",
    "concepten/de-stek.json",
    "concepten/decentralisatie.json",
    "concepten/family-justice-centers.json",
    "concepten/gbo.json",
    "concepten/gedeelde-verantwoordelijkheid.json",
    "concepten/gedetineerden-en-geinterneerden.json",
    "concepten/hertekening-vlaamse-administratie.json",
    "concepten/huizen-van-het-kind.json",
    "concepten/infodeling-en-beroepsgeheim.json",
    "concepten/integratie-ocmw-gemeente.json",
    "concepten/ketenaanpak-ifg.json",
    "concepten/kwaliteitsdecreet.json",
    "concepten/livc-r.json",
    "concepten/lokale-gezinscoaches.json",
    "concepten/netwerken-dak-en-thuisloosheid.json",
    "concepten/netwerken-ggz.json",
    "concepten/overkop.json",
    "concepten/project-m.json",
    "concepten/project-samen.json",
    "concepten/regiovorming.json",
    "concepten/relanceplan-vlaamse-veerkracht.json",
    "concepten/sociaal-huis.json",
    "concepten/vermaatschappelijking-van-de-zorg.json",
    "concepten/vroeg-en-nabij.json",
    "concepten/zorgzame-buurten.json",
]


def is_given(where):
    return where.rpartition(".")[2] in GIVEN


@pytest.fixture(scope="module")
def names():
    """The names of more than one word of all records; of areas there are too many to matter."""
    return {
        value
        for file in FILES
        if not file.startswith(("gebieden/", "liggingen/"))
        for _, where, value in texts(file)
        if is_given(where) and " " in value
    }


@pytest.mark.parametrize("name", COMPARED)
def test_sentences_are_our_own(name, names):
    ours = [(where, value) for _, where, value in texts(name) if not is_given(where)]

    near = {where: runs for where, value in ours if (runs := nearness.shared(value, names))}
    assert near == {}


def test_words_of_a_document_are_recognised():
    theirs = "in de eigen leefwereld van kinderen"

    assert nearness.shared(f"Hulp komt {theirs}.", ()) == [theirs]
    assert nearness.shared(f"Hulp komt {theirs}.", ("eigen leefwereld",)) == []
    assert nearness.shared("Hulp komt waar kinderen leven.", ()) == []


def test_no_text_says_today_for_the_day_of_a_source():
    """What a document says of "vandaag" was so in March 2023; only its dates stay true."""
    now = r"\b([Vv]andaag|[Mm]omenteel|[Bb]innenkort|[Oo]nlangs)\b"

    assert failing(now, AS_IT_STANDS | {"concepts.discrepancy"}) == []


def test_what_was_so_in_march_2023_is_told_in_the_past():
    present = r"(is|zijn|kan|kunnen|krijgt|krijgen|loopt|lopen|verloopt|heeft|hebben|komt|komen)"
    clash = rf"[Ii]n maart 2023 {present}\b|\b{present} (er )?in maart 2023"

    assert failing(clash, AS_IT_STANDS) == []


def test_vlaamse_veerkracht_is_written_one_way():
    assert failing(r"Vlaamse veerkracht", AS_IT_STANDS) == []
