"""The counts of a finder: what choosing an option would find, and how long a process keeps them."""

import datetime as dt
import random
from functools import partial

import pytest
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext

from concepts.finder.filters import ConceptFilter
from concepts.models import ConceptVersion, Coverage, Participation
from concepts.publishing import publish, withdraw
from concepts.search.index import reindex_all
from eerstelijn.dates import Holds
from eerstelijn.finder import counting
from governance import derived
from tests.answers import counts
from tests.factories import (
    AgencyFactory,
    AreaMembershipFactory,
    AudienceFactory,
    ChangeEventFactory,
    ConceptVersionFactory,
    CoverageAreaFactory,
    CoverageFactory,
    OwnershipFactory,
    ParticipationFactory,
    PartnerFactory,
    PartnerTypeFactory,
    PassageFactory,
    SourceFactory,
    TargetGroupFactory,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("pages_kept")]

URL = "/concepten.json"


def world(chance):
    """Concepts with random statements, some of which ended, around a few reference records."""
    types = PartnerTypeFactory.create_batch(3)
    partners = [PartnerFactory(type=chance.choice(types)) for _ in range(6)]
    agencies = AgencyFactory.create_batch(3)
    groups = TargetGroupFactory.create_batch(3)
    areas = CoverageAreaFactory.create_batch(4)
    AreaMembershipFactory(member=areas[0], area=areas[1])
    AreaMembershipFactory(member=areas[1], area=areas[2], part="een deel")
    derived.rebuild()

    def some(records):
        return chance.sample(records, chance.randrange(3))

    for number in range(12):
        end = chance.choice(["", "", "2021"])
        extent = chance.choice(Coverage.Extent.values)
        ConceptVersionFactory(
            published=True,
            name=f"{chance.choice(['zorg', 'wonen'])} {number}",
            statements=[
                *(taking_part(chance, p) for p in some(partners)),
                *(partial(OwnershipFactory, agency=agency, end=end) for agency in some(agencies)),
                *(partial(AudienceFactory, target_group=group) for group in some(groups)),
                partial(
                    CoverageFactory,
                    extent=extent,
                    territory=[] if extent == Coverage.Extent.UNLOCATED else areas[:2],
                    status=chance.choice(Coverage.Status.values),
                    end=end,
                ),
            ],
        )
    reindex_all()


def taking_part(chance, partner):
    """A partner in one of a few roles, which it may have had for some time only."""
    role = chance.choice(["regie", "deelnemer", "ondersteuner"])
    return partial(
        ParticipationFactory, partner=partner, role=role, end=chance.choice(["", "", "2021"])
    )


#: Facets that count together: those of one participation, and those of a place.
TOGETHER = [("partner", "partnertype", "rol"), ("gebied", "gemeente", "dekking")]


def question(chance, options, keys=None):
    """A few random choices, sometimes with a search word or a peildatum."""
    data = QueryDict(mutable=True)
    for key in keys or chance.sample(sorted(options), 3):
        if values := sorted(options[key]):
            data.setlist(key, chance.sample(values, min(len(values), chance.randrange(1, 3))))
    if not {"gebied", "gemeente"} & data.keys():
        data.pop("dekking", None)  # without a place it is left out
    data.update(chance.choice([{}, {}, {"q": "zorg"}, {"peildatum": "2022-06-01"}]))
    data.update(chance.choice([{}, {"partner_alle": "1"}]))
    return data


@pytest.mark.parametrize("seed", range(4))
def test_a_count_is_what_choosing_the_option_finds(seed):
    chance = random.Random(seed)  # noqa: S311 - the same questions at every run
    world(chance)
    published = ConceptVersion.objects.published().concepts()
    options = ConceptFilter(QueryDict(), queryset=published).options

    for _ in range(4):
        data = question(chance, options)
        asked = ConceptFilter(data, queryset=published)
        for key in chance.sample(sorted(options), 4):
            for option in options[key].values():
                alone = data.copy()
                alone.setlist(key, [option.value])

                found = ConceptFilter(alone, queryset=published).qs.count()

                # An answer for a place means nothing without one, and then finds everything.
                expected = found if asked.facets[key].is_meant else 0
                assert asked.counts[key][option.pk] == expected, (data.urlencode(), key, option)


@pytest.mark.parametrize("keys", TOGETHER, ids=" ".join)
@pytest.mark.parametrize("seed", range(4))
def test_so_it_is_for_facets_that_count_together(seed, keys):
    chance = random.Random(seed)  # noqa: S311 - the same questions at every run
    world(chance)
    published = ConceptVersion.objects.published().concepts()
    options = ConceptFilter(QueryDict(), queryset=published).options

    for _ in range(6):
        data = question(chance, options, chance.sample(keys, chance.randrange(1, 4)))
        asked = ConceptFilter(data, queryset=published)
        assert asked.left_without("").bit_count() == asked.qs.count(), data.urlencode()
        for key in keys:
            for option in options[key].values():
                alone = data.copy()
                alone.setlist(key, [option.value])
                found = ConceptFilter(alone, queryset=published).qs.count()
                expected = found if asked.facets[key].is_meant else 0
                assert asked.counts[key][option.pk] == expected, (data.urlencode(), key, option)
            without = data.copy()
            without.pop(key, None)
            rest = ConceptFilter(without, queryset=published).qs.count()
            assert asked.count_without(key) == rest, (data.urlencode(), key)


@pytest.mark.parametrize("seed", range(3))
def test_a_role_is_that_of_the_chosen_partner_in_one_row_of_that_day(seed):
    """The finder against the statements themselves, one by one."""
    chance = random.Random(seed)  # noqa: S311 - the same questions at every run
    world(chance)
    published = ConceptVersion.objects.published().concepts()
    rows = list(Participation.objects.select_related("partner__type").order_by("pk"))
    partners = sorted({row.partner.slug for row in rows})

    for day in (None, dt.date(2022, 6, 1)):
        held = [row for row in rows if day is None or row.holds_on(day) is not Holds.NO]
        for role in ("regie", "deelnemer", "ondersteuner"):
            for partner in partners:
                data = QueryDict(
                    f"partner={partner}&rol={role}" + (f"&peildatum={day}" if day else "")
                )
                asked = ConceptFilter(data, queryset=published)

                expected = {
                    row.version_id
                    for row in held
                    if (row.partner.slug, row.role) == (partner, role)
                }
                assert set(asked.keys(0, len(rows))) == expected
                assert asked.counts["rol"][role] == len(expected)


class TestKeeping:
    """A process reads the counts again when they may have changed, and not before."""

    @pytest.fixture
    def caw(self):
        caw = PartnerFactory(slug="caw")
        ConceptVersionFactory(published=True, concept__slug="eerste", partners=[caw])
        reindex_all()
        return caw

    def another(self, *statements):
        """A version that can be published."""
        version = ConceptVersionFactory(
            concept__slug="tweede", statements=[partial(PassageFactory, kind="wat"), *statements]
        )
        version.described_by.add(SourceFactory())
        return version

    def number_of_queries(self, client, url=URL):
        with CaptureQueriesContext(
            connection,
        ) as queries:
            client.get(url)
        return len(queries)

    def test_the_second_request_reads_nothing_anew(self, client, caw, pages_made_anew):
        assert self.number_of_queries(client) > 6

        # Whether the content changed.
        assert self.number_of_queries(client) == 1

    def test_publishing_counts_at_once(self, client, caw):
        version = self.another(partial(ParticipationFactory, partner=caw))
        assert counts(client.get(URL), "partner") == {"caw": 1}

        publish(version)

        assert counts(client.get(URL), "partner") == {"caw": 2}

    def test_so_does_withdrawing(self, client, caw):
        version = publish(self.another(partial(ParticipationFactory, partner=caw)))
        assert counts(client.get(URL), "partner") == {"caw": 2}

        withdraw(version.concept)

        assert counts(client.get(URL), "partner") == {"caw": 1}

    def test_so_does_another_type_of_a_partner(self, client, caw):
        assert counts(client.get(URL), "partnertype") == {caw.type.slug: 1}

        caw.type = PartnerTypeFactory(slug="ander")
        caw.save()

        assert counts(client.get(URL), "partnertype") == {"ander": 1}

    def test_so_does_a_merger_of_agencies(self, client, caw):
        former, present = AgencyFactory(slug="vroeger", end="2022"), AgencyFactory(slug="nu")
        derived.rebuild()
        publish(self.another(partial(OwnershipFactory, agency=former)))
        assert counts(client.get(URL), "dienst") == {"vroeger": 1}

        ChangeEventFactory(kind="fusie", before=[former], after=[present])
        derived.rebuild()

        assert counts(client.get(URL), "dienst") == {"vroeger": 1, "nu": 1}

    def test_so_does_another_place_of_an_area(self, client, caw):
        town, zone = CoverageAreaFactory(slug="stad"), CoverageAreaFactory(slug="zone")
        AreaMembershipFactory(member=town, area=CoverageAreaFactory(slug="elders"))
        derived.rebuild()
        named = partial(CoverageFactory, extent="enkel-de-genoemde", territory=[zone])
        publish(self.another(named))
        before = counts(client.get(URL), "gebied")

        AreaMembershipFactory(member=town, area=zone)
        derived.rebuild()

        after = counts(client.get(URL), "gebied")
        assert after["stad"] == before.get("stad", 0) + 1

    def test_no_more_than_a_few_are_kept(self, client, caw):
        for year in range(2010, 2022):
            client.get(URL, {"peildatum": f"{year}-01-01"})

        assert len(counting.of_a_day) == counting.MOST_OF_A_DAY

    def test_a_peildatum_is_counted_for_itself(self, client, caw):
        ended = self.another(partial(ParticipationFactory, partner=caw, end="2021"))
        publish(ended)
        assert counts(client.get(URL), "partner") == {"caw": 2}

        assert counts(client.get(URL, {"peildatum": "2022-06-01"}), "partner") == {"caw": 1}
        assert counts(client.get(URL), "partner") == {"caw": 2}

    def test_concepts_and_ontwikkelingen_are_kept_apart(self, client, caw):
        ConceptVersionFactory(
            published=True, concept__record_kind="ontwikkeling", partners=[caw, PartnerFactory()]
        )
        reindex_all()

        for _ in range(2):
            assert counts(client.get(URL), "partner") == {"caw": 1}
            assert len(counts(client.get("/ontwikkelingen.json"), "partner")) == 2
