"""Accounts and groups at the editors' desk.

A beheerder hands out no more than they hold: no superusers, no rights of their own liking, and no
account or group that can do more than they can is theirs to change, not even its password. What
changes is kept (`eerstelijn.login.rights`), and the last who keeps the accounts stays one.
"""

from collections import defaultdict

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django import forms
from django.conf import settings
from django.contrib import admin
from django.contrib.auth.admin import GroupAdmin, UserAdmin
from django.contrib.auth.forms import AdminPasswordChangeForm, AdminUserCreationForm, UserChangeForm
from django.contrib.auth.models import Group, Permission, User
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.shortcuts import redirect
from django.utils.decorators import method_decorator
from django.utils.html import format_html_join
from django.views.decorators.debug import sensitive_post_parameters

from eerstelijn.database.locks import one_at_a_time
from eerstelijn.database.turns import in_turn
from eerstelijn.desk.deleting import Deletes
from eerstelijn.desk.fields import LineField
from eerstelijn.desk.finding import FoundWithoutAccents
from eerstelijn.desk.forms import RecordForm
from eerstelijn.desk.restoring import tell_saved
from eerstelijn.desk.shown import asks, decides, shows
from eerstelijn.desk.together import PutsTogether
from eerstelijn.login import sessions
from eerstelijn.login.groups import BEHEERDER, GROUPS
from eerstelijn.login.lost_phone import ResetsSecondStep
from eerstelijn.login.models import LoginEvent
from eerstelijn.login.rights import LAST, is_last, record_by, record_rights, rights, why_kept

# Ours come instead; those of django-allauth would let a superuser read and change secrets.
admin.site.unregister([User, Group, Authenticator, EmailAddress])

VERBS = {
    "view": "bekijken",
    "add": "toevoegen",
    "change": "wijzigen",
    "delete": "verwijderen",
    "publish": "publiceren, terugsturen en van de site halen",
}


#: Our own words for what Django says to "u", and of staff.
WORDS = {
    "is_active": ("Actief", "Zet dit uit in plaats van een account te verwijderen."),
    "is_staff": (
        "Mag in het beheer",
        "Zonder dit helpt geen groep. Wie de site leest, hoeft niets.",
    ),
}


def verb(permission):
    return VERBS.get(permission.codename.partition("_")[0], permission.name)


def right(permission):
    """A right in Dutch: "dienst: wijzigen"."""
    return f"{permission.content_type.name}: {verb(permission)}"


def held_by(account):
    """The rights of an account by primary key, also while the account is not active."""
    if account.is_superuser:
        return set(Permission.objects.values_list("pk", flat=True))
    held = Permission.objects.filter(Q(group__user=account) | Q(user=account))
    return set(held.values_list("pk", flat=True))


def grantable_groups(user):
    """The groups that give nothing which this user lacks."""
    lacking = Permission.objects.exclude(pk__in=held_by(user))
    return Group.objects.exclude(permissions__in=lacking)


def only_owner(email, account):
    """An address that no other account has: a link for a new password goes there."""
    if email and User.objects.exclude(pk=account.pk).filter(email__iexact=email).exists():
        raise ValidationError("Een ander account heeft dit e-mailadres al.")
    return email


class AccountForm(RecordForm, UserChangeForm):
    """An account, of which the last who keeps the accounts does not lose that."""

    def clean_email(self):
        return only_owner(self.cleaned_data["email"], self.instance)

    def clean(self):
        data = super().clean()
        one_at_a_time()  # two who demote each other at the same moment
        if is_last(self.instance) and not self._keeps(data):
            raise ValidationError(LAST)
        return data

    def _keeps(self, data):
        """Whether the account as typed still keeps the accounts."""
        active = data.get("is_active", self.instance.is_active)
        staff = data.get("is_staff", self.instance.is_staff)
        superuser = data.get("is_superuser", self.instance.is_superuser)
        groups = data.get("groups", self.instance.groups.all())
        return active and staff and (superuser or any(each.name == BEHEERDER for each in groups))


class NewAccountForm(AdminUserCreationForm):
    """A new account, with the address where a link for another password can go."""

    class Meta(AdminUserCreationForm.Meta):
        fields = ("username", "email", "first_name", "last_name")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["email"].required = True
        self.fields[
            "email"
        ].help_text = "Voor een link als die het wachtwoord vergeet. Niemand ziet het op de site."

    def clean_email(self):
        return only_owner(self.cleaned_data["email"], self.instance)


class NewPasswordForm(AdminPasswordChangeForm):
    """Another password for someone. Without one nobody logs in here, so that is no choice."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields.pop("usable_password", None)


class InTurn(PutsTogether, Deletes):
    """The desk of accounts and groups: what changes takes its turn, as with every record.

    What the database refuses while a form is saved leads to the page that keeps what was typed.
    """

    @in_turn
    def add_view(self, request, *args, **kwargs):
        return super().add_view(request, *args, **kwargs)

    @in_turn
    def change_view(self, request, *args, **kwargs):
        answer = super().change_view(request, *args, **kwargs)
        return tell_saved(request, answer) if answer.status_code == 302 else answer


@admin.register(User)
class AccountAdmin(ResetsSecondStep, InTurn, FoundWithoutAccents, UserAdmin):
    """Editors. Everyone with an account may log in here; the groups say what they may do."""

    form, add_form, change_password_form = AccountForm, NewAccountForm, NewPasswordForm
    add_fieldsets = (
        (None, {"fields": ("username", "email", ("first_name", "last_name"))}),
        (None, {"fields": ("password1", "password2")}),
    )
    list_display = ("username", "full_name", "group_names", "is_active", "last_login")
    list_filter = ("is_active", "groups")
    filter_horizontal = ("user_permissions",)
    fieldsets = (
        (None, {"fields": ("username", "password")}),
        ("Wie het is", {"fields": (("first_name", "last_name"), "email")}),
        ("Wat die mag", {"fields": ("is_active", "is_staff", "groups")}),
        ("Data", {"fields": (("last_login", "date_joined"),)}),
    )
    readonly_fields = ("last_login", "date_joined")

    @admin.display(description="naam")
    def full_name(self, account):
        return account.get_full_name() or None

    @admin.display(description="groepen")
    def group_names(self, account):
        return ", ".join(group.name for group in account.groups.all()) or None

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("groups")

    def get_fieldsets(self, request, obj=None):
        fieldsets = super().get_fieldsets(request, obj)
        if obj and request.user.is_superuser:
            rights = ("is_superuser", "user_permissions")
            fieldsets = [
                *fieldsets,
                ("Enkel voor superusers", {"classes": ["collapse"], "fields": rights}),
            ]
        return fieldsets

    def formfield_for_manytomany(self, db_field, request=None, **kwargs):
        if db_field.name == "groups":
            kwargs["queryset"] = grantable_groups(request.user)
            kwargs["widget"] = forms.CheckboxSelectMultiple
            kwargs["help_text"] = "Kies er één: een hogere groep mag ook alles van de lagere."
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        if db_field.name in ("first_name", "last_name"):
            kwargs["form_class"] = LineField
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field and db_field.name in WORDS:
            field.label, field.help_text = WORDS[db_field.name]
        return field

    def response_post_save_change(self, request, obj):
        return redirect(request.get_full_path())  # saving stays on the page, as everywhere

    def save_form(self, request, form, change):
        account = super().save_form(request, form, change)
        if not change:
            account.is_staff = True  # who reads the site needs no account
        return account

    # What changes is kept

    def save_model(self, request, obj, form, change):
        request.rights_before = rights(User.objects.get(pk=obj.pk)) if change else None
        super().save_model(request, obj, form, change)
        # django-allauth keeps addresses of its own once a reset was asked, and would go on sending
        # links to a former one.
        EmailAddress.objects.filter(user=obj).exclude(email__iexact=obj.email).delete()

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        account = User.objects.get(pk=form.instance.pk)
        if change:
            record_rights(request, account.username, request.rights_before, rights(account))
        else:
            record_by(request, LoginEvent.Kind.ACCOUNT_ADDED, account.username)

    @method_decorator(sensitive_post_parameters())
    @asks
    def user_change_password(self, request, id, form_url=""):
        account = self.get_object(request, id)
        shows(request, account and account.password)
        if not decides(request):
            request.method = "GET"  # a password is never shown again
        response = super().user_change_password(request, id, form_url)
        if request.method == "POST" and response.status_code == 302:
            record_by(request, LoginEvent.Kind.PASSWORD, account.username)
            sessions.end(account, but=request.session.session_key)
        return response

    def in_the_way(self, records):
        return [*super().in_the_way(records), *why_kept(records)]

    def said_of(self, record):
        """Not when it was last used: that changes nothing for who decides."""
        return record.pk, rights(record), record.email

    def has_change_permission(self, request, obj=None):
        return super().has_change_permission(request, obj) and self._within_reach(request, obj)

    def has_delete_permission(self, request, obj=None):
        mine = obj is not None and obj.pk == request.user.pk  # nobody locks themselves out
        allowed = super().has_delete_permission(request, obj) and not mine
        return allowed and self._within_reach(request, obj)

    def _within_reach(self, request, account):
        """Whether an account can do nothing that the user cannot."""
        if account is None or request.user.is_superuser:
            return True
        return not account.is_superuser and held_by(account) <= held_by(request.user)


def may(group):
    """What a group may do, in words."""
    named = group.permissions.order_by("pk").values_list("codename", flat=True)
    return {"rechten": ", ".join(named) or "geen"}


@admin.register(Group)
class RightsAdmin(InTurn, FoundWithoutAccents, GroupAdmin):
    """Groups. Those of `eerstelijn.login.groups` can be looked at, but follow from the code."""

    form = RecordForm
    list_display = ("name", "members")
    filter_horizontal = ()

    @admin.display(description="leden")
    def members(self, group):
        return ", ".join(user.username for user in group.user_set.all()) or None

    @admin.display(description="rechten")
    def rights(self, group):
        verbs = defaultdict(list)
        for permission in group.permissions.select_related("content_type"):
            verbs[permission.content_type.name].append(verb(permission))
        lines = ((name, ", ".join(verbs[name])) for name in sorted(verbs))
        return format_html_join("", "<div>{}: {}</div>", lines)

    def save_model(self, request, obj, form, change):
        request.rights_before = may(obj) if change else {"rechten": "geen"}
        super().save_model(request, obj, form, change)

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        group = Group.objects.get(pk=form.instance.pk)
        record_rights(request, f"groep {group.name}", request.rights_before, may(group))

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("user_set")

    def response_post_save_change(self, request, obj):
        return redirect(request.get_full_path())

    def get_fields(self, request, obj=None):
        if obj and not self.has_change_permission(request, obj):
            return ("name", "rights")
        return ("name", "permissions")

    def get_readonly_fields(self, request, obj=None):
        return ("rights",)

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        if db_field.name == "name":
            kwargs["form_class"] = LineField
        return super().formfield_for_dbfield(db_field, request, **kwargs)

    def formfield_for_manytomany(self, db_field, request=None, **kwargs):
        if db_field.name == "permissions":
            own = Permission.objects.filter(
                pk__in=held_by(request.user),
                content_type__app_label__in=settings.APPS_WITH_RIGHTS,
            )
            kwargs["queryset"] = own
            kwargs["widget"] = forms.CheckboxSelectMultiple
        field = super().formfield_for_manytomany(db_field, request, **kwargs)
        if field and db_field.name == "permissions":
            field.label_from_instance = right
        return field

    def has_change_permission(self, request, obj=None):
        return super().has_change_permission(request, obj) and self._within_reach(request, obj)

    def has_delete_permission(self, request, obj=None):
        return super().has_delete_permission(request, obj) and self._within_reach(request, obj)

    def _within_reach(self, request, group):
        if group is None:
            return True
        return group.name not in GROUPS and grantable_groups(request.user).contains(group)
