"""What a person does on a phone: a finger where it has a touch screen, else the mouse."""

from pathlib import Path

from playwright.sync_api import Locator, Page

from tests.scene import picture

#: Two taps before anything else can happen.
TWICE = """button => {
  const touches = [new Touch({ identifier: 1, target: button })]
  const tap = navigator.maxTouchPoints
    ? [new TouchEvent('touchstart', { bubbles: true, touches, changedTouches: touches }), new TouchEvent('touchend', { bubbles: true, changedTouches: touches })]
    : [new MouseEvent('mousedown', { bubbles: true }), new MouseEvent('mouseup', { bubbles: true })]
  for (const event of [...tap, ...tap]) button.dispatchEvent(new event.constructor(event.type, event))
}"""

#: Copies of photos that wait on the phone, as the harness keeps its files.
KEPT = "Object.keys(localStorage).filter(key => key.startsWith('wechat:file:'))"
#: Nothing lies over it, such as the bar at the top.
_SEEN = """one => {
  const { left, top, bottom } = one.getBoundingClientRect()
  return [top + 1, bottom - 1].every(y => one.contains(document.elementFromPoint(left + 4, y)))
}"""


def press(target: Locator) -> None:
    """Tap or click."""
    (target.tap if target.page.evaluate("navigator.maxTouchPoints") else target.click)()


def button(page: Page, name: str) -> Locator:
    return page.get_by_role("button", name=name, exact=True).locator("visible=true")


def answer(page: Page, name: str = "确定") -> None:
    """The dialog that asks before what cannot be taken back."""
    press(page.get_by_role("dialog").get_by_role("button", name=name))


def see(message: Locator) -> None:
    """Wait until the page has brought it where it can be read."""
    message.wait_for()
    message.page.wait_for_function(_SEEN, arg=message.element_handle())


def choose(page: Page, photo: Path, colour: str, place: int = 0) -> None:
    """Choose a photo of one colour, at the first place where one may be chosen or at another."""
    photo.write_bytes(picture(colour))
    with page.expect_file_chooser() as chooser:
        press(button(page, "＋ 照片").nth(place))
    chooser.value.set_files(photo)
