"""A town, its partners and concepts that ask something of them; what the page says of it."""

from functools import partial

from governance import derived
from tests.answers import text
from tests.factories import (
    AreaKindFactory,
    ConceptVersionFactory,
    CoverageAreaFactory,
    ParticipationFactory,
    PartnerFactory,
    PartnerTypeFactory,
)


def a_town():
    kind = AreaKindFactory(slug="gemeente")
    town = CoverageAreaFactory(kind=kind, slug="gemeente-24062", nis="24062", name="Leuven")
    derived.rebuild()
    return town


def a_few_partners():
    board = PartnerTypeFactory(slug="lokaal-bestuur", name="Lokaal bestuur")
    return {
        "gemeente": PartnerFactory(slug="gemeente", name="Gemeente", type=board),
        "ocmw": PartnerFactory(slug="ocmw", name="OCMW", type=board),
        "clb": PartnerFactory(slug="clb", name="CLB"),
    }


def asking_concepts(partners):
    """A published concept that asks things, each a partner, a role and the words for it."""

    def concept(slug, *asks, statements=(), ask=None):
        said = [
            partial(
                ParticipationFactory, partner=partners[who], role=role, wording=words, **ask or {}
            )
            for who, role, words in asks
        ]
        return ConceptVersionFactory(
            published=True, concept__slug=slug, name=slug, statements=[*statements, *said]
        )

    return concept


def said(client, query):
    """What the page says, in words."""
    return text(client.get(f"/gevraagd/?{query}"))
