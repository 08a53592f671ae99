"""The documents: links lead somewhere, commands exist, words are explained, no machine is named."""

import re
import subprocess
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings

PROJECT = Path(__file__).resolve().parent.parent
LINK = re.compile(r"(?<!!)\[[^\]]*\]\(([^)\s]+)\)")
CODE = re.compile(r"^(```|~~~).*?^\1|^(?: {4}|\t).*$|`[^`\n]*`", re.MULTILINE | re.DOTALL)
#: Folders of a person or a tool, and hosts that packages come from on one machine only.
OF_A_MACHINE = re.compile(
    r"""(?<![\w.:])/(?:home|root|Users|work)/[\w.-]+
    | [A-Za-z]:\\\\?Users\\
    | (?:--index-url|--extra-index-url|--find-links|index-url\s*=)\s*\S+
    | https?://[\w.-]*(?:artifactory|nexus|devpi|pypi\.(?!org))[\w.-]*
    """,
    re.VERBOSE,
)


def tracked():
    """Every text file that belongs to the project."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=PROJECT,
        capture_output=True,
        text=True,
        check=False,
    )
    if listed.returncode:
        pytest.skip("not a git checkout")
    for name in filter(None, listed.stdout.split("\0")):
        path = PROJECT / name
        if path.is_file() and b"\0" not in path.read_bytes()[:8000]:
            yield path


def documents():
    return sorted(
        path
        for folder in (
            PROJECT,
            *(PROJECT / name for name in ("docs", "bench", "contrib", "fixtures")),
        )
        for path in (folder.glob("*.md") if folder == PROJECT else folder.rglob("*.md"))
    )


def named(path):
    return str(path.relative_to(PROJECT))


def anchors(document):
    """The anchors that a heading gets where Markdown is shown."""
    headings = re.findall(r"^#+ (.+)$", document.read_text(), re.MULTILINE)
    return {
        re.sub(r"[^\w\- ]", "", heading.replace("`", "").lower()).replace(" ", "-")
        for heading in headings
    }


@pytest.mark.parametrize("document", documents(), ids=named)
def test_links_lead_somewhere(document):
    for target in LINK.findall(CODE.sub("", document.read_text())):
        if re.match(r"[a-z]+:", target):
            continue
        name, _, anchor = target.partition("#")
        linked = (document.parent / name).resolve() if name else document

        assert linked.exists(), f"{target} does not exist"
        assert not anchor or anchor in anchors(linked), f"{target} has no such heading"


@pytest.mark.parametrize("document", documents(), ids=named)
def test_make_can_make_what_a_document_says(document):
    makefile = (PROJECT / "Makefile").read_text()
    targets = set(re.findall(r"^([a-z]+):", makefile, re.MULTILINE))

    said = set(re.findall(r"(?:^|`|\$ )make ([a-z]+)", document.read_text(), re.MULTILINE))

    assert said <= targets


@pytest.mark.parametrize("document", documents(), ids=named)
def test_paths_in_code_exist(document):
    text = document.read_text()
    mentioned = re.findall(
        r"`((?:eerstelijn|governance|concepts|templates|fixtures|tests|bench|docs)/[\w./-]*)`", text
    )

    missing = {path for path in mentioned if not (PROJECT / path).exists()}

    assert not missing


@pytest.mark.parametrize(
    "command", ["laad_gegevens", "exporteer_gegevens", "herindexeer", "importeer_gebieden"]
)
def test_commands_for_the_content_are_explained(command):
    assert list(PROJECT.glob(f"*/management/commands/{command}.py"))
    assert command in (PROJECT / "fixtures" / "README.md").read_text()


@pytest.mark.parametrize(
    "model",
    [
        model
        for app in ("governance", "concepts")
        for model in apps.get_app_config(app).get_models()
    ],
    ids=lambda model: model.__name__,
)
def test_every_model_is_in_the_glossary(model):
    explained = re.findall(r"`(\w+)`", (PROJECT / "docs" / "glossary.md").read_text())

    assert model.__name__ in explained


def test_every_model_of_the_content_has_its_place_in_the_description_of_the_files():
    from concepts import fixtures

    described = (PROJECT / "fixtures" / "README.md").read_text()

    for part in fixtures.PARTS:
        assert (f"`{part.name}/<" if part.split else f"`{part.name}.json`") in described


def test_every_decision_is_listed_by_its_title():
    folder = PROJECT / "docs" / "adr"
    listed = dict(
        re.findall(
            r"^\| \[\d+\]\(([^)]+)\) \| (.+) \|$", (folder / "README.md").read_text(), re.MULTILINE
        )
    )

    titles = {
        path.name: path.read_text().splitlines()[0].partition(". ")[2]
        for path in folder.glob("[0-9]*.md")
    }

    assert listed == titles


def test_every_decision_says_why_and_what_follows():
    for path in (PROJECT / "docs" / "adr").glob("[0-9]*.md"):
        for part in ("**Context.**", "**Decision.**", "**Consequences.**"):
            assert part in path.read_text(), path.name


def test_the_licences_are_named():
    licence, readme = (PROJECT / "LICENSE").read_text(), (PROJECT / "README.md").read_text()

    assert "SPDX-License-Identifier: EUPL-1.2" in licence
    assert "EUROPEAN UNION PUBLIC LICENCE v. 1.2" in licence
    for text in (licence, readme):
        assert "te bevestigen door SAM" in " ".join(text.split())


@pytest.mark.parametrize(
    "text",
    [
        "see /home/jan/eerstelijn/README.md",
        "cd /root/site",
        "pip install --index-url https://packages.example.org/simple django",
        "https://artifactory.example.org/api/pypi",
    ],
)
def test_what_names_a_machine_is_recognised(text):
    assert OF_A_MACHINE.search(text)


def test_nothing_names_a_machine():
    found = [
        f"{named(path)}: {hit[0].strip()}"
        for path in tracked()
        for hit in OF_A_MACHINE.finditer(path.read_text(errors="replace"))
        if path != Path(__file__)
    ]

    assert not found


def test_the_web_server_takes_what_the_desk_takes_and_little_more():
    """Then the desk itself tells an editor that a form is too large."""
    site = (PROJECT / "contrib" / "nginx" / "eerstelijn.conf").read_text()

    megabytes = int(re.search(r"client_max_body_size (\d+)m;", site)[1])

    taken = settings.DATA_UPLOAD_MAX_MEMORY_SIZE
    assert taken < megabytes * 1024**2 < 2 * taken


def test_the_walk_names_what_stands_in_each_file():
    """Names in brackets behind a file are defined in it."""
    text = (PROJECT / "docs" / "rondleiding.md").read_text()
    walked = re.findall(r"`([\w/]+\.py)`[,\s]*\(?((?:`\w+`(?:, )?)+)\)?", " ".join(text.split()))

    assert len(walked) > 20
    for path, names in walked:
        defined = re.findall(r"^(?:class|def) (\w+)", (PROJECT / path).read_text(), re.MULTILINE)
        assert set(re.findall(r"\w+", names)) <= set(defined), path
