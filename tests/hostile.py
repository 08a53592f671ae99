"""Records whose texts try to break out of the page, and what a page must not show of them.

`fill(...)` writes texts of some kinds into every text field of every row: it finds the fields by
itself, so that a new one takes part. `faults(...)` reads an answer as a browser would, and says
what content has made in it: an element, an attribute, a handler, a link that runs.
"""

import csv
import io
import json
from html.parser import HTMLParser
from urllib.parse import urlsplit
from xml.etree import ElementTree

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import DataError, IntegrityError, connection, models, transaction

APPS = ("governance", "concepts", "auth", "login")
#: No page shows these: a password's hash, and the rights that Django names.
NOT_SHOWN = {("user", "password"), ("permission", "name"), ("permission", "codename")}
#: Kept from other rows, and made anew by `reindex`.
DERIVED = {"searchentry", "indexedword", "agencyline", "arealine"}

#: Whatever content makes of itself carries this in its name.
MARK = "xq9"
LONGEST = 20_000

#: The texts of a kind, the longest first: a field gets the first that fits in it.
KINDS = {
    "markup": (
        f"\"'></title></textarea></script><{MARK} {MARK}=1><script {MARK}>{MARK}()</script>"
        f"<img src=x onerror={MARK}()><svg onload={MARK}()><!-- {{{{ {MARK} }}}} {{% {MARK} %}}"
        f" \\' \\\" <a href=https://{MARK}.example>",
        f"\"'><{MARK} {MARK}=1 on{MARK}=1>",
        f'"><{MARK}>',
        '">',
        "<",
    ),
    "attributes": (
        f'0;url=https://example.org/" http-equiv="refresh" {MARK}="1" on{MARK}="2" style="x',
        f'0" http-equiv="refresh" {MARK}="',
        f'" {MARK}="',
        '"a=',
        '"',
    ),
    "apostrophes": (
        f"' {MARK}='1' on{MARK}='2' style='x' &quot; {MARK}=&quot;3&quot; &#34; {MARK}=&#34;4",
        f"' {MARK}='1",
        "'a='",
        "'",
    ),
    "scripts": (
        f"javascript:{MARK}() [a](javascript:{MARK}()) <javascript:{MARK}()> ![b](data:text/html,c)"
        f' [d](https://e.be/ "f > g\\" {MARK}=\\"h") [i](//{MARK}.example/) [j](vbscript:{MARK})'
        f"\n\n| k | l |\n|---|---|\n| <{MARK}> | javascript:{MARK}() |\n\n> > > - 1. `{MARK}`",
        f"javascript:{MARK}()",
        "java:",
        "j",
    ),
    "leading signs": ("“Zorg” (G)GBO 's-Gravenhuis", "(G)GBO", "“Z”", "'s"),
    "signs only": ("“(…)” – ' \" & < > * # _ ` ~ | \\ / . , ; : ! ? % ^ $ @ + = -", "“(…)”", "–"),
    "tiny signs": ("&",),
    "entities": ("&amp; &lt;b&gt; &#x27; amp lt gt quot x27 nbsp &", "amp", "&lt;", "lt"),
    "directions": (
        "\u202eabc\u2066 \u200b\u200d\ufeff\u2069\u202c zorg\u200braad \u00ad",
        "\u202eab",
    ),
    "marks": ("\u0301\u0308e\u0301 \u20dd " + "Z" + "\u0335" * 40, "\u0301e\u0301", "\u0301"),
    "control": (
        "\x01a\x1f\x7f\tb\r\nc\u2028d\u2029e\x0bf\x0c \ufffe\uffff \U0010ffff",
        "\x01\x7f\t",
    ),
    "formulas": (f"=HYPERLINK(1;2)+{MARK}", "@SUM(1)", "+1", "-"),
    "spaces": (" \u00a0\t \n ", " \n", " "),
    "one long word": ("W" * LONGEST,),
    "many lines": ("- a\n\n1. b\n" * 200, "- a\n- b", "-\n"),
    "nested": ("> " * 500 + "[" * 500 + "*" * 500 + "a", "[" * 200, "****", "["),
}
#: These fill a field to its last character.
TO_THE_LAST = {"markup", "signs only", "marks", "directions", "one long word"}
#: What a short name in an address may hold: less, but more than people think of.
SLUGS = ("-_-", "_", "0", "--" * 20, "none", "json", "a" * 40)


def text_fields():
    """Every field that holds free text, as pairs of model and field.

    Words of a list take no part: the database holds them to it (see tests/test_choices.py).
    """
    return [
        (model, field)
        for app in APPS
        for model in apps.get_app_config(app).get_models()
        if model._meta.model_name not in DERIVED
        for field in model._meta.concrete_fields
        if isinstance(field, (models.CharField, models.TextField)) and not field.choices
        if (model._meta.model_name, field.name) not in NOT_SHOWN
    ]


def is_slug(field):
    return isinstance(field, models.SlugField)


def text_for(field, kind, number):
    """The text of a kind for a field, filled up to the last character that it takes.

    Where rows may not be alike it is another one for each.
    """
    most = field.max_length or LONGEST
    alike = field.name in ("name", "heading", "text")
    ending = f"{number:x}" if field.unique or alike else ""
    room = max(most - len(ending), 1)
    texts = KINDS[kind]
    text = next((text for text in texts if len(text) <= room), texts[-1])
    if kind in TO_THE_LAST and room <= 500:
        text = (texts[0] if len(texts) == 1 else text * room)[:room]
    return f"{text[:room]}{ending}"


def fill(*kinds, every=1):
    """Write texts of these kinds everywhere, in turn. Returns the names of fields that take none.

    With `every=3` a third of the texts become so, the others stay. Goes round forms and validators,
    as a load of files or SQL does, but not round the database.
    """
    refused, fields = set(), {}
    _as_a_load()
    for position, (model, field) in enumerate(text_fields()):
        if not is_slug(field):
            fields.setdefault(model, []).append((position, field))
    for model, here in fields.items():
        rows, written = list(model._default_manager.order_by("pk")), []
        for number, row in enumerate(rows):
            for position, field in here:
                if not (position + number) % every:
                    kind = kinds[(position + number) // every % len(kinds)]
                    written.append((row, field, _value(field, kind, number)))
        if written and not _written_at_once(model, rows, written):
            refused |= _refused_one_by_one(model, written)
    return refused


def _value(field, kind, number):
    value = text_for(field, kind, number)
    if isinstance(field, models.URLField):
        value = f"https://example.org/{value}".split()[0][: field.max_length]
    return value


def _written_at_once(model, rows, written):
    """Whether the database takes all of a model together: to ask it text by text takes seconds."""
    for row, field, value in written:
        setattr(row, field.attname, value)
    try:
        with transaction.atomic():
            names = {field.name for _, field, _ in written}
            model._default_manager.bulk_update(rows, sorted(names), batch_size=100)
    except (IntegrityError, DataError):
        return False
    return True


def _refused_one_by_one(model, written):
    """Write what the database does take; the names of the others."""
    refused = set()
    for row, field, value in written:
        try:
            with transaction.atomic():
                model._default_manager.filter(pk=row.pk).update(**{field.name: value})
        except (IntegrityError, DataError):
            refused.add(f"{model._meta.model_name}.{field.name}")
    return refused


def _as_a_load():
    """Published versions are read-only, but for a transaction that says it is a load."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL eerstelijn.laadt_gegevens = 'ja'")


def fill_slugs():
    """Give records the oddest short names that are allowed; those with a meaning keep theirs."""
    _as_a_load()
    for model, field in text_fields():
        if not is_slug(field) or model._meta.model_name in ("areakind", "oldslug"):
            continue
        for number, row in enumerate(model._default_manager.order_by("pk")):
            slug = SLUGS[number % len(SLUGS)]
            slug = slug if number < len(SLUGS) else f"{slug}{number}"
            setattr(row, field.name, slug)
            try:
                field.clean(slug, row)
            except ValidationError as error:
                raise AssertionError(f"{slug} is no slug") from error
            if getattr(row, "nis", ""):  # its address is made of its code
                continue
            model._default_manager.filter(pk=row.pk).update(**{field.name: slug})


def reindex():
    """What follows from records is made of them anew, as a load does."""
    from concepts.search import everywhere, index
    from governance import derived

    derived.rebuild()
    index.reindex_all()
    everywhere.reindex_all()


# What an answer must not hold

#: An address that a page of ours may link to, or ask for.
FOLLOWED = {"", "http", "https", "mailto"}
ADDRESSES = {"href", "src", "action", "formaction", "data", "poster", "srcset", "background"}
#: Elements that no page of ours has, and that run, load or lead away.
NEVER = {"iframe", "object", "embed", "base", "applet", "frame", "audio", "video", "math"}
DATA = {"application/ld+json", "application/json"}


class Reader(HTMLParser):
    """Notes everything in a page that content must not be able to make."""

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.found, self.links, self.data = [], [], []
        self._in_data = False

    def handle_starttag(self, tag, attributes):
        given = {name: value or "" for name, value in attributes}
        if MARK in tag or tag in NEVER:
            self.found.append(f"<{tag}>")
        for name, value in given.items():
            if MARK in name or name.startswith("on") or name in ("style", "http-equiv", "srcdoc"):
                self.found.append(f"<{tag} {name}>")
            if name in ADDRESSES and not self._is_ours(tag, name, value):
                self.found.append(f"<{tag} {name}={value[:60]!r}>")
        if len(given) < len(attributes):
            self.found.append(f"<{tag}> with an attribute twice")
        if tag == "a" and "href" in given:
            self.links.append(given["href"])
        self._in_data = tag == "script" and given.get("type") in DATA
        if tag == "style" or (tag == "script" and "src" not in given and not self._in_data):
            self.found.append(f"<{tag}> inline")
        if self._in_data:
            self.data.append("")

    @staticmethod
    def _is_ours(tag, name, value):
        try:
            address = urlsplit("".join(value.split()))
        except ValueError:
            return False
        if name == "href" and tag == "a":
            return address.scheme.lower() in FOLLOWED
        return not address.netloc or address.netloc in ("testserver", "localhost", "site.be")

    def handle_data(self, data):
        if self._in_data:
            self.data[-1] += data

    def handle_endtag(self, tag):
        self._in_data = False
        if MARK in tag:
            self.found.append(f"</{tag}>")

    def handle_comment(self, data):
        if MARK in data:
            self.found.append("a comment")

    def unknown_decl(self, data):
        self.found.append("a declaration")


def read(html):
    reader = Reader()
    reader.feed(html)
    reader.close()
    for data in reader.data:
        try:
            json.loads(data)
        except ValueError:
            reader.found.append("data that cannot be read")
    return reader


def is_paper(response):
    """A PDF, or that there is none now: it takes a library of the system, and a turn."""
    is_asked = response.request["PATH_INFO"].endswith(".pdf")
    return is_asked and response.status_code in (200, 503)


def faults(response):
    """What is wrong with an answer, in words; nothing when content stayed content."""
    if is_paper(response):
        return []
    if response.status_code >= 500:
        return [f"status {response.status_code}"]
    found = []
    for name in response.headers:
        if MARK in name.lower():
            found.append(f"header {name}")
    kind = response.get("Content-Type", "").partition(";")[0]
    text = response.content.decode()
    if kind == "text/html":
        found += read(text).found
    elif kind.endswith("json") and text:
        json.loads(text)
    elif kind.endswith("xml"):
        ElementTree.fromstring(text)  # noqa: S314 -- ours; a test fails when it cannot be read
    elif kind == "text/csv":
        found += _faults_of_table(text.removeprefix("\ufeff"))
    return found


def _faults_of_table(text):
    delimiter = ";" if ";" in text.partition("\n")[0] else ","
    csv.field_size_limit(10_000_000)
    rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True))
    if len({len(row) for row in rows}) > 1:
        yield "a table with rows of different widths"
    for row in rows[1:]:
        for cell in row:
            if cell.startswith(("=", "+", "-", "@")):
                yield f"a formula: {cell[:30]}"
