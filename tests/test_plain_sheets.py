"""Style sheets go out without comments: what a storage keeps of them."""

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage

from eerstelijn.pages.static_files import PlainSheets, plain

SHEET = """/* Why. */
@layer pages {
  /* "Ook" dit. */
  .asked :is(th, td) { inline-size: calc(1rem  +  2px); }
  .asked::before { content: "a  /* b */"; }
}
"""
PLAIN = (
    " @layer pages { .asked :is(th, td) { inline-size: calc(1rem + 2px); }"
    ' .asked::before { content: "a  /* b */"; } } '
)


def test_comments_go_and_what_separates_stays():
    assert plain(SHEET) == PLAIN


def test_two_words_that_a_comment_kept_apart_stay_two():
    assert plain("a/**/b{}") == "a/**/b{}"


@pytest.mark.parametrize(
    ("name", "kept"),
    [("eerstelijn/a.css", PLAIN), ("admin/a.css", SHEET), ("eerstelijn/a.js", SHEET)],
)
def test_a_storage_makes_our_own_sheets_plain(tmp_path, name, kept):
    source = FileSystemStorage(location=tmp_path / "source")
    storage = PlainSheets(location=tmp_path / "root", base_url="/static/")
    source.save(name, ContentFile(SHEET))

    with source.open(name) as written:  # as collectstatic does
        storage.save(name, written)
    list(storage.post_process({name: (source, name)}))

    hashed = storage.hashed_files[name]
    assert hashed != name
    for each in (name, hashed):
        assert (tmp_path / "root" / each).read_text() == kept
