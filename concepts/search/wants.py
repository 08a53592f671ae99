"""The words by which a question asks for a view, or for a chapter of a page (`wanted`).

They are matched in small letters and without accents, where the names in the question were taken
out already: "Gedeelde verantwoordelijkheid" is a concept and asks for no owner.
"""

import re
from dataclasses import dataclass


@dataclass(frozen=True)
class Want:
    """Words that want something, and what that is called here: a key of `OFFERS`."""

    words: re.Pattern[str]
    what: str


def _words(*alternatives: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(alternatives)})\b")


#: What may stand around what is wanted, and asks nothing itself.
AROUND = _words(
    r"concept(?:en)?|project(?:en)?|partners?|graag|toon|geef|zoek|overzicht|lijst|allemaal",
    r"verschillende|precies|juist|eigenlijk|meest(?:e)?|sterkst(?:e)?|dezelfde|gelijke|andere?",
    r"vlaamse|vlaanderen|eerste lijn|iedereen|alles|alle|doen|mag|mogen|wil(?:len)?|iemand",
    r"burgers?|zelf|achter|rond|binnen|zit(?:ten)?|\d{1,3}",
)
WANTS = (
    Want(
        _words(
            r"lijk(?:t|en)(?: het)?(?: meest| sterkst)? op|gelijkaardige?|gelijkend\w*|overlap\w*",
            r"raakvlak\w*|overeenkomst\w*|gemeenschappelijk\w*|lijk(?:t|en)|hetzelfde als",
        ),
        "likeness",
    ),
    Want(
        _words(r"verschil(?:len|t)?|vergelijk\w*|versus|vs|onderscheid\w*|naast elkaar"),
        "versus",
    ),
    Want(
        _words(
            r"hand-?\s?outs?|folders?|flyers?|afdruk\w*|print(?:en|versie)?|pdf|op papier|fiche",
            r"samenvatting|in het kort|korte? (?:versie|uitleg)|(?:een|1) pagina|posters?|a4",
            r"meenemen|download(?:en)?",
        ),
        "paper",
    ),
    Want(
        _words(
            r"(?:werk)?druk|gevraagd|vra(?:agt?|gen)|moet(?:en)?|verplicht\w*|taken|taak|regie",
            r"rol(?:len)?|verwacht\w*|deelnem\w*|meedoen|doe(?:t|n)? mee|betrokken\w*|trekker",
            r"zit(?:ten)? in|opdracht\w*|deelnemers|samenwerk(?:t|en)(?: met)?|engagement\w*",
        ),
        "asked",
    ),
    Want(
        _words(
            r"tijds?lijn|geschiedenis|evolutie|verander\w*|mijlpa\w+|sinds wanneer|chronologie",
            r"gebeur(?:de|d|t|tenissen)|historiek|nieuws?|wijziging\w*|recent\w*|stand van zaken",
        ),
        "timeline",
    ),
    Want(
        _words(
            r"beloo?f(?:d|de|te|ten|tes)|beloven|aangekondigd\w*|aankondig\w*|deadlines?|gepland\w*",
            r"planning|tegen wanneer|gehaald|komt er|toekomst\w*|uitrol",
        ),
        "promises",
    ),
    Want(
        _words(r"tegenspra(?:ak|ken)|tegenspreken|tegenstrijdig\w*|klopt(?: niet)?|fout(?:en)?"),
        "contradictions",
    ),
    Want(
        _words(
            r"waar|welke gemeenten?|gemeenten?|regio(?:'?s)?|dekking|dekt|werkingsgebied(?:en)?",
            r"adres(?:sen)?|locaties?|plaats(?:en)?|in de buurt|besta(?:at|an)|kaart(?:je)?",
        ),
        "where",
    ),
    Want(
        _words(
            r"van wie|eigenaars?|bevoegd\w*|wie betaalt|minister|welke? (?:dienst|departement)",
            r"verantwoordelijk\w*|wie beslist",
        ),
        "owner",
    ),
    Want(
        _words(
            r"toegang(?:kelijk)?|toegankelijk\w*|binnenstappen|binnen ?lopen|doorverwij\w*",
            r"verwijzing|aanmeld\w*|naartoe|terecht|contact(?:eren)?|(?:zonder )?afspraak",
        ),
        "access",
    ),
    Want(
        _words(
            r"decreet|decreten|wet(?:telijk\w*)?|rechtsgrond|juridisch\w*|regelgeving|besluit(?:en)?",
        ),
        "grounds",
    ),
    Want(_words(r"doel(?:en|stelling(?:en)?)?|waarvoor|waarom|betekenis|betekent"), "goal"),
    Want(_words(r"netwerktekening|netwerkkaart|verbanden|netwerk van"), "network"),
    Want(_words(r"citer\w*|citeer\w*|bronvermelding|verwijzen naar|refere\w+"), "cite"),
    Want(_words(r"json|csv|excel|open data|dataset|data|api"), "files"),
    Want(_words(r"(?:alle|hoeveel|overzicht van|lijst van|welke) concepten"), "all"),
)
#: A year, with what stands before it: "eind 2023", "tegen 2025", "najaar 2024".
YEAR = re.compile(
    r"\b(?:(?:tegen|voor|in|vanaf|na|sinds|het|de)\s+)*"
    r"(?:(?:eind(?:e)?|begin|midden|najaar|voorjaar|zomer|herfst|winter|lente|jaar)\s+)?"
    r"(?:van\s+)?((?:1[89]|2[01])\d\d)\b"
)
