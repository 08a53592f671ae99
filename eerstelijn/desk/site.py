"""The editors' desk at /beheer/ as a site: its start page, its login, what a save brings about."""

from allauth.account.decorators import secure_admin_login
from django.conf import settings
from django.contrib import admin
from django.forms.models import _get_foreign_key
from django.shortcuts import redirect, render
from django.urls import path, reverse

from eerstelijn.desk.finding import SearchListView
from eerstelijn.desk.menu import groups
from eerstelijn.desk.reading import reading_view
from eerstelijn.login.second_step import has_one


class Desk(admin.AdminSite):
    """The editors' site. What the site must do after a save is said by who knows the records."""

    #: The groups of the menu, in the order of the editors' work; every model stands in one.
    menu = ()
    #: Shorter names for the menu than those of the models, by the name of the model.
    menu_labels = {}
    #: What is made most, by the name of the model: our word for one of them.
    menu_new = {}

    #: The kinds of thing that a change of services touches, in the order of its page.
    touching = ()
    #: The same of a merger of municipalities.
    touching_places = ()
    #: The address of all content as one file; "" where there is none.
    archive_url = ""

    site_title = "Beheer"
    site_header = "Wegwijzer eerste lijn"
    index_title = "Wat wil je bijwerken?"
    empty_value_display = "–"

    def __init__(self, name="admin"):
        super().__init__(name)
        self.tabs = {}

    def get_app_list(self, request, app_label=None):
        """The groups of the menu; the models of one app, in the order of the menu."""
        apps = super().get_app_list(request, app_label)
        if app_label is not None:
            for app in apps:
                app["models"].sort(key=lambda model: self._place(model["object_name"]))
            return apps
        models = {_name(model): model for app in apps for model in app["models"]}
        changing = {name for group in self.menu for name in group.changes_of.split()}
        pages = {
            model._meta.model_name: desk.change_pages(request)
            for model, desk in self._registry.items()
            if model._meta.model_name in changing
        }
        return groups(self.menu, models, pages, self.menu_labels, request.path)

    def each_context(self, request):
        context = super().each_context(request)
        adds = {
            _name(row): row["add_url"]
            for group in context["available_apps"]
            for row in group["models"]
            if row.get("add_url")
        }
        return context | {
            "menu_new": [
                {"name": label, "url": adds[name]}
                for name, label in self.menu_new.items()
                if name in adds
            ]
        }

    def get_urls(self):
        return [
            path("gelezen/", self.admin_view(reading_view), name="reading"),
            *super().get_urls(),
        ]

    def login(self, request, extra_context=None):
        """The login is that of `eerstelijn.login`, which also asks the second step.

        Django's own is never reached: it would let one who is logged in go on as someone else
        with a password alone, as often as they like.
        """
        if request.user.is_authenticated and not self.has_permission(request):
            return render(request, "account/no_rights.html", self.each_context(request), status=403)
        return secure_admin_login(lambda request: redirect("admin:index"))(request)

    def password_change(self, request, extra_context=None):
        return redirect("account_change_password")

    def index(self, request, extra_context=None):
        lacks = not settings.SECOND_STEP_REQUIRED and not has_one(request.user)
        return super().index(request, {"could_set_up": lacks, **(extra_context or {})})

    def autocomplete_view(self, request):
        return SearchListView.as_view(admin_site=self)(request)

    def saved(self, record):
        """What must follow from a record that changed, in the transaction of its save."""

    def removed(self, kind, slugs):
        """What must follow from records of a model that are gone, or have another address now."""

    def geography_changed(self):
        """What must follow from many areas that changed at once, in the transaction."""

    # Rows without a page of their own

    def put_on_tabs(self, model, groups, view):
        """Say that rows of a record stand on tabs of its own, each at an address of this view.

        `groups` have a `name`, the `inlines` of the tab and the `models` of their rows.
        """
        self.tabs[model] = (list(groups), view)

    def inlines(self):
        """The rows that stand on the page of another record, as pairs of that record and them."""
        for model, desk in self._registry.items():
            groups, _ = self.tabs.get(model, ((), ""))
            for inline in [*desk.inlines, *(each for group in groups for each in group.inlines)]:
                yield model, inline

    def ties(self, row):
        """The relations by which a kind of row hangs on the record on whose page it stands."""
        return [
            _get_foreign_key(parent, row, fk_name=inline.fk_name)
            for parent, inline in self.inlines()
            if inline.model is row
        ]

    def parent_of(self, row):
        """The first of these; None for what stands on no page."""
        return next(iter(self.ties(row)), None)

    def page_of(self, record, row=None):
        """The address where a record is edited, or a row of that kind on its page."""
        groups, view = self.tabs.get(type(record), ((), ""))
        for group in groups:
            if row in group.models:
                return reverse(view, args=[record.pk, group.name])
        opts = record._meta
        return reverse(f"admin:{opts.app_label}_{opts.model_name}_change", args=[record.pk])

    def touched_by(self, event, former, present):
        """What a merger or renaming of services touches, for the editor who confirms it."""
        return []

    def _place(self, name):
        order = [each for group in self.menu for each in group.models.split()]
        return order.index(name.lower())


def _name(model):
    """The name of a model as the menu has it, from Django's description."""
    return model["object_name"].lower()
