"""The network on a wide screen, on a phone and on paper."""

import re

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.django_db


def test_a_name_in_the_drawing_is_followed_with_the_keyboard(visit):
    page = visit("/netwerk/").page

    page.get_by_role("group", name="Netwerk van").get_by_role("link", name="CAW").press("Enter")

    expect(page).to_have_url(re.compile("focus=partner"))
    expect(page.get_by_role("heading", name="Lijnen: CAW")).to_be_visible()


def test_the_table_stands_beside_the_drawing_and_above_it_on_a_phone(visit):
    page = visit("/netwerk/?focus=partner:caw").page
    table, drawing = page.locator(".net-list"), page.locator(".net-picture")
    assert table.bounding_box()["y"] == drawing.bounding_box()["y"]

    page.set_viewport_size({"width": 390, "height": 800})

    below = table.bounding_box()["y"] + table.bounding_box()["height"]
    assert below <= drawing.bounding_box()["y"]
    assert page.evaluate("document.documentElement.scrollWidth") == 390


def test_a_phone_folds_every_concept_and_a_wide_screen_none(visit):
    page = visit("/netwerk/").page
    folds = page.locator(".net-fold")
    rows, number = page.locator(".net-role"), folds.count()
    assert number > 2
    assert all(row.is_visible() for row in rows.all())
    assert not any(each.is_visible() for each in page.locator(".net-fold > summary").all())

    page.set_viewport_size({"width": 390, "height": 800})

    inside = folds.last.locator(".net-role").first
    assert [fold.get_attribute("open") is not None for fold in folds.all()] == [
        True,
        *[False] * (number - 1),
    ]
    assert not inside.is_visible()
    summary = folds.last.locator("summary")
    assert summary.bounding_box()["height"] >= 24
    summary.press("Enter")
    assert inside.is_visible()
    assert page.evaluate("document.documentElement.scrollWidth") == 390


def test_every_name_in_the_drawing_can_be_pointed_at_and_is_whole(visit):
    page = visit("/netwerk/").page  # owners in bold

    boxes = [link.bounding_box() for link in page.locator(".net-svg > a").all()]
    edge = page.locator(".net-svg").bounding_box()

    assert min(box["height"] for box in boxes) >= 24
    assert min(box["x"] for box in boxes) >= edge["x"] - 1
    assert max(box["x"] + box["width"] for box in boxes) <= edge["x"] + edge["width"] + 1


def test_the_drawing_prints_on_one_page(visit):
    page = visit("/netwerk/?focus=partner:caw").page

    page.emulate_media(media="print")

    assert len(re.findall(rb"/Type\s*/Page\b", page.pdf(format="A4"))) == 2
