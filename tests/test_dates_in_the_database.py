"""The database refuses dates in the wrong order, and knows which have no bounds."""

import pytest
from django.apps import apps
from django.db import IntegrityError, transaction

from concepts.models import Ownership
from eerstelijn.dates import edges_of
from governance.models import Agency
from tests.days import day
from tests.factories import (
    AgencyFactory,
    ConceptVersionFactory,
    CoverageFactory,
    KeyFigureFactory,
    MilestoneFactory,
    OwnershipFactory,
)


@pytest.mark.django_db
class TestTheDatabase:
    def refuses(self, rows, constraint, **columns):
        with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
            rows.update(**columns)

    def test_refuses_an_end_before_the_start(self):
        row = OwnershipFactory(start="mei 2023")

        self.refuses(
            Ownership.objects.filter(pk=row.pk),
            "concepts_ownership_starts_before_end",
            end_label="april 2023",
            end_latest=day("2023-04-30"),
        )

    @pytest.mark.parametrize("edge", ["start", "end"])
    def test_refuses_an_edge_that_ends_before_it_begins(self, edge):
        row = AgencyFactory()

        self.refuses(
            Agency.objects.filter(pk=row.pk),
            f"governance_agency_{edge}_ordered",
            **{f"{edge}_earliest": day("2023-04-30"), f"{edge}_latest": day("2023-04-01")},
        )

    @pytest.mark.parametrize(
        ("make", "edge"),
        [(KeyFigureFactory, "date"), (MilestoneFactory, "outcome"), (CoverageFactory, "expected")],
    )
    def test_refuses_any_other_date_in_the_wrong_order(self, make, edge):
        row = make(version=ConceptVersionFactory())

        self.refuses(
            type(row).objects.filter(pk=row.pk),
            f"_{edge}_ordered",
            **{f"{edge}_earliest": day("2023-04-30"), f"{edge}_latest": day("2023-04-01")},
        )

    @pytest.mark.parametrize(
        "columns",
        [{"start_label": ""}, {"start_label": "mei 2022", "start_latest": day("2022-05-31")}],
    )
    def test_refuses_the_word_where_there_is_no_label_or_a_bound(self, columns):
        row = OwnershipFactory()

        self.refuses(
            Ownership.objects.filter(pk=row.pk),
            "concepts_ownership_start_unbounded",
            start_unbounded=True,
            **columns,
        )

    def test_every_label_has_its_bounds_and_its_word(self):
        dated = [
            (model, field.name.removesuffix("_label"))
            for app in ("concepts", "governance")
            for model in apps.get_app_config(app).get_models()
            for field in model._meta.concrete_fields
            if field.name.endswith("_label")
        ]

        assert len(dated) > 25
        for model, edge in dated:
            assert edge in edges_of(model), model

    def test_accepts_one_day_and_open_edges(self):
        AgencyFactory(start="1 mei 2022", end="1 mei 2022")
        AgencyFactory(start="na 2024", end="na 2024")
        AgencyFactory(end="17 mei 2022")
        AgencyFactory(start_label="17 mei", start_unbounded=True)
