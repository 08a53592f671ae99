"""An editor at /beheer/, as tests play one: opens a page, and sends its form as a browser does."""

from html.parser import HTMLParser

from django.contrib.auth.models import Group, User
from django.urls import reverse

from eerstelijn.groups import ensure_groups


def editor(group=None, **fields):
    """An account in one group, or without rights; `is_superuser=True` for one with all."""
    ensure_groups()
    name = fields.pop("username", group or "iemand")
    user = User.objects.create_user(name, is_staff=True, **fields)
    if group:
        user.groups.add(Group.objects.get(name=group))
    return user


def change_url(record, group=""):
    opts = record._meta
    name = f"admin:{opts.app_label}_{opts.model_name}"
    if group:
        return reverse(f"{name}_group", args=[record.pk, group])
    return reverse(f"{name}_change", args=[record.pk])


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
    """The same of a page that is here already, such as one that came back with errors."""
    form = _Form()
    form.feed(response.content.decode())
    assert form.fields, "the page has no form to fill in"
    return form.fields


def send(client, url, fields=None, **changes):
    """Send a page's form with some fields changed; a list stands for several values."""
    data = {}
    for name, value in fields if fields is not None else opened(client, url):
        data.setdefault(name, []).append(value)
    for name, value in changes.items():
        data[name] = value if isinstance(value, list) else [value]
    return client.post(url, data)


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


class _Form(HTMLParser):
    """Reads the fields of Django's own form on a page, and skips the small forms around it."""

    def __init__(self):
        super().__init__()
        self.fields, self.inside = [], False
        self.select = self.textarea = None
        self.options = []

    def handle_starttag(self, tag, attributes):
        attributes = dict(attributes)
        if tag == "form":
            self.inside = attributes.get("id", "").endswith("_form")
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
