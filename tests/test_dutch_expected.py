"""Searching in Dutch: what a reader types finds what a policy text says."""

import pytest

from eerstelijn.dutch.words import fold
from tests.dutch_pages import ANALYSER, INDEX, RECORDS


def cases(text):
    """Read lines of "what a reader types | the records of which one must come first"."""
    lines = (line.split("|") for line in text.strip().splitlines())
    return [(query.strip(), set(keys.split())) for query, keys in lines]


# The table of expectations that search was built to.
EXPECTED = """
geintegreerd breed onthaal | gbo
geïntegreerd onthaal | gbo
GBO | gbo
gbo's | gbo
gbo’s | gbo
1G1P | 1gezin1plan
1 gezin 1 plan | 1gezin1plan
een gezin een plan | 1gezin1plan
1gezin1plan | 1gezin1plan
1Gezin 1Plan | 1gezin1plan
ELZ | elz
eerstelijnszone | elz
eerste lijns zones | elz
zorggraad | elz
overkop | overkop
over kop huis | overkop
OverKop-huizen | overkop
veilig thuis | fjc
FJC | fjc
family justice | fjc
intrafamilial geweld | fjc ketenaanpak
kindermishandeling | ketenaanpak
mishandeling kind | ketenaanpak
radicalisering | livc-r
LIVC | livc-r
LIVC R | livc-r
livc-r | livc-r
dakloos | netwerken-dak-en-thuisloosheid
thuisloosheid | netwerken-dak-en-thuisloosheid
daklozen | netwerken-dak-en-thuisloosheid
gevangenis | gedetineerden
gedetineerde | gedetineerden
geinterneerden | gedetineerden
huis van het kind | huizen-van-het-kind
huizen vh kind | huizen-van-het-kind
opvoedingsondersteuning | huizen-van-het-kind
buurtzorg | zorgzame-buurten
zorgzame buurt | zorgzame-buurten
buurtgericht | zorgzame-buurten
gezinscoach | lokale-gezinscoaches
gezinscoaches | lokale-gezinscoaches
coach gezin | lokale-gezinscoaches
vroeg en nabij | vroeg-en-nabij
vroeg & nabij | vroeg-en-nabij
psychiatrie netwerk | netwerken-ggz
ggz | netwerken-ggz
geestelijke gezondheid | netwerken-ggz
stek | de-stek
STEK praktijk | de-stek
ontmoetingsplaats | de-stek
non take up | gbo de-stek
onderbescherming | gbo de-stek
Bilzen | bilzen-hoeselt
ocmw | ocmw
openbaar centrum | ocmw
Kind en Gezin | opgroeien
Jongerenwelzijn | opgroeien
2018030504 | lsb
decreet 9 februari 2018 | lsb
"""

# Thought up after the analysis was written, and before it was tried on them.
UNSEEN = """
wachtlijst jeugdhulp | 1gezin1plan
mantelzorger | zorgzame-buurten elz
centrum algemeen welzijnswerk | gbo 1gezin1plan overkop
burgemeester radicalisme | livc-r
terrorisme burgemeester | livc-r
beroepsgeheim | livc-r
458 ter | livc-r
art. 107 | netwerken-ggz
psychiatrisch ziekenhuis | netwerken-ggz
jeugdpsychiatrie | netwerken-ggz
familiaal geweld | ketenaanpak fjc
huiselijk geweld | ketenaanpak fjc
partnergeweld | ketenaanpak fjc
kindermisandeling | ketenaanpak
vertrouwenscentrum | ketenaanpak
daklozenopvang | netwerken-dak-en-thuisloosheid
thuislozenzorg | netwerken-dak-en-thuisloosheid
sosiaal huis | sociaal-huis
sociale dienstverlening | sociaal-huis
ziekenfonds | gbo
mutualiteit | gbo
onderbeschreming | gbo de-stek
nontakeup | gbo
armoede | de-stek
vrijwilligerswerk | de-stek zorgzame-buurten
opvoeding | huizen-van-het-kind
opvoedingswinkel | huizen-van-het-kind
kinderopvang | vroeg-en-nabij
jeugdwerk | overkop
jeugdwelzijnswerk | overkop
gezinsbegeleiding | lokale-gezinscoaches
Baldemoore | lokale-gezinscoaches
koning boudewijn stichting | zorgzame-buurten
re-integratie ex-gedetineerden | gedetineerden
resocialisatie gevangenen | gedetineerden
Samen mechelen | project-samen
veelpleger | project-samen
referentie regio | regiovorming
intergemeentelijke samenwerking | regiovorming
kind & gezin | opgroeien
decreet van 9 feb 2018 | lsb
o.c.m.w. | ocmw
O.C.M.W.'s | ocmw
1ste lijn | elz
eerstelijnzone | elz
zorgraden kempen | elz
livcs | livc-r
wat doet een gezinscoach | lokale-gezinscoaches
waar vind ik een huis van het kind | huizen-van-het-kind
gemeente fusie bilzen | bilzen-hoeselt
dienst maatschappelijk werk | gbo
psychologische hulp | 1gezin1plan netwerken-ggz
decentralizatie | decentralisatie
woningnood kwetsbare huurder | netwerken-dak-en-thuisloosheid
Regio decreet 2023 | regiovorming
zorgzaam buurten | zorgzame-buurten
overcop | overkop
gezinnen in armoede coach | lokale-gezinscoaches
zorgraadsleden | elz
burgerparticipatie | zorgzame-buurten sociaal-huis ketenaanpak
politie en parket | ketenaanpak
cel radicalisering | livc-r
veiligheids cel | livc-r
LIVC's | livc-r
livc_r | livc-r
gevangenissen | gedetineerden
gevangene | gedetineerden
gedetineerdenwerking | gedetineerden
zelfstandig wonen daklozen | netwerken-dak-en-thuisloosheid
dak-en thuislozen | netwerken-dak-en-thuisloosheid
thuisloze jongere | netwerken-dak-en-thuisloosheid
boudewijnstichting | zorgzame-buurten
KBS | zorgzame-buurten
mantelzorg vrijwilliger | zorgzame-buurten
zorgsame buurten | zorgzame-buurten
ontmoetingsplek | overkop de-stek
jongerenplek | overkop
JAC | overkop
jongeren aanlooppunt overkophuizen | overkop
over-kop | overkop
1 gezin, 1 plan | 1gezin1plan
één gezin één plan | 1gezin1plan
1Gezin1plan CLB | 1gezin1plan
rechtstreeks toegankelijke jeugdhulp | 1gezin1plan
kinderzorg en gezinsondersteuning | 1gezin1plan
GEINTEGREERD  BREED ONTHAAL | gbo
breedonthaal | gbo
geïntegreerd-breed-onthaal | gbo
non take up | gbo de-stek
rechten onderbenutting ziekenfondsen | gbo
7,5 miljoen | gbo
sociale huizen | sociaal-huis
OCMW's integratie gemeente | ocmw
openbare centra voor maatschappelijk welzijn | ocmw
famili justice centre | fjc
slachtoffers intrafamilaal | fjc
veilig huis | fjc
ifg | ketenaanpak
keten aanpak | ketenaanpak
vertrouwenscentra kindermishandeling | ketenaanpak
1712 | ketenaanpak
preventieve gezondheidszorg ouders | huizen-van-het-kind
huis vd kind | huizen-van-het-kind
expo | huizen-van-het-kind
Opgroeien | opgroeien
Kind & Gezin fusie | opgroeien
zorgcircuit | netwerken-ggz
geestelijk gezondheidsnetwerk | netwerken-ggz
psychische problemen | netwerken-ggz
mobiel team | netwerken-ggz
psychiatrishe ziekenhuizen | netwerken-ggz
bilsen | bilzen-hoeselt
hoeselt | bilzen-hoeselt
lokaal sociaalbeleid | lsb
decreet 2018 | lsb
09-02-2018 | lsb
regio's vijftien | regiovorming
samenwerkingsverbanden tussen gemeenten | regiovorming
decentraliseren | decentralisatie
V.V.S.G. | decentralisatie
vroegennabij | vroeg-en-nabij
vroeg nabij | vroeg-en-nabij
conceptnota jeugdhulp | vroeg-en-nabij
herval criminaliteit veelplegers | project-samen
project samen | project-samen
"""


@pytest.mark.parametrize(("query", "records"), cases(EXPECTED))
def test_expected_record_comes_first(query, records):
    assert INDEX.search(query)[0] in records


@pytest.mark.parametrize(("query", "records"), cases(UNSEEN))
def test_unforeseen_query_finds_its_record_first(query, records):
    assert INDEX.search(query)[0] in records


@pytest.mark.parametrize("query", ["slachtofferhulp geweld", "mentale gezondheid jongeren"])
def test_query_between_two_subjects_finds_both_near_the_top(query):
    assert {"fjc", "overkop"} & set(INDEX.search(query)[:3])


@pytest.mark.parametrize("query", ["voetbal", "belastingaangifte", "spijbelen", "xyzzy", "van het"])
def test_query_outside_the_field_finds_nothing(query):
    assert INDEX.search(query) == []


@pytest.mark.parametrize("record", RECORDS, ids=lambda record: record.key)
def test_every_word_finds_its_record_in_any_spelling(record):
    for word in f"{record.name} {record.text}".split():
        for spelled in (word, word.upper(), word.lower(), fold(word)):
            clauses = ANALYSER.clauses(spelled, INDEX.tokens)
            assert not clauses or record.key in INDEX.ranked(clauses), spelled


@pytest.mark.parametrize("record", RECORDS, ids=lambda record: record.key)
def test_whole_text_as_a_query_finds_its_record(record):
    assert record.key in INDEX.ranked(ANALYSER.clauses(record.text))
