"""A few pages in Dutch with their other names, and a small stand-in for the database over them."""

from dataclasses import dataclass

from eerstelijn.dutch.analysis import Analyser
from eerstelijn.dutch.spelling import nearest

# Word parts and other names as editors keep them; short on purpose.
WORD_PARTS = """
aanbieder aanpak arts begeleiding beleid bestuur buurt centrum coach dak dienst eerste familiaal
gebied gemeente geweld gezin gezondheid handhaving huis hulp inter intra jeugd jongeren justitie
keten kind kinder kwaliteit leef lijn lokaal loos mantel mishandeling netwerk ondersteuning
ontmoeting opvang opvoeding plaats plan plek politie proces raad recht samen samenwerking schuld
sector sociaal structuur thuis veiligheid verband verlener verlening vertrouwen vorm vorming vraag
welzijn wereld werk werking woon zaak ziek zone zorg zorger
""".split()

ALIASES = [
    ("GBO", "concept:gbo"),
    ("geïntegreerd breed onthaal", "concept:gbo"),
    ("1Gezin1Plan", "concept:1gezin1plan"),
    ("1G1P", "concept:1gezin1plan"),
    ("ELZ", "concept:elz"),
    ("eerstelijnszone", "concept:elz"),
    ("zorgraad", "concept:elz"),
    ("OverKop", "concept:overkop"),
    ("OverKop-huis", "concept:overkop"),
    ("Family Justice Center", "concept:fjc"),
    ("FJC", "concept:fjc"),
    ("Veilig Thuis", "concept:fjc"),
    ("Veilig Huis", "concept:fjc"),
    ("IFG", "concept:ketenaanpak"),
    ("ketenaanpak intrafamiliaal geweld", "concept:ketenaanpak"),
    ("LIVC", "concept:livc-r"),
    ("LIVC-R", "concept:livc-r"),
    ("Lokale Integrale Veiligheidscel", "concept:livc-r"),
    ("De STEK", "concept:de-stek"),
    ("STEK", "concept:de-stek"),
    ("Huis van het Kind", "concept:huizen-van-het-kind"),
    ("GGZ", "concept:netwerken-ggz"),
    ("geestelijke gezondheidszorg", "concept:netwerken-ggz"),
    ("psychiatrie", "concept:netwerken-ggz"),
    ("Vroeg & Nabij", "concept:vroeg-en-nabij"),
    ("V&N", "concept:vroeg-en-nabij"),
    ("buurtgerichte zorg", "concept:zorgzame-buurten"),
    ("Project SAMEN", "concept:project-samen"),
    ("SAMEN", "concept:project-samen"),
    ("gevangenis", "concept:gedetineerden"),
    ("non-take-up", "begrip:onderbescherming"),
    ("onderbescherming", "begrip:onderbescherming"),
    ("OCMW", "partner:ocmw"),
    ("openbaar centrum voor maatschappelijk welzijn", "partner:ocmw"),
    ("CAW", "partner:caw"),
    ("centrum algemeen welzijnswerk", "partner:caw"),
    ("CLB", "partner:clb"),
    ("centrum voor leerlingenbegeleiding", "partner:clb"),
    ("DMW", "partner:dmw"),
    ("dienst maatschappelijk werk", "partner:dmw"),
    ("mutualiteit", "partner:dmw"),
    ("Kind en Gezin", "dienst:opgroeien"),
    ("Jongerenwelzijn", "dienst:opgroeien"),
    ("agentschap Opgroeien", "dienst:opgroeien"),
    ("WVG", "dienst:wvg"),
    ("Welzijn, Volksgezondheid en Gezin", "dienst:wvg"),
    ("SAM", "partner:sam"),
    ("Bilzen", "gebied:bilzen-hoeselt"),
    ("decreet LSB", "regelgeving:lsb"),
]


@dataclass
class Record:
    """A page of the site, as far as search sees it."""

    key: str
    name: str
    text: str


RECORDS = [
    Record("sociaal-huis", "Sociaal Huis", "Eén herkenbaar loket waar burgers met vragen over "
           "sociale dienstverlening van OCMW en gemeente terechtkunnen."),
    Record("gbo", "Geïntegreerd breed onthaal (GBO)", "Samenwerkingsverband van minstens OCMW, CAW "
           "en de diensten maatschappelijk werk van de ziekenfondsen (DMW), vanuit het Sociaal "
           "Huis. Het gaat onderbescherming en non-take-up van rechten tegen. Lokale besturen "
           "kregen 7,5 miljoen euro. Er zijn 58 verbanden, volgens de eerstelijnszones."),
    Record("de-stek", "De STEK", "Laagdrempelige ontmoetingsplaats waar mensen binnenwandelen. "
           "STEK-praktijken werken aan sociale grondrechten, samen met vrijwilligers, en tegen "
           "onderbescherming. Het beleid voor armoedebestrijding verhuisde in mei 2022."),
    Record("huizen-van-het-kind", "Huizen van het Kind", "Samenwerking rond opgroeien: "
           "opvoedingsondersteuning, preventieve gezondheidszorg en ontmoeting voor aanstaande "
           "ouders. EXPOO van het agentschap Opgroeien ondersteunt ze. In 294 gemeenten."),
    Record("netwerken-dak-en-thuisloosheid", "Bovenlokale netwerken dak- en thuisloosheid",
           "In dertien regio's zoeken lokale besturen, woonactoren en welzijnsorganisaties samen "
           "een antwoord voor dak- en thuislozen en kwetsbare huurders."),
    Record("1gezin1plan", "1Gezin1Plan (1G1P)", "Zestien samenwerkingsverbanden van CAW, CLB, "
           "geestelijke gezondheidszorg en Centra voor Kinderzorg en Gezinsondersteuning. Ze geven "
           "sneller rechtstreeks toegankelijke jeugdhulp aan wie op een wachtlijst staat, met een "
           "eerstelijnspsychologische functie."),
    Record("zorgzame-buurten", "Zorgzame buurten", "132 buurten kregen steun voor buurtgerichte "
           "zorg: mantelzorgers, vrijwilligers en professionals vinden elkaar. De Koning "
           "Boudewijnstichting (KBS) begeleidt de coaches van de projecten."),
    Record("lokale-gezinscoaches", "Lokale gezinscoaches", "Intensieve begeleiding van kwetsbare "
           "gezinnen, onder regie van het lokaal bestuur. Projecten in Herenthout, Leuven, Bilzen, "
           "Oostende en ELZ Baldemore, van november 2021 tot 31 oktober 2023."),
    Record("overkop", "OverKop-huizen", "Plek waar jongeren hun vrije tijd doorbrengen en zonder "
           "label steun vinden voor hun mentaal welzijn. JAC, CAW en jeugd(welzijns)werk helpen."),
    Record("vroeg-en-nabij", "Vroeg en nabij", "Conceptnota voor een geïntegreerd gezins- en "
           "jeugdhulpbeleid; kinderopvang en volwassen worden zijn bijzondere thema's."),
    Record("netwerken-ggz", "Netwerken geestelijke gezondheid (GGZ)", "Zorgcircuits voor mensen "
           "met een psychische kwetsbaarheid: mobiele teams, psychiatrische ziekenhuizen, "
           "artikel 107. Psyche ondersteunt 20 netwerken voor volwassenen en 11 voor kinderen."),
    Record("elz", "Eerstelijnszones en zorgraden (ELZ)", "Zestig zones, elk aangestuurd door een "
           "zorgraad, stemmen zorg- en hulpverleners, lokale besturen en mantelzorgers op elkaar "
           "af. VIVEL is hun aanspreekpunt."),
    Record("fjc", "Family Justice Centers (FJC)", "Politie, justitiehuizen, artsen en advocatuur "
           "werken onder één dak voor slachtoffers van intrafamiliaal geweld. Veilig Thuis."),
    Record("ketenaanpak", "Ketenaanpak intrafamiliaal geweld en kindermishandeling (IFG)",
           "Parket, lokale politie en Vertrouwenscentra Kindermishandeling pakken zeer onveilige "
           "gezinssituaties samen aan. Burgers bellen 1712."),
    Record("gedetineerden", "Hulp- en dienstverlening aan gedetineerden en geïnterneerden",
           "Strategisch plan 2020-2025 voor wie in de gevangenis zit: minder recidive, betere "
           "re-integratie, onderwijs en werk."),
    Record("livc-r", "Lokale integrale veiligheidscel (LIVC-R)", "De burgemeester zit een overleg "
           "voor over personen in een radicaliseringsproces. Artikel 458ter van het Strafwetboek "
           "regelt het beroepsgeheim."),
    Record("project-samen", "Project SAMEN", "In Mechelen begeleiden politie en justitie "
           "veelplegers persoonsgericht, zodat ze niet hervallen."),
    Record("ocmw", "OCMW", "Openbaar centrum voor maatschappelijk welzijn. Sinds 1 januari 2019 "
           "geïntegreerd in het gemeentebestuur; partner van het GBO."),
    Record("opgroeien", "Agentschap Opgroeien", "Ontstond in 2019 uit de fusie van Jongerenwelzijn "
           "en Kind en Gezin."),
    Record("bilzen-hoeselt", "Bilzen-Hoeselt", "Gemeente in Limburg; Bilzen tot 31 december 2024."),
    Record("lsb", "Decreet van 9 februari 2018 betreffende het lokaal sociaal beleid",
           "Numac 2018030504. Drie concepten: Sociaal Huis, GBO, Huizen van het Kind."),
    Record("regiovorming", "Regiovorming", "Vijftien referentieregio's beëindigen de wirwar van "
           "intergemeentelijke samenwerkingsverbanden. Regiodecreet van 1 februari 2023."),
    Record("decentralisatie", "Decentralisatie", "Een commissie met de VVSG werkt voorstellen uit "
           "voor meer autonomie van lokale besturen. Eindrapport van 13 januari 2023."),
]  # fmt: skip


class Index:
    """A small stand-in for the database: tokens per record, names counting for more."""

    def __init__(self, analyser, records):
        self.analyser = analyser
        self.weights, self.vocabulary = {}, set()
        for record in records:
            own = [alias for alias, target in ALIASES if target.split(":")[1] == record.key]
            weights = {token: 1 for token, _ in analyser.analyse(record.text)}
            for name in (record.name, *own):
                weights |= {token: 4 for token, _ in analyser.analyse(name)}
            self.weights[record.key] = weights
            self.vocabulary |= analyser.vocabulary(". ".join((record.name, record.text, *own)))
        self.tokens = {token for weights in self.weights.values() for token in weights}

    def weight(self, key, token):
        weights = self.weights[key]
        if token.endswith("*"):
            return max((w for t, w in weights.items() if t.startswith(token[:-1])), default=0)
        return weights.get(token, 0)

    def score(self, key, clause):
        return max(min(self.weight(key, token) for token in group) for group in clause)

    def ranked(self, clauses, operator=all):
        scores = {key: [self.score(key, clause) for clause in clauses] for key in self.weights}
        met = [key for key, values in scores.items() if values and operator(values)]
        return sorted(met, key=lambda key: -sum(scores[key]))

    def repaired(self, query):
        for word in reversed(self.analyser.unknown_words(query, self.tokens)):
            meant = nearest(word.text, self.vocabulary) or word.text
            query = query[: word.start] + meant + query[word.end :]
        return query

    def search(self, query):
        """All words first; with few hits repair the spelling, then settle for some of the words."""
        hits = self.ranked(self.analyser.clauses(query, self.tokens))
        if len(hits) < 3:
            query = self.repaired(query)
            hits += self.ranked(self.analyser.clauses(query, self.tokens))
            hits += self.ranked(self.analyser.clauses(query, self.tokens, loose=True), any)
        return list(dict.fromkeys(hits))


ANALYSER = Analyser(ALIASES, WORD_PARTS)
INDEX = Index(ANALYSER, RECORDS)
