"""A test that commits leaves the database as it found it, whatever it did to the rights."""

import pytest
from django.contrib.auth.models import Group, Permission

from concepts.models import Concept
from eerstelijn.login.groups import GROUPS
from tests import databases
from tests.everything import everything

pytestmark = pytest.mark.django_db(transaction=True)


def names():
    return {*Group.objects.values_list("name", flat=True)}


def rights():
    return {*Group.objects.values_list("name", "permissions__codename")}


def test_all_is_emptied_but_the_groups_and_their_rights():
    before, had = databases.standing(), rights()
    everything()
    Group.objects.first().user_set.create(username="iemand")

    databases.empty_but_for(before)

    assert databases.standing() == before
    assert not Concept.objects.exists()
    assert not Group.objects.first().user_set.model.objects.exists()
    assert rights() == had


@pytest.mark.parametrize(
    "change",
    [
        lambda: Group.objects.all().delete(),
        lambda: Group.objects.create(name="meer"),
        lambda: Group.objects.first().permissions.clear(),
        lambda: Permission.objects.first().delete(),
        lambda: Permission.objects.filter(codename="add_concept").update(name="Anders"),
    ],
    ids=["no groups", "one more", "no rights", "a right less", "another name"],
)
def test_what_was_done_to_the_rights_is_undone(change):
    before, had = databases.standing(), rights()
    change()
    assert databases.standing() != before

    databases.empty_but_for(before)

    assert names() == {*GROUPS}
    assert rights() == had
