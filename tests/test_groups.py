"""What each group of editors cannot do, asked as a browser would ask it."""

from itertools import pairwise

import pytest
from django.contrib.auth.models import Group, Permission, User
from django.core.management import call_command

from concepts.models import Alias, Concept, ConceptVersion, Review, Status
from concepts.rights import ensure_groups, rights_of
from eerstelijn.login.groups import GROUPS
from governance.models import Agency, OldSlug, Partner
from tests.answers import text
from tests.desk import (
    add_row,
    add_url,
    approve,
    change_url,
    editor,
    list_url,
    opened,
    send,
    step_url,
)
from tests.factories import (
    AgencyFactory,
    AliasFactory,
    ConceptVersionFactory,
    OldSlugFactory,
    PartnerFactory,
    PartnerTypeFactory,
    PassageFactory,
    SourceFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def login(client):
    """Log in as an editor in a group."""

    def login(group, **fields):
        user = editor(group, **fields)
        client.force_login(user)
        return user

    return login


def delete(client, record):
    return client.post(f"{change_url(record)[:-7]}delete/", {"post": "yes"})


def delete_from_list(client, *records):
    data = {"action": "delete_selected", "post": "yes"}
    keys = [record.pk for record in records]
    return client.post(list_url(type(records[0])), data | {"_selected_action": keys})


@pytest.fixture
def complete():
    version = ConceptVersionFactory(described_by=[SourceFactory()])
    PassageFactory(version=version)
    return version


# The groups themselves


def test_every_higher_group_may_do_more():
    rights = [rights_of(name) for name in GROUPS]

    assert all(low < high for low, high in pairwise(rights))


def test_the_command_makes_the_groups_and_takes_away_what_is_not_theirs():
    Group.objects.all().delete()
    call_command("maak_groepen", verbosity=0)
    group = Group.objects.get(name="redacteur")
    group.permissions.add(Permission.objects.get(codename="delete_user"))

    call_command("maak_groepen", verbosity=0)

    assert not group.permissions.filter(codename="delete_user").exists()
    assert Group.objects.count() == len(GROUPS)


def test_nobody_may_edit_what_is_derived():
    for name in GROUPS:
        codenames = {codename.partition("_")[2] for _, codename in rights_of(name)}
        assert not codenames & {"agencyline", "arealine", "indexedword"}


def test_an_account_without_a_group_sees_nothing(client, login):
    login(None)

    assert client.get("/beheer/").context["app_list"] == []
    assert client.get(list_url(Concept)).status_code == 403


def test_who_may_not_log_in_to_the_desk_may_not_read_it(client):
    ensure_groups()
    user = User.objects.create_user("lezer")
    user.groups.add(Group.objects.get(name="beheerder"))
    client.force_login(user)

    assert client.get("/beheer/")["Location"].startswith("/beheer/login/")


# A redacteur


def test_a_redacteur_writes(client, login):
    login("redacteur")
    kind = PartnerTypeFactory()

    assert send(client, add_url(Partner), name="CAW", slug="caw", type=kind.pk).status_code == 302
    version = ConceptVersionFactory()
    values = {"partner": Partner.objects.get().pk, "role": "regie"}
    fields = add_row(opened(client, change_url(version, "partners")), "participations", **values)
    assert send(client, change_url(version, "partners"), fields).status_code == 302
    row = version.participations.get()
    crossed = {"participations-0-DELETE": "on"}
    assert send(client, change_url(version, "partners"), **crossed).status_code == 302
    assert not type(row).objects.exists()


def test_a_redacteur_hands_in_but_does_not_publish(client, login, complete):
    login("redacteur")

    assert client.post(step_url(complete, "publiceer"), {"zeker": "ja"}).status_code == 403
    assert client.post(step_url(complete, "dien-in")).status_code == 302
    assert client.post(step_url(complete, "stuur-terug")).status_code == 403
    assert client.post(step_url(complete.concept, "publiceer"), {"zeker": "ja"}).status_code == 404
    complete.refresh_from_db()
    assert complete.status == Status.IN_REVIEW


def test_a_redacteur_does_not_publish_from_a_list_either(client, login, complete):
    login("redacteur")
    public = ConceptVersionFactory(published=True)

    for model, record, action in (
        (ConceptVersion, complete, "publiceer"),
        (Concept, complete.concept, "publiceer"),
        (Concept, public.concept, "haal-weg"),
    ):
        client.post(
            list_url(model), {"action": action, "_selected_action": record.pk, "zeker": "ja"}
        )

    assert list(ConceptVersion.objects.published()) == [public]


def test_a_redacteur_is_not_offered_what_is_refused(client, login, complete):
    login("redacteur")

    steps = client.get(change_url(complete)).context["steps"]
    actions = client.get(list_url(ConceptVersion)).context["action_form"].fields["action"].choices

    assert [step.name for step in steps] == ["dien-in"]
    assert {name for name, _ in actions} == {"", "dien-in"}


def test_a_redacteur_does_not_take_a_concept_off_the_site(client, login):
    login("redacteur")
    public = ConceptVersionFactory(published=True)

    assert client.post(step_url(public.concept, "haal-weg"), {"zeker": "ja"}).status_code == 403
    public.refresh_from_db()
    assert public.status == Status.PUBLISHED


def test_a_redacteur_deletes_nothing_that_is_public(client, login):
    login("redacteur")
    partner, public = PartnerFactory(), ConceptVersionFactory(published=True)
    alias = AliasFactory(text="x", partner=partner)

    for record in (partner, alias, public, public.concept):
        assert delete(client, record).status_code == 403
        delete_from_list(client, record)
        record.refresh_from_db()


def test_a_redacteur_does_not_delete_the_rows_of_a_public_record(client, login):
    login("redacteur")
    agency = AgencyFactory()
    task = agency.tasks.create(key="a", text="Een taak.")

    page = client.get(change_url(agency)).content.decode()
    send(client, change_url(agency), **{"tasks-0-DELETE": "on", "tasks-0-text": "Een andere taak."})

    assert "tasks-0-DELETE" not in page
    task.refresh_from_db()
    assert task.text == "Een andere taak."


def test_a_redacteur_does_not_decide_on_reviews_and_former_addresses(client, login):
    login("redacteur")

    for model in (Review, OldSlug):
        assert client.get(list_url(model)).status_code == 200
        assert client.get(add_url(model)).status_code == 403
        assert client.post(add_url(model), {}).status_code == 403
    old = OldSlugFactory(kind="partner", old="a", current="b")
    assert client.post(change_url(old), {"old": "c"}).status_code == 403


@pytest.mark.parametrize("group", ["redacteur", "eindredacteur"])
def test_only_a_beheerder_sees_accounts(client, login, group):
    login(group)

    for model in (User, Group):
        assert client.get(list_url(model)).status_code == 403
        assert client.post(add_url(model), {"username": "x", "name": "x"}).status_code == 403
    mine = User.objects.get()
    assert client.post(change_url(mine), {"is_superuser": "on"}).status_code == 403
    assert client.post(f"/beheer/auth/user/{mine.pk}/password/", {}).status_code == 403


# An eindredacteur


def test_an_eindredacteur_publishes_and_deletes_what_nothing_uses(client, login, complete):
    login("eindredacteur")
    partner = PartnerFactory()

    approve(client, complete)
    delete(client, partner)

    assert ConceptVersion.objects.published().get() == complete
    assert not Partner.objects.exists()


@pytest.mark.parametrize("group", ["eindredacteur", "beheerder"])
def test_nobody_deletes_a_concept_or_changes_what_was_published(client, login, group):
    login(group, is_superuser=group == "beheerder")
    public = ConceptVersionFactory(published=True)

    assert delete(client, public).status_code == 403
    asked = client.get(change_url(public.concept).replace("/change/", "/delete/"), follow=True)
    assert "stond op de site" in text(asked)
    for record in (public, public.concept):
        delete_from_list(client, record)
    assert client.post(change_url(public), {"name": "x"}).status_code == 403
    assert ConceptVersion.objects.published().get() == public


# A beheerder


@pytest.fixture
def beheerder(login):
    return login("beheerder")


def test_a_beheerder_makes_an_editor(client, beheerder):
    typed = "drie-zonnige-bomen"
    send(
        client,
        add_url(User),
        username="nieuw",
        email="nieuw@example.org",
        password1=typed,
        password2=typed,
    )
    account = User.objects.get(username="nieuw")
    group = Group.objects.get(name="redacteur")

    response = send(client, change_url(account), groups=[group.pk], first_name="Noor")

    assert response.status_code == 302
    account.refresh_from_db()
    assert (account.is_staff, account.is_superuser) == (True, False)
    assert list(account.groups.all()) == [group]


def test_a_beheerder_makes_no_superuser(client, beheerder):
    account = editor("redacteur", username="collega")
    right = Permission.objects.get(codename="delete_session")

    for target in (account, beheerder):
        response = send(client, change_url(target), is_superuser="on", user_permissions=[right.pk])
        assert response.status_code == 302
        target.refresh_from_db()
        assert not target.is_superuser
        assert not target.user_permissions.exists()


def test_a_beheerder_gives_no_group_with_rights_that_they_lack(client, beheerder):
    strong = Group.objects.create(name="sterk")
    strong.permissions.add(Permission.objects.get(codename="delete_logentry"))

    response = send(client, change_url(beheerder), groups=[strong.pk])

    assert response.status_code == 200
    assert strong not in beheerder.groups.all()


def test_a_beheerder_puts_no_right_in_a_group_that_they_lack(client, beheerder):
    lacking = Permission.objects.get(codename="add_logentry")

    response = send(client, add_url(Group), name="eigen", permissions=[lacking.pk])

    assert response.status_code == 200
    assert not Group.objects.filter(name="eigen").exists()

    held = Permission.objects.get(codename="change_partner")
    send(client, add_url(Group), name="eigen", permissions=[held.pk])
    assert list(Group.objects.get(name="eigen").permissions.all()) == [held]


@pytest.mark.parametrize("is_active", [True, False])
@pytest.mark.parametrize("way", ["superuser", "own right", "group"])
def test_a_beheerder_has_no_say_over_an_account_that_can_do_more(client, beheerder, way, is_active):
    account = User.objects.create_user(
        "hoger", is_active=is_active, is_superuser=way == "superuser"
    )
    right = Permission.objects.get(codename="delete_logentry")
    if way == "own right":
        account.user_permissions.add(right)
    if way == "group":
        group = Group.objects.create(name="sterk")
        group.permissions.add(right)
        account.groups.add(group)
    password = {"usable_password": "true", "password1": "x9-bomen-x9", "password2": "x9-bomen-x9"}

    assert client.post(f"/beheer/auth/user/{account.pk}/password/", password).status_code == 403
    assert client.post(change_url(account), {"username": "anders"}).status_code == 403
    assert delete(client, account).status_code == 403
    delete_from_list(client, account)
    account.refresh_from_db()
    assert account.username == "hoger"
    assert not account.has_usable_password()


def test_the_groups_of_the_house_are_not_changed_at_the_desk(client, beheerder):
    group = Group.objects.get(name="redacteur")

    assert client.post(change_url(group), {"name": "anders"}).status_code == 403
    assert delete(client, group).status_code == 403
    page = client.get(change_url(group)).content.decode()
    assert "versie: toevoegen, wijzigen, verwijderen, bekijken" in page
    assert "Can change" not in page


def test_a_beheerder_does_not_delete_themselves(client, beheerder):
    assert delete(client, beheerder).status_code == 403
    delete_from_list(client, beheerder)
    assert User.objects.filter(pk=beheerder.pk).exists()


def test_a_superuser_can_still_make_another(client):
    client.force_login(editor(username="hoofd", is_superuser=True))
    account = editor("redacteur")

    send(client, change_url(account), is_superuser="on")

    account.refresh_from_db()
    assert account.is_superuser


def test_agencies_and_aliases_are_content(client, login):
    login("redacteur")

    for model in (Agency, Alias):
        assert client.get(add_url(model)).status_code == 200


# The end of a service


def test_an_end_is_not_for_a_redacteur(login, client):
    """It is public at once, on every page that names the service as an owner."""
    agency = AgencyFactory(name="Agentschap A")
    login("redacteur")
    fields = opened(client, change_url(agency))
    assert "end_label" not in dict(fields)

    send(client, change_url(agency), fields, end_label="31 december 2024", name="Agentschap B")

    agency.refresh_from_db()
    assert (agency.name, agency.end_label) == ("Agentschap B", "")


def test_an_end_is_for_an_eindredacteur(login, client):
    agency = AgencyFactory()
    login("eindredacteur")

    send(client, change_url(agency), end_label="31 december 2024")

    agency.refresh_from_db()
    assert agency.end_label == "31 december 2024"
