"""An editor at /beheer/, as tests play one: opens a page, and sends its form as a browser does.

Or in a real browser: `open_desk` and `at_the_desk`, `visit` and `choose`.
"""

from contextlib import contextmanager
from html.parser import HTMLParser

from allauth.mfa.totp.internal import auth as totp
from django.conf import settings
from django.contrib.auth.models import Group, User
from django.test import Client
from django.urls import reverse

from concepts.rights import ensure_groups
from concepts.versions.changes import digest
from eerstelijn.login.groups import GROUPS
from tests import databases

#: What an editor without colleagues sends to publish a version, or to take any other step.
SURE = {"zeker": "ja", "reason": "Het werd beter.", "alone_because": "Er is niemand anders."}

#: What an editor types, with all that may break on its way.
TYPED = 'Wat “wij” typen:\n\n- een <b>lijst</b> & "aanhaling"\n\n\nen een slot'

#: The secret of every editor's second step in tests; `totp.hotp_value` makes codes of it.
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"  # noqa: S105


def editor(group=None, **fields):
    """An account in one group, or without rights; `is_superuser=True` for one with all.

    It has its second step, as the desk demands; `second_step=False` for one that comes in first.
    """
    if not Group.objects.filter(name__in=GROUPS).exists():  # a test emptied all tables
        ensure_groups()
    second_step = fields.pop("second_step", True)
    name = fields.pop("username", group or "iemand")
    user = User.objects.create_user(name, is_staff=True, **fields)
    if group:
        user.groups.add(Group.objects.get(name=group))
    if second_step:
        totp.TOTP.activate(user, SECRET)
    return user


def code_now():
    """What the app on an editor's phone shows now."""
    return totp.format_hotp_value(
        totp.hotp_value(SECRET, list(totp.yield_hotp_counters_from_time())[1])
    )


def change_url(record, group=""):
    opts = record._meta
    name = f"admin:{opts.app_label}_{opts.model_name}"
    if group:
        return reverse(f"{name}_group", args=[record.pk, group])
    return reverse(f"{name}_change", args=[record.pk])


def page_url(record, page, *numbers):
    """A page about a record, or about its kind, by what Django calls it: "history", "deleted"."""
    opts = record._meta
    return reverse(f"admin:{opts.app_label}_{opts.model_name}_{page}", args=numbers)


def bring_back(client, model, number, **answers):
    """Press "Zet terug" on the page of what was deleted."""
    data = {"nummer": number, **answers}
    return client.post(page_url(model, "deleted"), data, follow=True)


def list_url(model):
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")


def add_url(model):
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_add")


def step_url(record, step):
    opts = record._meta
    return reverse(f"admin:{opts.app_label}_{opts.model_name}_step", args=[record.pk, step])


def opened(client, url):
    """The fields of the form on a page, as a list of names and values."""
    response = client.get(url)
    assert response.status_code == 200
    return fields_of(response)


def fields_of(response):
    """The fields of the form that was answered, as a list of names and values."""
    form = _Form()
    form.feed(response.content.decode())
    assert form.fields, "the page has no form to fill in"
    return form.fields


def action_of(response):
    """Where the form that was answered is sent to; empty for the page that it stands on."""
    form = _Form()
    form.feed(response.content.decode())
    return form.action


def send(client, url, fields=None, **changes):
    """Send a page's form with some fields changed; a list stands for several values."""
    data = {}
    for name, value in fields if fields is not None else opened(client, url):
        data.setdefault(name, []).append(value)
    for name, value in changes.items():
        data[name] = value if isinstance(value, list) else [value]
    return client.post(url, data)


def approve(client, version, said=SURE):
    """Publish a version as an editor does who read what it says now."""
    return client.post(step_url(version, "publiceer"), {"zeker": "ja", **seen(version), **said})


def seen(version):
    """What the page of a decision sends along of what its editor read."""
    return {"seen": digest(type(version).objects.get(pk=version.pk))}


def add_row(fields, prefix, **values):
    """The fields of a form with one more row, as the link under the rows makes it."""
    total = f"{prefix}-TOTAL_FORMS"
    number = next(int(value) for name, value in fields if name == total)
    grown = [(name, str(number + 1) if name == total else value) for name, value in fields]
    for name, value in fields:
        if name.startswith(f"{prefix}-__prefix__-"):
            field = name.removeprefix(f"{prefix}-__prefix__-")
            if field not in values:
                grown.append((f"{prefix}-{number}-{field}", value))
    for field, value in values.items():
        many = value if isinstance(value, list) else [value]
        grown += [(f"{prefix}-{number}-{field}", each) for each in many]
    return grown


@contextmanager
def open_desk(browser, context_args, live_server):
    """A window of the browser for all tests of a module: a new one costs more than most of them.

    `page.said` is what its console said, `page.warnings` what it asked before it left a page.
    """
    context = browser.new_context(**context_args)
    page = context.new_page()
    page.home = live_server.url
    page.on("console", lambda message: page.said.append(message.text))
    # The console says that something was not found, and not what.
    page.on("response", lambda got: got.status == 404 and page.said.append(f"404 {got.url}"))
    page.on("pageerror", lambda error: page.said.append(str(error)))
    page.on("dialog", lambda dialog: (page.warnings.append(dialog.type), dialog.accept()))
    page.set_default_timeout(10_000)
    with databases.connections_stay():
        yield page
    context.close()


@contextmanager
def at_the_desk(page, account):
    """An open window in which an account is logged in; afterwards it is as if nobody had used it.

    It ends on a page without a script, so that nothing is asked of the server any more.
    """
    page.said, page.warnings = [], []
    page.set_viewport_size({"width": 1280, "height": 720})
    log_in(page, account)
    yield page
    page.unroute_all()
    empty = f"{page.home}/leeg/"
    page.route(empty, lambda route: route.fulfill(body="", content_type="text/html"))
    page.goto(empty)
    page.evaluate("sessionStorage.clear(), localStorage.clear()")
    page.unroute_all()
    page.context.clear_cookies()


def log_in(page, account):
    """Give a browser a session of an account, as if it had just logged in."""
    client = Client()
    client.force_login(account)
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies(
        [{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": f"{page.home}/beheer/"}]
    )


def visit(page, path):
    page.goto(page.home + path)


def choose(page, field, typed):
    """Pick a record in the search list of a field, by typing a part of its name."""
    page.locator(f"#id_{field} + .select2").click()
    page.keyboard.type(typed)
    page.locator(".select2-results__option--highlighted", has_text=typed).wait_for()
    page.keyboard.press("Enter")


class _Form(HTMLParser):
    """Reads the fields of Django's own form on a page, and skips the small forms around it."""

    def __init__(self):
        super().__init__()
        self.fields, self.inside, self.action = [], False, ""
        self.select = self.textarea = None
        self.options = []

    def handle_starttag(self, tag, attributes):
        attributes = dict(attributes)
        if tag == "form":
            self.inside = attributes.get("id", "").endswith("_form")
            self.action = attributes.get("action", "") if self.inside else self.action
        if not self.inside:
            return
        name = attributes.get("name")
        if tag == "input" and name and attributes.get("type") != "submit":
            is_box = attributes.get("type") in ("checkbox", "radio")
            if not is_box or "checked" in attributes:
                self.fields.append((name, attributes.get("value", "on" if is_box else "")))
        elif tag == "select":
            self.select, self.many, self.options = name, "multiple" in attributes, []
        elif tag == "option" and self.select:
            self.options.append((attributes.get("value", ""), "selected" in attributes))
        elif tag == "textarea":
            self.textarea, self.text = name, ""

    def handle_data(self, data):
        if self.textarea:
            self.text += data

    def handle_endtag(self, tag):
        if tag == "form":
            self.inside = False
        elif tag == "textarea" and self.textarea:
            # A browser drops the first line end and sends the others as two characters.
            text = self.text.removeprefix("\r\n").removeprefix("\n")
            self.fields.append((self.textarea, text.replace("\n", "\r\n")))
            self.textarea = None
        elif tag == "select" and self.select:
            chosen = [value for value, selected in self.options if selected]
            if not chosen and not self.many:
                chosen = [value for value, _ in self.options[:1]]
            self.fields += [(self.select, value) for value in chosen]
            self.select = None
