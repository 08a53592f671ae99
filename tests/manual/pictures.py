"""Pictures of the desk for the guide: a part of the window, with what is pressed marked."""

import base64

from tests.manual.guide import PICTURES

#: Pixels of the window.
WIDTH, HEIGHT = 1240, 800
#: Pixels of a picture for one of the window, and its quality from 1 to 100.
SCALE, QUALITY = 1.25, 60
#: How much around what is shown, in pixels of the window.
AROUND = 10
MARK = "it => { it.style.outline = '3px solid #c2185b'; it.style.outlineOffset = '3px' }"
UNMARK = "it => { it.style.outline = it.style.outlineOffset = '' }"


def take(page, name, around, marks, height):
    """Write one picture; `height` is the most that it may have, 0 for what fits in the window."""
    marks = [mark for mark in marks if mark.count()]
    if len(marks) > 1:  # fields, and a button that stays in sight
        marks[0].evaluate("it => it.scrollIntoView({block: 'center'})")
    for mark in marks[:1]:
        mark.scroll_into_view_if_needed()
    for mark in marks:
        mark.evaluate(MARK)
    PICTURES.mkdir(parents=True, exist_ok=True)
    (PICTURES / f"{name}.webp").write_bytes(_taken(page, _box(page, around, height)))
    for mark in marks:
        mark.evaluate(UNMARK)


def _box(page, around, height):
    """What of the window is in the picture: all that a selector finds, as far as it shows."""
    boxes = [each.bounding_box() for each in page.locator(around).all() if each.is_visible()]
    left = max(0, min(box["x"] for box in boxes) - AROUND)
    top = max(0, min(box["y"] for box in boxes) - AROUND)
    right = min(WIDTH, max(box["x"] + box["width"] for box in boxes) + AROUND)
    bottom = min(HEIGHT, max(box["y"] + box["height"] for box in boxes) + AROUND)
    if height:
        bottom = min(bottom, top + height)
    return {"x": left, "y": top, "width": right - left, "height": bottom - top}


def _taken(page, box):
    """As WebP, which Playwright itself does not offer."""
    left, top = page.evaluate("[scrollX, scrollY]")
    clip = box | {"x": box["x"] + left, "y": box["y"] + top, "scale": 1}
    browser = page.context.new_cdp_session(page)
    wanted = {"format": "webp", "quality": QUALITY, "clip": clip}
    taken = browser.send("Page.captureScreenshot", wanted)
    browser.detach()
    return base64.b64decode(taken["data"])
