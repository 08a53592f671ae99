"""What an editor may want to reread, and names that nearly exist: advice, and never a refusal."""

import pytest
from django.contrib.messages import get_messages

from concepts import publishing
from concepts.proofreading import LONGEST, MOST, remarks
from eerstelijn.desk.nearby import nearly
from governance.models import Partner
from tests.desk import add_url, change_url, editor, send
from tests.factories import (
    AgencyFactory,
    ConceptVersionFactory,
    PartnerFactory,
    PartnerTypeFactory,
    PassageFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def version():
    return ConceptVersionFactory(name="Huis", summary="Eén zin.")


def test_a_long_sentence_is_named_by_its_beginning(version):
    words = " ".join(["woord"] * LONGEST)
    PassageFactory(version=version, kind="wat", text=f"Kort. {words}.\n- Wie {words}.")

    (said,) = remarks(version)

    assert said.startswith("Lange zin in “Wat het is”: “Wie woord woord woord woord woord …”")
    assert said.endswith(f"telt {LONGEST + 1} woorden.")


def test_no_list_of_remarks_is_long(version):
    sentence = " ".join(["woord"] * 30)
    text = "\n".join(f"Zin {number} {sentence}." for number in range(20))
    PassageFactory(version=version, kind="wat", text=text)

    assert len(remarks(version)) == MOST + 1
    assert remarks(version)[-1] == "En nog 12 van die soort."


@pytest.mark.parametrize(
    ("text", "unknown"),
    [
        ("Het QZX helpt.", ["QZX"]),
        ("Het QZX helpt. Later schrijft het QZX (quasi zonder x) dat.", []),
        ("Een quasi zonder x (QZX) helpt. Het QZX ook.", []),
        ("Hoofdstuk II van het QZX-team.", ["QZX"]),  # II is a number
        ("Het CAW en Zorgteam ABC werken samen.", []),
        ("LIVC-Q en LIVC-R.", ["LIVC-Q", "LIVC-R"]),
    ],
)
def test_an_abbreviation_is_written_out_somewhere(version, text, unknown):
    PartnerFactory(name="CAW", long_name="Centrum algemeen welzijnswerk")
    AgencyFactory(name="Agentschap ABC", abbreviation="")
    PassageFactory(version=version, kind="wat", text=text)

    said = [remark for remark in remarks(version) if "voluit" in remark]

    assert [remark.split("”")[0].removeprefix("“") for remark in said] == unknown


def test_remarks_stop_no_publication(version):
    PassageFactory(version=version, kind="wat", text="Het QZX helpt.")

    assert any("QZX" in warning for warning in publishing.warnings(version))
    assert not any("QZX" in problem for problem in publishing.missing(version))


@pytest.mark.parametrize(
    ("text", "others", "found"),
    [
        ("C.A.W.", ["CAW"], "CAW"),
        ("caw limburg", ["CAW Limburg"], "CAW Limburg"),
        ("Sociaal Hius", ["Sociaal Huis", "Huis"], "Sociaal Huis"),
        ("Oost-Vlaanderen", ["West-Vlaanderen"], "West-Vlaanderen"),
        ("CLB", ["CGG", "CLW"], None),  # short names lie close together by nature
        ("2018-01-1234", ["2018011234"], "2018011234"),
        ("2018011243", ["2018011234"], "2018011234"),
        ("2018011235", ["2018011234"], None),
        ("44012", ["44021"], "44021"),
        ("", ["x"], None),
        ("Gloednieuw", ["", "Iets anders"], None),
    ],
)
def test_what_nearly_exists(text, others, found):
    assert nearly(text, others) == found


def told(response):
    return [str(message) for message in get_messages(response.wsgi_request)]


def test_a_partner_that_nearly_exists_is_saved_and_told(client):
    client.force_login(editor("eindredacteur"))
    PartnerFactory(name="Huis van de mens")
    kind = PartnerTypeFactory()

    answer = send(client, add_url(Partner), name="Huis van de mesn", slug="mesn", type=str(kind.pk))

    new = Partner.objects.get(slug="mesn")
    (said,) = [text for text in told(answer) if "lijkt sterk op" in text]
    assert "“Huis van de mesn” lijkt sterk op “Huis van de mens”" in said
    answer = send(client, change_url(new), note="Iets anders.")
    assert not [text for text in told(answer) if "lijkt sterk op" in text]
