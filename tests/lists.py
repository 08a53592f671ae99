"""The lists of the site and their facets, for tests that ask something of each."""

import pytest

LISTS = [
    *("concepten", "ontwikkelingen", "beleidsdomeinen", "diensten", "partners", "regelgeving"),
    *("gebieden", "bronnen", "begrippen"),
]
#: The facets of each list, to give them values that do not exist.
FACETS = {
    "concepten": [
        *("domein", "dienst", "partnertype", "partner", "rol", "gebied", "schaal", "doelgroep"),
        *("soort", "regelgeving", "toegang", "bron"),
    ],
    "ontwikkelingen": ["partner"],
    "diensten": ["soort"],
    "partners": ["type"],
    "regelgeving": ["soort", "status", "jaar"],
    "gebieden": ["soort"],
    "bronnen": ["herkomst", "soort"],
}
EVERY_LIST = pytest.mark.parametrize("path", LISTS)
#: One of each way to make a list: from versions, with facets, without.
THREE_LISTS = ["concepten", "partners", "begrippen"]
DATA = pytest.mark.parametrize("format", ["json", "csv"])
