"""Police zones: areas of one kind, each with a name that counts on some days."""

from tests.factories import AreaKindFactory, CoverageAreaFactory


def police_zones():
    return AreaKindFactory(slug="politiezone", name="politiezone")


def zone(kind, name, start=None, end=None):
    return CoverageAreaFactory(kind=kind, name=name, valid_from=start, valid_until=end)
