"""What a version lacks before it can be published, each thing by its name."""

from functools import partial

import pytest

from concepts.models import STATEMENT_KINDS, Coverage, Milestone, Passage, Status
from concepts.publishing import PublicationRefused, missing, missing_of, publish
from tests.factories import (
    STATEMENT_FACTORIES,
    CitationFactory,
    ConceptVersionFactory,
    CoverageAreaFactory,
    CoverageFactory,
    KeyFigureFactory,
    MilestoneFactory,
    ParticipationFactory,
    PassageFactory,
)
from tests.working_copies import ready

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("pages_kept")]


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
