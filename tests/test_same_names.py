"""No two records of a kind are called the same, however a name is typed; the database says so."""

import datetime as dt
import unicodedata

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, transaction

from concepts.models import Alias, ConceptVersion, TargetGroup, Term, WordPart
from eerstelijn import one_form
from eerstelijn.database.refusals import in_words
from governance.models import AreaName, CoverageArea, OldSlug, Partner, Slugged
from tests.desk import add_url, change_url, editor, send
from tests.factories import (
    AgencyFactory,
    AreaKindFactory,
    ConceptVersionFactory,
    MunicipalityFactory,
    PartnerFactory,
    PartnerTypeFactory,
    PolicyDomainFactory,
    TargetGroupFactory,
    TermFactory,
)
from tests.zones import police_zones, zone

pytestmark = pytest.mark.django_db

TYPED = {
    "hoofdletters": "PROEF COÖRDINATOR",
    "kleine letters": "proef coördinator",
    "twee spaties": "Proef  Coördinator ",
    "geen spatie": "ProefCoördinator",
    "vaste spatie": "Proef\u00a0Coördinator",
    "zonder breedte": "Proef Coördinator\u200b",
    "zacht koppelteken": "Proef Coördi\u00adnator",
    "letters in twee stukken": unicodedata.normalize("NFD", "Proef Coördinator"),
    "alles samen": unicodedata.normalize("NFD", "\tproef\u202fcoör\u2060dinatoR"),
}


@pytest.fixture
def desk(client):
    client.force_login(editor("eindredacteur"))
    return client


def value_of(sql, *params):
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {sql}", params)
        return cursor.fetchone()[0]


@pytest.mark.parametrize("typed", TYPED.values(), ids=TYPED)
def test_the_database_compares_names_as_people_hear_them(typed):
    assert value_of("eerstelijn_naam(%s)", typed) == "proefcoördinator"


@pytest.mark.parametrize("typed", ["Proef coordinator", "Proef Coördinatör", "Proef-Coördinator"])
def test_what_one_sees_makes_another_name(typed):
    assert value_of("eerstelijn_naam(%s)", typed) != "proefcoördinator"


def test_the_database_and_the_desk_mean_the_same_by_one_form():
    """Every sign that the desk leaves out or makes a space, the database does too."""
    signs = [chr(n) for n in range(1, 0x10000) if unicodedata.category(chr(n)) != "Cs"]
    mine = {s for s in signs if one_form.line(f"a{s}b") in ("ab", "a b", "a-b")}

    told = {s: value_of("eerstelijn_regel(%s)", f"a{s}b") for s in sorted(mine)}

    rare = {s for s in mine if told[s] != one_form.line(f"a{s}b").lower()}
    assert {" ", "\u00a0", "\u2011", "\u200b", "-"} <= mine
    # Signs of scripts that nobody here writes, such as the Arabic number sign.
    assert {unicodedata.category(s) for s in rare} <= {"Cf"}
    assert all(
        ord(s) in (*range(0x600, 0x900), 0x180E, 0x2065, *range(0xFFF0, 0xFFFC)) for s in rare
    )


KINDS = [
    AgencyFactory,
    AreaKindFactory,
    PartnerFactory,
    PartnerTypeFactory,
    PolicyDomainFactory,
    TargetGroupFactory,
    TermFactory,
]


@pytest.mark.parametrize("typed", TYPED.values(), ids=TYPED)
@pytest.mark.parametrize("factory", KINDS, ids=lambda factory: factory.__name__)
def test_a_second_record_of_the_same_name_is_refused_in_dutch(factory, typed):
    factory(name="Proef Coördinator")

    with pytest.raises(IntegrityError) as refusal, transaction.atomic():
        factory(name=typed)

    assert "Er is al een " in in_words(refusal.value)
    assert "met deze naam. Hoofdletters en spaties maken geen verschil." in in_words(refusal.value)


def test_a_word_part_stands_once():
    WordPart.objects.create(text="coach")

    with pytest.raises(IntegrityError, match="wordpart_once"):
        WordPart.objects.create(text="Coach")


# At the desk


def errors(response):
    assert response.status_code == 200
    return response.context["adminform"].form.errors


@pytest.mark.parametrize("typed", TYPED.values(), ids=TYPED)
def test_the_form_says_so_at_the_name(desk, typed):
    PartnerFactory(name="Proef Coördinator")
    kind = PartnerTypeFactory()

    answer = send(desk, add_url(Partner), name=typed, slug="proef-2", type=str(kind.pk))

    assert errors(answer) == {
        "name": ["Er is al een partner met deze naam. Hoofdletters en spaties maken geen verschil."]
    }
    assert Partner.objects.count() == 1


def test_its_own_name_may_change_its_capitals(desk):
    partner = PartnerFactory(name="caw")

    send(desk, change_url(partner), name="CAW")

    assert Partner.objects.get().name == "CAW"


def test_a_term_too(desk):
    TermFactory(name="Proefbegrip")

    answer = send(
        desk, add_url(Term), name="proefbegrip", slug="proefbegrip-2", definition="Een woord."
    )

    assert list(errors(answer)) == ["name"]


@pytest.mark.parametrize("slug", ["CAW", "Caw-2"])
def test_an_address_has_small_letters_only(desk, slug):
    kind = PartnerTypeFactory()

    answer = send(desk, add_url(Partner), name="Proef", slug=slug, type=str(kind.pk))

    assert "enkel kleine letters" in errors(answer)["slug"][0]
    assert not Partner.objects.exists()


def with_address():
    return [model for model in apps.get_models() if issubclass(model, Slugged)]


def test_every_kind_with_an_address_is_held_to_small_letters():
    for model in [*with_address(), TargetGroup]:
        names = {rule.name for rule in model._meta.constraints}
        assert f"{model._meta.app_label}_{model._meta.model_name}_slug_small" in names, model
    partner = PartnerFactory(slug="caw")
    with pytest.raises(IntegrityError) as refusal:
        Partner.objects.filter(pk=partner.pk).update(slug="CAW")
    assert "enkel kleine letters" in in_words(refusal.value)


def test_a_former_address_is_of_a_kind_that_has_addresses():
    assert set(OldSlug.Kind.values) == {model._meta.model_name for model in with_address()}
    for kind, label in OldSlug.Kind.choices:
        model = next(m for m in with_address() if m._meta.model_name == kind)
        assert label in (model._meta.verbose_name, "concept")
    with pytest.raises(IntegrityError, match="governance_oldslug_kind_of_list"):
        OldSlug.objects.create(kind="boom", old="a", current="b")


@pytest.mark.parametrize("text", ["Proefnaam", "proefnaam", "PROEFNAAM\u200b", "Proefnaam "])
def test_another_name_of_a_record_stands_once(desk, text):
    partner, other = PartnerFactory(), PartnerFactory()
    kind = Alias.Kind.NAME
    Alias.objects.create(key="een", text="Proefnaam", kind=kind, partner=partner)

    answer = send(desk, add_url(Alias), text=text, kind=kind, partner=str(partner.pk))

    assert errors(answer) == {
        "text": ["Dit record heeft deze naam al. Hoofdletters maken geen verschil."]
    }
    send(desk, add_url(Alias), text=text, kind=kind, partner=str(other.pk))
    assert other.aliases.get().text == one_form.line(text)
    with pytest.raises(IntegrityError, match="concepts_alias_once"):
        Alias.objects.create(key="twee", text=text, kind=kind, partner=partner)


def test_a_spelling_with_a_space_is_another_name_for_search():
    partner = PartnerFactory()
    for number, text in enumerate(("1 Gezin 1 Plan", "1Gezin1Plan")):
        Alias.objects.create(key=f"k{number}", text=text, kind="schrijfwijze", partner=partner)

    assert partner.aliases.count() == 2


# Concepts: what their versions are called


def test_two_concepts_are_not_called_the_same_at_once():
    first = ConceptVersionFactory(published=True, name="Geïntegreerd breed onthaal")
    ConceptVersionFactory(concept=first.concept, number=2, name="Geïntegreerd breed onthaal")

    with pytest.raises(IntegrityError) as refusal, transaction.atomic():
        ConceptVersionFactory(name=unicodedata.normalize("NFD", "geïntegreerd Breed onthaal"))

    assert "al een concept of ontwikkeling met deze naam" in in_words(refusal.value)


def test_a_name_that_a_concept_no_longer_bears_is_free():
    ConceptVersionFactory(name="Oud", status="vroeger", published_at=dt.datetime.now(dt.UTC))

    ConceptVersionFactory(name="oud")

    assert ConceptVersion.objects.count() == 2


def test_the_form_of_a_version_says_so_at_the_name(desk):
    ConceptVersionFactory(published=True, name="Proefconcept")
    copy = ConceptVersionFactory(name="Ander concept")

    answer = send(desk, change_url(copy), name="proef concept")

    assert list(errors(answer)) == ["name"]


# Areas: one of a name in a kind, on a day


def check():
    connection.check_constraints()


def refused(change):
    """What the database says of a change, at the end of its transaction."""
    with pytest.raises(IntegrityError) as refusal, transaction.atomic():
        checked(change)
    return in_words(refusal.value)


def checked(change):
    change()
    check()


@pytest.fixture
def zones():
    return police_zones()


@pytest.mark.parametrize("name", ["PZ Aalst", "pz aalst", "PZ  Aalst\u200b"])
def test_a_kind_has_one_area_of_a_name(zones, name):
    zone(zones, "PZ Aalst")
    zone(AreaKindFactory(), "PZ Aalst")
    check()

    said = refused(lambda: zone(zones, name))

    assert said.startswith(
        "Er is op die dagen al een politiezone met de naam “PZ Aalst”. (Het adres van dat gebied is"
    )


@pytest.mark.parametrize("name", ["PZ Aalst", "pz aalst"])
def test_the_desk_says_so_and_keeps_what_was_typed(desk, zones, name):
    zone(zones, "PZ Aalst")
    check()

    answer = send(
        desk, add_url(CoverageArea), name=name, slug="politiezone-aalst-2", kind=str(zones.pk)
    )

    (said,) = errors(answer)["name"]
    assert said.startswith("Er is op die dagen al een politiezone met de naam “PZ Aalst”")
    (line,) = answer.context["summary"]
    assert (line.place, line.url) == ("Naam vandaag", "#id_name")
    assert ("slug", "politiezone-aalst-2") in [
        (field.name, field.value()) for field in answer.context["adminform"].form
    ]
    assert CoverageArea.objects.count() == 1


def test_what_a_dated_name_takes_is_told_of_the_whole(desk, zones):
    zone(zones, "PZ Aalst")
    other = zone(zones, "PZ Gent")
    check()

    answer = send(desk, change_url(other), **{"names-TOTAL_FORMS": "1", "names-0-name": "PZ Aalst"})

    (said,) = errors(answer)["__all__"]
    assert said.startswith("Er is op die dagen al een politiezone met de naam “PZ Aalst”")
    assert not other.names.exists()


def test_on_other_days_another_area_may_have_the_name(zones):
    day = dt.date(2025, 1, 1)
    zone(zones, "PZ Aalst", None, day - dt.timedelta(days=1))
    zone(zones, "PZ Aalst", day)

    check()


def test_dated_names_count_on_their_days(zones):
    """An area that took the name of another when that ended; then both are renamed again."""
    new_year, eve = dt.date(2025, 1, 1), dt.date(2024, 12, 31)
    ended = zone(zones, "PZ Aalst", dt.date(2019, 1, 1), eve)
    renamed = zone(zones, "PZ Aalst", dt.date(2019, 1, 1))
    AreaName.objects.create(area=renamed, name="PZ Denderstreek", valid_until=eve)
    AreaName.objects.create(area=renamed, name="PZ Aalst", valid_from=new_year)
    check()

    of_ended, former = (
        CoverageArea.objects.filter(pk=ended.pk),
        renamed.names.filter(valid_until=eve),
    )
    for change in (
        lambda: of_ended.update(valid_until=new_year),
        lambda: former.update(name="pz aalst"),
        lambda: former.delete(),
    ):
        assert "al een politiezone met de naam “PZ Aalst”" in refused(change)


def test_postcodes_stand_once():
    town = MunicipalityFactory(postcodes=["8500", "8501"])

    with pytest.raises(IntegrityError) as refusal:
        CoverageArea.objects.filter(pk=town.pk).update(postcodes=["8500", "8500"])

    assert in_words(refusal.value) == "Een postcode staat er één keer."


def test_the_fields_of_a_form_are_known():
    """A rule that is said at a field names one that exists."""
    rules = [(m, r) for m in apps.get_models() for r in m._meta.constraints if hasattr(r, "field")]

    assert len(rules) > 25
    for model, rule in rules:
        assert rule.field in {field.name for field in model._meta.concrete_fields}
