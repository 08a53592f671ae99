"""From working copy to published version, and off the site again."""

import threading
from functools import partial

import pytest
from django.db import close_old_connections, connection

from concepts.models import STATEMENT_KINDS, ConceptVersion, Coverage, Milestone, Passage, Status
from concepts.publishing import (
    PublicationRefused,
    missing,
    missing_of,
    publish,
    restore,
    send_back,
    submit,
    withdraw,
    working_copy,
)
from tests.answers import slugs, text
from tests.factories import (
    STATEMENT_FACTORIES,
    CitationFactory,
    ConceptFactory,
    ConceptVersionFactory,
    CoverageAreaFactory,
    CoverageFactory,
    KeyFigureFactory,
    MilestoneFactory,
    ParticipationFactory,
    PartnerFactory,
    PassageFactory,
    ReviewFactory,
    SourceFactory,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("pages_kept")]


def ready(**fields):
    """A working copy that lacks nothing."""
    fields = {"described_by": [SourceFactory()], "statements": [PassageFactory]} | fields
    return ConceptVersionFactory(**fields)


def statuses(concept):
    return list(concept.versions.order_by("number").values_list("status", flat=True))


class TestWhatIsMissing:
    def test_a_version_that_is_ready_lacks_nothing(self):
        assert missing(ready()) == []

    def test_neither_does_a_version_with_every_kind_of_statement(self):
        version = ready(statements=[PassageFactory, *STATEMENT_FACTORIES.values()])

        assert missing(version) == []

    def test_it_is_asked_in_few_queries_of_however_many_versions(self, django_assert_num_queries):
        statements = [PassageFactory, *STATEMENT_FACTORIES.values()]
        versions = [ready(statements=statements), ready(statements=statements, summary=" ")]

        # Who describes them, the statements, the dates of acts, the areas; two for what they cite.
        with django_assert_num_queries(6):
            assert missing(versions[0]) == []
        with django_assert_num_queries(6):
            told = missing_of(versions)

        assert [len(problems) for problems in told] == [0, 1]

    def test_whoever_asked_reads_on_from_the_database(self):
        version = ready()

        missing(version)
        PassageFactory(version=version, kind=Passage.Kind.GOAL)

        assert version.passages.filter(kind=Passage.Kind.GOAL).exists()
        assert len(version.passages.all()) == 2

    @pytest.mark.parametrize(
        ("fields", "problem"),
        [
            ({"summary": "  "}, "De samenvatting in één zin ontbreekt."),
            (
                {"described_by": []},
                "Zeg welke bron dit beschrijft (veld “beschreven door”).",
            ),
            (
                {"sources_as_of": ""},
                "Zeg van wanneer de bronnen zijn (veld “stand van de bronnen”).",
            ),
            ({"statements": []}, "Er is nog geen passage “Wat het is”."),
            (
                {"statements": [partial(PassageFactory, kind=Passage.Kind.GOAL)]},
                "Er is nog geen passage “Wat het is”.",
            ),
        ],
    )
    def test_each_part_that_a_reader_needs_is_named(self, fields, problem):
        assert missing(ready(**fields)) == [problem]

    @pytest.mark.parametrize(("kind", "make"), STATEMENT_FACTORIES.items())
    def test_a_statement_of_any_kind_without_a_source_is_named(self, kind, make):
        version = ready()
        row = make(version=version, citations=[])

        (problem,) = missing(version)

        name = STATEMENT_KINDS[kind]._meta.verbose_name.capitalize()
        assert problem == f"{name} “{row}” heeft nog geen bron."

    @pytest.mark.parametrize(("kind", "make"), STATEMENT_FACTORIES.items())
    def test_a_date_without_bounds_of_which_nobody_said_so_is_named(self, kind, make):
        version = ready()
        row = make(version=version, start_label="17 mei", start_unbounded=True, end_label="ooit")

        (problem,) = missing(version)

        name = STATEMENT_KINDS[kind]._meta.verbose_name.capitalize()
        assert problem.startswith(f"{name} “{row}”: de datum “ooit” heeft geen grenzen.")

    def test_every_date_of_a_statement_counts(self):
        version = ready()
        KeyFigureFactory(version=version, date_label="ooit")
        MilestoneFactory(version=version, outcome_label="binnenkort")
        CoverageFactory(version=version, expected_label="straks")

        problems = " ".join(missing(version))

        assert all(f"de datum “{label}”" in problems for label in ("ooit", "binnenkort", "straks"))
        with pytest.raises(PublicationRefused, match="heeft geen grenzen"):
            publish(version)

    @pytest.mark.parametrize("side", ["start_earliest", "start_latest"])
    def test_a_date_with_one_side_open_can_be_published(self, side):
        version = ready()
        PassageFactory(version=version, start_label="na 2024", **{side: "2025-01-01"})

        assert missing(version) == []

    @pytest.mark.parametrize(
        ("extent", "names_areas", "problem"),
        [
            (
                Coverage.Extent.UNLOCATED,
                True,
                "Bij Gebieden noemt “58 verbanden” gebieden, maar zegt dat de bronnen ze niet "
                "noemen.",
            ),
            *(
                (extent, False, "Bij Gebieden zegt “58 verbanden” niet welke gebieden.")
                for extent in Coverage.Extent
                if extent != Coverage.Extent.UNLOCATED
            ),
        ],
    )
    def test_a_coverage_says_which_areas_it_means(self, extent, names_areas, problem):
        version = ready()
        CoverageFactory(
            version=version,
            wording="58 verbanden",
            extent=extent,
            territory=[CoverageAreaFactory()] if names_areas else [],
        )

        assert missing(version) == [problem]

    @pytest.mark.parametrize(
        "outcome", [outcome for outcome in Milestone.Outcome if outcome != "onbekend"]
    )
    def test_a_known_outcome_has_a_source_of_its_own(self, outcome):
        version = ready()
        row = MilestoneFactory(version=version, is_announced=True, outcome=outcome)
        assert missing(version) == [f"De afloop van mijlpaal “{row}” heeft nog geen bron."]

        row.outcome_citations.add(CitationFactory())

        assert missing(version) == []

    def test_an_unknown_outcome_needs_none(self):
        version = ready()
        MilestoneFactory(version=version, is_announced=True, outcome=Milestone.Outcome.UNKNOWN)

        assert missing(version) == []

    def test_an_editor_reads_everything_at_once(self):
        version = ConceptVersionFactory(
            summary="", statements=[partial(ParticipationFactory, citations=[])]
        )

        with pytest.raises(PublicationRefused) as refusal:
            publish(version)

        assert len(refusal.value.problems) == 4
        version.refresh_from_db()
        assert (version.status, version.published_at) == (Status.WORKING_COPY, None)


class TestPublish:
    def test_makes_an_open_version_public_with_its_date_and_editor(self):
        version = publish(ready(), by="Noor")

        assert version.status == Status.PUBLISHED
        assert version.published_by == "Noor"
        assert version.published_at is not None

    def test_the_next_request_shows_and_finds_it(self, client):
        assert slugs(client.get("/concepten.json")) == []

        publish(ready(concept__slug="gbo", name="Geïntegreerd breed onthaal"))

        assert client.get("/concepten/gbo/").status_code == 200
        assert slugs(client.get("/concepten.json")) == ["gbo"]
        assert slugs(client.get("/concepten.json", {"q": "onthaal"})) == ["gbo"]

    def test_leaves_exactly_one_published_version(self):
        first = publish(ready())
        second = publish(working_copy(first.concept))

        third = publish(working_copy(first.concept))

        assert statuses(first.concept) == [Status.FORMER, Status.FORMER, Status.PUBLISHED]
        assert [first.number, second.number, third.number] == [1, 2, 3]

    def test_other_concepts_stay_as_they_are(self):
        other = publish(ready())

        publish(ready())

        assert statuses(other.concept) == [Status.PUBLISHED]

    def test_a_version_in_review_can_be_published(self):
        version = ready()
        submit(version)

        assert publish(version).status == Status.PUBLISHED

    @pytest.mark.parametrize("status", [Status.PUBLISHED, Status.FORMER, Status.ARCHIVED])
    def test_a_version_that_is_not_open_is_refused(self, status):
        version = publish(ready())
        ConceptVersion.objects.filter(pk=version.pk).update(status=status)

        with pytest.raises(PublicationRefused, match="geen werkversie"):
            publish(version)

        assert statuses(version.concept) == [status]

    def test_what_the_editor_has_on_screen_does_not_count(self):
        version = ready()
        publish(version)

        # The instance in hand still says "werkversie".
        with pytest.raises(PublicationRefused, match="Herlaad de pagina"):
            publish(version)

    def test_a_refusal_leaves_the_public_version_as_it_was(self):
        first = publish(ready())
        copy = working_copy(first.concept)
        copy.passages.all().delete()

        with pytest.raises(PublicationRefused):
            publish(copy)

        assert statuses(first.concept) == [Status.PUBLISHED, Status.WORKING_COPY]


class TestReviewing:
    def test_a_working_copy_goes_to_review_and_back(self):
        version = ready()

        submit(version)
        assert statuses(version.concept) == [Status.IN_REVIEW]

        send_back(version)
        assert statuses(version.concept) == [Status.WORKING_COPY]

    def test_twice_is_refused(self):
        version = ready()
        submit(version)

        with pytest.raises(PublicationRefused, match="“werkversie”"):
            submit(version)

    def test_only_what_is_in_review_can_be_sent_back(self):
        with pytest.raises(PublicationRefused, match="“ter nazicht”"):
            send_back(ready())


class TestWithdraw:
    def test_takes_the_concept_off_the_site_with_an_explanation(self, client):
        version = publish(ready(concept__slug="gbo", name="Geïntegreerd breed onthaal"))

        withdraw(version.concept)

        response = client.get("/concepten/gbo/")
        assert response.status_code == 410
        assert "Geïntegreerd breed onthaal staat niet meer op deze site" in text(response)
        assert slugs(client.get("/concepten.json")) == []
        assert slugs(client.get("/concepten.json", {"q": "onthaal"})) == []

    def test_a_program_is_told_so_too(self, client):
        withdraw(publish(ready(concept__slug="gbo")).concept)

        response = client.get("/concepten/gbo.json")

        assert response.status_code == 410
        assert response["Content-Type"].startswith("application/problem+json")

    def test_the_explanation_uses_the_name_that_the_public_knew(self, client):
        version = publish(ready(concept__slug="gbo", name="Geïntegreerd breed onthaal"))
        withdraw(version.concept)
        copy = working_copy(version.concept)
        copy.name = "Nog geheim"
        copy.save()

        response = client.get("/concepten/gbo/")

        assert response.status_code == 410
        assert "Nog geheim" not in text(response)
        assert "Geïntegreerd breed onthaal" in text(response)

    def test_what_is_not_on_the_site_cannot_be_withdrawn(self):
        with pytest.raises(PublicationRefused, match="staat niet op de site"):
            withdraw(ready().concept)

    def test_it_can_come_back_as_a_new_version(self, client):
        version = publish(ready(concept__slug="gbo"))
        withdraw(version.concept)

        publish(working_copy(version.concept))

        assert statuses(version.concept) == [Status.ARCHIVED, Status.PUBLISHED]
        assert client.get("/concepten/gbo/").status_code == 200


def content(version):
    """All that a version says: every column and link, except which version says it."""
    rows = [version]
    for model in STATEMENT_KINDS.values():
        rows += getattr(version, model.related_name()).order_by("key")
    return [
        {
            field.name: set(getattr(row, field.name).values_list("pk", flat=True))
            if field.many_to_many
            else getattr(row, field.attname)
            for field in (*row._meta.fields, *row._meta.many_to_many)
            if field.name not in ("id", "version")
        }
        for row in rows
    ]


#: What is the version's own, and not copied.
OWN = (
    *("number", "status", "reason", "minor", "alone_because"),
    *("published_at", "published_by", "told", "search"),
)


class TestWorkingCopy:
    def test_copies_every_statement_with_its_citations_dates_and_areas(self):
        places = [CitationFactory(section=section) for section in ("2.1", "2.2", "3")]
        dates = {"start": "mei 2022", "end": "na 2024", "note": "Toelichting.", "position": 3}
        version = ready()
        for make in STATEMENT_FACTORIES.values():
            make(version=version, citations=places[:2], **dates)
            make(version=version, citations=places[2:])
        CoverageFactory(
            version=version,
            extent=Coverage.Extent.ONLY_NAMED,
            territory=[CoverageAreaFactory(), CoverageAreaFactory()],
            expected="eind 2023",
        )
        MilestoneFactory(
            version=version, is_announced=True, outcome=Milestone.Outcome.LATE
        ).outcome_citations.set(places)
        public = publish(version, by="Noor")

        copy = working_copy(public.concept)

        before, after = content(public), content(copy)
        for values in (before[0], after[0]):
            for name in OWN:
                values.pop(name)
        assert after == before
        assert len(after) > 2 * len(STATEMENT_KINDS)

    def test_starts_as_an_open_version_with_the_next_number(self):
        public = publish(ready(reason="Eerste versie."), by="Noor")

        copy = working_copy(public.concept)

        assert {name: getattr(copy, name) for name in OWN} == {
            "number": 2,
            "status": Status.WORKING_COPY,
            "reason": "",
            "minor": False,
            "alone_because": "",
            "published_at": None,
            "published_by": "",
            "told": None,
            "search": None,
        }

    def test_can_be_changed_and_leaves_the_public_version_alone(self):
        caw, clb = PartnerFactory(), PartnerFactory()
        public = publish(ready(partners=[caw]))

        copy = working_copy(public.concept)
        copy.participations.update(partner=clb)

        assert public.participations.get().partner == caw
        assert publish(copy).participations.get().partner == clb

    def test_is_made_once(self):
        public = publish(ready())

        assert working_copy(public.concept) == working_copy(public.concept)
        assert statuses(public.concept) == [Status.PUBLISHED, Status.WORKING_COPY]

    def test_of_a_version_in_review_is_that_version(self):
        version = ready()
        submit(version)

        assert working_copy(version.concept) == version

    def test_leaves_reviews_with_the_version_that_was_reviewed(self):
        review = ReviewFactory()

        copy = working_copy(review.version.concept)

        assert not copy.reviews.exists()

    def test_starts_from_the_newest_version_when_none_is_public(self):
        version = publish(ready(name="Eerste"))
        second = working_copy(version.concept)
        second.name = "Tweede"
        second.save()
        publish(second)
        withdraw(version.concept)

        assert working_copy(version.concept).name == "Tweede"

    def test_of_a_concept_that_nobody_described_is_refused(self):
        with pytest.raises(PublicationRefused, match="nog geen versie"):
            working_copy(ConceptFactory())


class TestRestore:
    """A former version taken up again, as a working copy."""

    def replaced(self, **fields):
        """A version that another one came after, with other content."""
        first = publish(ready(**fields))
        second = working_copy(first.concept)
        ConceptVersion.objects.filter(pk=second.pk).update(name="Tweede")
        second.passages.all().delete()
        PassageFactory(version=second, text="Nieuwe tekst.")
        publish(second)
        first.refresh_from_db()
        return first

    def test_gives_the_content_of_that_version_and_not_of_the_newest(self):
        places = [CitationFactory(section=section) for section in ("2.2", "2.1")]
        statements = [PassageFactory, *STATEMENT_FACTORIES.values()]
        statements = [partial(make, citations=places) for make in statements]
        first = self.replaced(name="Eerste", statements=statements)

        copy = restore(first)

        before, after = content(first), content(copy)
        for values in (before[0], after[0]):
            for name in OWN:
                values.pop(name)
        assert after == before
        assert copy.name == "Eerste"

    def test_is_the_next_version_and_says_why(self):
        first = self.replaced(reason="Eerste versie.")

        copy = restore(first)

        assert (copy.number, copy.status) == (3, Status.WORKING_COPY)
        assert (copy.reason, copy.published_at, copy.search) == ("Zoals versie 1", None, None)
        assert statuses(first.concept) == [Status.FORMER, Status.PUBLISHED, Status.WORKING_COPY]

    @pytest.mark.parametrize("in_review", [False, True])
    def test_is_refused_while_somebody_works_on_the_concept(self, in_review):
        first = self.replaced()
        busy = working_copy(first.concept)
        if in_review:
            submit(busy)

        with pytest.raises(PublicationRefused, match="Er is al een versie in bewerking: versie 3"):
            restore(first)

        assert first.concept.versions.count() == 3

    def test_is_refused_when_another_concept_took_the_name(self):
        first = self.replaced(name="Huis van het Kind")
        ConceptVersionFactory(name="huis van het kind")

        with pytest.raises(PublicationRefused, match="Versie 1 heet “Huis van het Kind”"):
            restore(first)

        assert first.concept.versions.count() == 2

    def test_a_withdrawn_concept_of_which_the_name_was_taken_is_refused_as_well(self):
        public = publish(ready(name="Huis van het Kind"))
        withdraw(public.concept)
        ConceptVersionFactory(name="Huis van het Kind")

        with pytest.raises(PublicationRefused, match="Er is al een concept"):
            working_copy(public.concept)


def at_once(*actions):
    """Run actions at the same moment, each on a connection of its own; what each one gave."""
    barrier = threading.Barrier(len(actions))
    given = [None] * len(actions)

    def run(position, action):
        try:
            barrier.wait(timeout=10)
            given[position] = action()
        except PublicationRefused as refusal:
            given[position] = refusal
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=numbered) for numbered in enumerate(actions)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    close_old_connections()
    return given


@pytest.mark.django_db(transaction=True)
class TestTwoEditorsAtOnce:
    def test_one_publishes_and_the_other_is_told(self):
        version = ready()

        given = at_once(*[partial(publish, version)] * 2)

        assert sorted(type(result).__name__ for result in given) == [
            "ConceptVersion",
            "PublicationRefused",
        ]
        assert statuses(version.concept) == [Status.PUBLISHED]

    def test_both_get_the_same_working_copy(self):
        public = publish(ready())

        one, other = at_once(*[partial(working_copy, public.concept)] * 2)

        assert one == other
        assert statuses(public.concept) == [Status.PUBLISHED, Status.WORKING_COPY]

    def test_publishing_and_withdrawing_leave_one_clear_state(self):
        public = publish(ready())
        copy = working_copy(public.concept)

        at_once(partial(publish, copy), partial(withdraw, public.concept))

        # Whoever came first, no version is public twice and none is lost.
        assert statuses(public.concept) in (
            [Status.ARCHIVED, Status.PUBLISHED],
            [Status.FORMER, Status.ARCHIVED],
        )
