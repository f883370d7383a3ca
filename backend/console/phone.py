"""Where a member of staff gives a number for what is urgent (短信提醒)."""

from backend.pages.phone import add_pages

from .doors import staff_blueprint

blueprint = staff_blueprint("console_phone", "/phone")
add_pages(blueprint, "console/phone.html")
