"""A working copy says what its version says, and an older version comes back as one."""

from functools import partial

import pytest

from concepts.models import STATEMENT_KINDS, ConceptVersion, Coverage, Milestone, Status
from concepts.publishing import PublicationRefused, publish, restore, submit, withdraw, working_copy
from tests.factories import (
    STATEMENT_FACTORIES,
    CitationFactory,
    ConceptFactory,
    ConceptVersionFactory,
    CoverageAreaFactory,
    CoverageFactory,
    MilestoneFactory,
    PartnerFactory,
    PassageFactory,
    ReviewFactory,
)
from tests.working_copies import ready, statuses

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("pages_kept")]


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
