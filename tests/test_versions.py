"""Two versions of a concept compared, in words: by key, by place."""

from functools import partial

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from concepts.models import STATEMENT_KINDS, ConceptRelation, ConceptVersion, Coverage, Passage
from concepts.publishing import publish, withdraw, working_copy
from concepts.versions.changes import public_changes
from tests.desk import editor, step_url
from tests.factories import (
    STATEMENT_FACTORIES,
    CitationFactory,
    ConceptRelationFactory,
    ConceptVersionFactory,
    CoverageAreaFactory,
    CoverageFactory,
    KeyFigureFactory,
    MilestoneFactory,
    OwnershipFactory,
    ParticipationFactory,
    PartnerFactory,
    PassageFactory,
    SourceFactory,
)
from tests.marked import marked

KINDS = pytest.mark.parametrize("name", STATEMENT_KINDS)


# Two versions


@pytest.fixture
def public(db):
    """A published version with a statement of every kind."""
    version = ConceptVersionFactory(
        described_by=[SourceFactory()], statements=[PassageFactory, *STATEMENT_FACTORIES.values()]
    )
    return publish(version)


def compared(copy):
    """What a working copy changes for the public."""
    return public_changes([copy])[copy.pk].comparison


def only_row(comparison):
    [chapter] = comparison.chapters
    [row] = chapter.rows
    return row


def only_field(comparison):
    row = only_row(comparison)
    assert row.mark == "gewijzigd"
    [field] = row.fields
    return field


def test_a_copy_is_the_same(public):
    change = public_changes([copy := working_copy(public.concept)])[copy.pk]

    assert change.comparison.is_same
    assert change.sentence == "Versie 2 is gelijk aan versie 1."


def test_what_a_version_says_of_itself_is_no_difference(public):
    copy = working_copy(public.concept)
    ConceptVersion.objects.filter(pk=copy.pk).update(reason="Anders.")

    assert compared(copy).is_same


def test_fields_of_the_version_are_compared(public):
    copy = working_copy(public.concept)
    fields = {"summary": "Een heel andere zin.", "kind": ConceptVersion.Kind.PLAN}
    ConceptVersion.objects.filter(pk=copy.pk).update(**fields)
    copy.described_by.add(SourceFactory(slug="poster", name="De poster"))

    changes = {field.label: marked(field.pieces) for field in compared(copy).fields}

    assert changes.keys() == {"Soort", "In één zin", "Beschreven door"}
    assert changes["Soort"] == f"[-{public.get_kind_display()}-]{{+plan+}}"
    assert "{+Een heel andere zin.+}" in changes["In één zin"]
    assert changes["Beschreven door"] == "{+De poster+}"


@KINDS
@pytest.mark.django_db
def test_a_statement_of_each_kind_is_new_or_gone(public, name):
    kind = STATEMENT_KINDS[name]
    copy = working_copy(public.concept)
    STATEMENT_FACTORIES[name](version=copy, key="nieuw")

    row = only_row(compared(copy))
    assert (row.mark, row.title) == ("nieuw", str(kind.objects.get(version=copy, key="nieuw")))
    assert any(field.label == "Bronnen" for field in row.fields)

    kind.objects.filter(version=copy, key="nieuw").delete()
    gone = kind.objects.filter(version=copy).first()
    title = str(gone)
    gone.delete()
    row = only_row(compared(copy))
    assert (row.mark, row.title) == ("weg", title)


@KINDS
@pytest.mark.django_db
def test_whatever_changes_of_a_statement_of_each_kind_is_told(public, name):
    """Each of its texts, its dates and its sources."""
    kind = STATEMENT_KINDS[name]
    copy = working_copy(public.concept)
    row = kind.objects.filter(version=copy).first()
    texts = [
        field
        for field in kind._meta.concrete_fields
        if field.get_internal_type() in ("CharField", "TextField")
        and not (field.choices or field.name.endswith("_label"))
    ]
    for field in texts:
        before = getattr(row, field.name)
        kind.objects.filter(pk=row.pk).update(**{field.name: "vliegermaker"})
        change = only_field(compared(copy))
        assert change.label.lower() == field.verbose_name
        assert "{+vliegermaker+}" in marked(change.pieces)
        kind.objects.filter(pk=row.pk).update(**{field.name: before})
    kind.objects.filter(pk=row.pk).update(start_label="mei 2022")
    assert "mei 2022" in marked(only_field(compared(copy)).pieces)
    kind.objects.filter(pk=row.pk).update(start_label="")
    row.citations.set([CitationFactory(section="9.9")])
    assert only_field(compared(copy)).label == "Bronnen"


def test_a_choice_and_a_record_are_told_in_words(db):
    caw, clb = PartnerFactory(name="CAW"), PartnerFactory(name="CLB")
    version = ConceptVersionFactory(described_by=[SourceFactory()], statements=[PassageFactory])
    ParticipationFactory(version=version, partner=caw, role="deelnemer")
    copy = working_copy(publish(version).concept)
    copy.participations.update(partner=clb, role="regie")

    row = only_row(compared(copy))

    assert row.title == "CLB (regie)"
    assert [(field.label, marked(field.pieces)) for field in row.fields] == [
        ("Partner", "[-CAW-]{+CLB+}"),
        ("Rol", "[-deelnemer-]{+regie+}"),
    ]


def of_one(make, **fields):
    """A working copy of a published version with one statement beside its text, and that."""
    version = ConceptVersionFactory(described_by=[SourceFactory()], statements=[PassageFactory])
    row = make(version=version, **fields)
    copy = working_copy(publish(version).concept)
    return copy, type(row).objects.get(version=copy, key=row.key)


@pytest.mark.django_db
def test_areas_are_told_by_name_and_known_by_what_they_are():
    aalst, zone = CoverageAreaFactory(name="Aalst"), CoverageAreaFactory(name="Zone Aalst")
    other = CoverageAreaFactory(name="Gent")
    copy, row = of_one(CoverageFactory, territory=[aalst, zone], extent=Coverage.Extent.ONLY_NAMED)
    row.territory.set([zone, other])

    field = only_field(compared(copy))

    assert field.label == "Gebieden"
    assert {marked([piece]) for piece in field.pieces} == {"[-Aalst-]", "{+Gent+}"}
    assert field.note == "Gelijk: 1."
    assert len(field.shown) == 2
    assert not field.whole


@pytest.mark.django_db
def test_the_order_of_sources_is_a_difference():
    places = [CitationFactory(section=section) for section in ("2.1", "2.2", "2.3")]
    copy, row = of_one(OwnershipFactory, citations=places)
    row.citations.set([places[2], places[0], places[1]])

    field = only_field(compared(copy))

    assert (field.label, field.pieces) == ("Bronnen", ())
    assert field.note == "Volgorde nu: Tekst, 2.3; Tekst, 2.1; Tekst, 2.2."


@pytest.mark.django_db
def test_the_order_of_areas_is_none():
    areas = CoverageAreaFactory.create_batch(2)
    copy, row = of_one(CoverageFactory, territory=areas, extent=Coverage.Extent.ONLY_NAMED)
    row.territory.set(areas[::-1])

    assert compared(copy).is_same


@pytest.mark.django_db
def test_a_date_that_only_an_editor_can_read_is_told_with_its_bounds():
    copy, row = of_one(OwnershipFactory)
    for name, value in {
        "start_label": "rond Pasen 2023",
        "start_earliest": "2023-04-01",
        "start_latest": "2023-04-30",
    }.items():
        setattr(row, name, value)
    row.save()

    field = only_field(compared(copy))

    said = "rond Pasen 2023 (van 1 april 2023 tot en met 30 april 2023)"
    assert (field.label, marked(field.pieces)) == ("Geldig van", f"{{+{said}+}}")


@pytest.mark.django_db
def test_numbers_and_yes_or_no_are_dutch():
    copy, row = of_one(KeyFigureFactory, value=58)
    row.value = "7.50"
    row.save()
    assert marked(only_field(compared(copy)).pieces) == "[-58-]{+7,5+}"

    copy, row = of_one(MilestoneFactory)
    row.is_announced, row.outcome = True, "onbekend"
    row.save()
    changes = {f.label: marked(f.pieces) for f in only_row(compared(copy)).fields}
    assert changes == {"Was een aankondiging": "[-nee-]{+ja+}", "Afloop": "{+onbekend+}"}


@pytest.mark.django_db
def test_a_relation_to_a_draft_is_told_by_its_name(public):
    draft = ConceptVersionFactory(name="Nog geheim concept")
    copy = working_copy(public.concept)
    ConceptRelationFactory(version=copy, other=draft.concept, kind="ondersteunt", key="nieuw")

    row = only_row(compared(copy))

    assert (row.mark, row.title) == ("nieuw", "ondersteunt Nog geheim concept")
    assert ConceptRelation.objects.get(key="nieuw").other == draft.concept


@pytest.mark.django_db
def test_another_order_of_statements_is_told_once():
    version = ConceptVersionFactory(described_by=[SourceFactory()])
    for place, key in enumerate("abc", 1):
        PassageFactory(version=version, key=key, position=place)
    copy = working_copy(publish(version).concept)
    Passage.objects.filter(version=copy, key="c").update(position=0)

    comparison = compared(copy)

    [chapter] = comparison.chapters
    assert not chapter.rows
    assert chapter.note == "De volgorde wijzigde. Gelijk: 3 passages."
    assert comparison.summary == "Andere volgorde: passages. De rest is gelijk."


@pytest.mark.django_db
def test_the_summary_counts_what_differs(public):
    copy = working_copy(public.concept)
    ConceptVersion.objects.filter(pk=copy.pk).update(summary="Anders.")
    copy.passages.update(text="Anders.")
    ParticipationFactory(version=copy, key="nieuw")
    copy.accesses.all().delete()

    number = public.passages.count()
    assert compared(copy).summary == (
        f"Gewijzigd: 1 veld, {number} passages. Nieuw: 1 deelname. Weg: 1 toegang. "
        "De rest is gelijk."
    )


# Beside what


@pytest.mark.django_db
def test_the_first_version_is_new_as_a_whole():
    change = public_changes([version := ConceptVersionFactory()])[version.pk]

    assert change.comparison is None
    assert change.sentence == "Dit is de eerste versie op de site: alles is nieuw."


def test_what_was_withdrawn_is_held_beside_what_stood_there_last(public):
    second = publish(working_copy(public.concept))
    withdraw(public.concept)
    copy = working_copy(public.concept)
    copy.passages.all().delete()

    change = public_changes([copy])[copy.pk]

    assert change.base == second
    assert change.sentence.startswith("Tegenover versie 2, die het laatst op de site stond. Weg: ")


def queries_of(versions):
    with CaptureQueriesContext(connection) as asked:
        public_changes(versions)
    return len(asked)


@pytest.mark.django_db
def test_many_versions_ask_as_many_queries_as_one():
    def changed(rows):
        makers = [
            partial(make, citations=[CitationFactory()]) for make in STATEMENT_FACTORIES.values()
        ]
        version = ConceptVersionFactory(
            described_by=[SourceFactory()], statements=[PassageFactory, *makers * rows]
        )
        area = CoverageAreaFactory()
        for coverage in version.coverages.all():
            coverage.territory.add(area)
            coverage.extent = Coverage.Extent.ONLY_NAMED
            coverage.save()
        return working_copy(publish(version).concept)

    one, *many = [changed(1), changed(3), changed(3)]

    assert queries_of([one]) == queries_of([one, *many])


# At the desk


@pytest.fixture
def desk(client, db):
    client.force_login(editor("eindredacteur"))
    return client


def test_the_question_before_publishing_shows_what_changes(desk, public):
    copy = working_copy(public.concept)
    copy.passages.update(text="Een tekst met <b>haken</b>.")

    page = desk.post(step_url(copy, "publiceer")).content.decode()

    assert "Tegenover versie 1, die nu op de site staat. Gewijzigd: " in page
    assert '<ins><span class="visually-hidden">nieuw: </span>' in page
    assert '<del><span class="visually-hidden">weg: </span>' in page
    assert "&lt;b&gt;haken&lt;/b&gt;" in page
    assert "style=" not in page.partition('id="content-main"')[2]


def test_a_version_that_changes_nothing_says_so(desk, public):
    copy = working_copy(public.concept)

    page = desk.post(step_url(copy, "publiceer")).content.decode()

    assert "Versie 2 is gelijk aan versie 1." in page


def test_taking_off_the_site_compares_nothing(desk, public):
    page = desk.post(step_url(public.concept, "haal-weg")).content.decode()

    assert "Tegenover versie" not in page
