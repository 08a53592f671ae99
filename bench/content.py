"""Content for measuring: the fixtures, and on top of them concepts that a seed makes up.

`python -m bench.content 10000` fills the database in DATABASE_URL, which must be empty, until it
holds that many published concepts and ontwikkelingen; with 0 it holds the fixtures and no more. The
same number always gives the same content.

A made-up concept looks like a real one to the database: about 66 words of Dutch taken from the real
passages (so that common words are common and rare ones rare), 4 partners, 2 areas, an owner and the
other kinds of statement, each with a citation, published and indexed as `laad_gegevens` does it.
"""

import random
import sys
from collections import defaultdict

import django

SEED = 20230313
BATCH = 1000
#: Reference records are made up as well, until there are this many.
PARTNERS, AREAS = 300, 400


class Draft:
    """Rows of a batch of concepts, and their many-to-many links, until they are stored."""

    def __init__(self):
        self.rows = defaultdict(list)
        self.links = []

    def add(self, row, **links):
        self.rows[type(row)].append(row)
        self.links += [(row, name, records) for name, records in links.items()]
        return row

    def store(self):
        """Store the rows kind by kind, in the order in which the kinds were first used."""
        for model, rows in self.rows.items():
            model.objects.bulk_create(rows)
        through = defaultdict(list)
        for row, name, records in self.links:
            field = row._meta.get_field(name)
            through[field.remote_field.through] += [
                field.remote_field.through(
                    **{
                        f"{field.m2m_field_name()}_id": row.pk,
                        f"{field.m2m_reverse_field_name()}_id": record.pk,
                    }
                )
                for record in records
            ]
        for model, rows in through.items():
            model.objects.bulk_create(rows)


class Generator:
    """Makes up concepts from the reference records and the words of the fixtures."""

    def __init__(self):
        from concepts.models import Concept, Passage, TargetGroup
        from governance.models import (
            Agency,
            AreaKind,
            Citation,
            CoverageArea,
            Decree,
            Partner,
            PolicyDomain,
            Source,
        )

        self.random = random.Random(SEED)  # noqa: S311 -- a repeatable one is the point
        self.words = " ".join(
            Passage.objects.order_by("version__concept__slug", "key").values_list("text", flat=True)
        ).split()
        self.agencies = list(Agency.objects.exclude(policy_domain=None).order_by("slug"))
        self.domains = list(PolicyDomain.objects.order_by("slug"))
        self.partners = list(Partner.objects.order_by("slug"))
        self.areas = list(CoverageArea.objects.order_by("slug"))
        self.scales = list(AreaKind.objects.order_by("slug"))
        self.target_groups = list(TargetGroup.objects.order_by("slug"))
        self.decrees = list(Decree.objects.order_by("slug"))
        self.citations = list(Citation.objects.filter(source__slug="tekst").order_by("pk"))
        self.sources = list(Source.objects.filter(slug__in=["poster", "tekst"]))
        self.concepts = list(Concept.objects.order_by("slug"))

    def text(self, length):
        """So many words that stand side by side in a real passage."""
        start = self.random.randrange(len(self.words) - length)
        return " ".join(self.words[start : start + length])

    def few(self, records, average):
        """Some different records, about so many; the first ones far more often than the last."""
        number = self.random.randint(max(1, average - 2), average + 2) if average > 1 else 1
        chosen = {int(len(records) * self.random.random() ** 2) for _ in range(number)}
        return [records[position] for position in sorted(chosen)]

    def one(self, records):
        return self.few(records, 1)[0]

    def reference_records(self):
        """More partners and areas than the fixtures have, spread over the types and kinds."""
        from governance.models import CoverageArea, Partner, PartnerType

        types = list(PartnerType.objects.order_by("slug"))
        partners = [
            Partner(slug=f"bench-{n}", name=f"Partner {n}", type=types[n % len(types)])
            for n in range(len(self.partners), PARTNERS)
        ]
        areas = [
            CoverageArea(slug=f"bench-{n}", name=f"Gebied {n}", kind=self.scales[n % 12])
            for n in range(len(self.areas), AREAS)
        ]
        self.partners += Partner.objects.bulk_create(partners)
        self.areas += CoverageArea.objects.bulk_create(areas)

    def concept(self, number, draft):
        """One published concept with everything that a real one has."""
        from django.utils import timezone

        from concepts.models import (
            Access,
            Audience,
            Concept,
            ConceptRelation,
            ConceptVersion,
            Coverage,
            KeyFigure,
            LegalBasis,
            Milestone,
            Ownership,
            Participation,
            Passage,
            Role,
            Status,
        )
        from eerstelijn.dates import SourceDate

        pick = self.random.choice
        concept = draft.add(Concept(slug=f"bench-{number}"))
        version = draft.add(
            ConceptVersion(
                concept=concept,
                status=Status.PUBLISHED,
                published_at=timezone.now(),
                name=f"{self.text(3)} {number}"[:200],
                kind=pick(ConceptVersion.Kind.values[:10]),
                summary=self.text(14)[:300],
                sources_as_of="maart 2023",
            ),
            described_by=self.few(self.sources, 2),
        )

        def say(model, key, links=None, **values):
            draft.add(
                model(version=version, key=key, **values),
                citations=[pick(self.citations)],
                **(links or {}),
            )

        say(Passage, "wat", kind=Passage.Kind.WHAT, text=self.text(30))
        say(Passage, "doel", kind=Passage.Kind.GOAL, text=self.text(19))
        agency = self.one(self.agencies)
        say(Ownership, "eigenaar", policy_domain=agency.policy_domain, agency=agency)
        for position, partner in enumerate(self.few(self.partners, 4)):
            say(
                Participation,
                f"partner-{position}",
                position=position,
                partner=partner,
                role=self.one(Role.values),
            )
        extent = pick([Coverage.Extent.ONLY_NAMED] * 3 + [Coverage.Extent.UNLOCATED])
        areas = [] if extent == Coverage.Extent.UNLOCATED else self.few(self.areas, 2)
        say(
            Coverage,
            "gebied",
            scale=self.one(self.scales),
            extent=extent,
            wording=self.text(5)[:250],
            links={"territory": areas},
        )
        say(Access, "toegang", answer=pick(Access.Answer.values), explanation="Volgens de bron.")
        for position, group in enumerate(self.few(self.target_groups, 2)):
            say(Audience, f"groep-{position}", target_group=group, wording=group.name)
        say(LegalBasis, "grond", decree=self.one(self.decrees), role=pick(LegalBasis.Role.values))
        say(KeyFigure, "cijfer", label="verbanden", value=number % 300, unit="verbanden")
        say(Milestone, "start", title="gestart", date=SourceDate.parse("2022"))
        say(
            ConceptRelation,
            "verband",
            kind=pick(ConceptRelation.Kind.values),
            other=pick(self.concepts),
        )
        self.concepts.append(concept)


def fill(size):
    """Fill an empty database. Returns the number of published versions."""
    from django.core.management import call_command
    from django.db import connection, transaction

    from concepts.models import ConceptVersion
    from concepts.publishing import missing

    call_command("migrate", verbosity=0)
    call_command("laad_gegevens", stdout=sys.stderr)
    published = ConceptVersion.objects.published()
    first = published.count()
    if size > first:
        with transaction.atomic():
            with connection.cursor() as cursor:
                # Published versions are read-only, but for a transaction that says it is a load.
                cursor.execute("SET LOCAL eerstelijn.laadt_gegevens = 'ja'")
            generator = Generator()
            generator.reference_records()
            for start in range(first, size, BATCH):
                draft = Draft()
                for number in range(start, min(start + BATCH, size)):
                    generator.concept(number, draft)
                draft.store()
            call_command("herindexeer", stdout=sys.stderr)
        for version in published.order_by("?")[:20]:
            if problems := missing(version):
                raise AssertionError(f"{version} could not have been published: {problems}")
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")  # what PostgreSQL does by itself after a while
    return published.count()


if __name__ == "__main__":
    django.setup()
    print(fill(int(sys.argv[1])))
