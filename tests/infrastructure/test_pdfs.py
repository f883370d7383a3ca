"""PDFs from people: what is taken, what is refused and how it is said, whatever somebody sends."""

import hashlib
from collections.abc import Callable

import pytest

from backend.infrastructure import pdfs
from backend.kernel.errors import InvalidInput
from tests import pdf_files

_SCRIPT = b"<< /S /JavaScript /JS (app.alert(1)) >>"


def test_a_sound_pdf_is_kept_as_it_came() -> None:
    sent = pdf_files.sound(3)
    taken = pdfs.checked(sent)
    assert (taken.content, taken.pages, taken.sha256) == (sent, 3, hashlib.sha256(sent).hexdigest())
    assert pdfs.checked(pdf_files.written()).pages == 1, "the control for what is written by hand"
    assert pdfs.checked(pdf_files.written(packed=b"<< /Type /Font >>")).pages == 1


@pytest.mark.parametrize(
    ("make", "code"),
    [
        (lambda: b"<html>", "pdf_unreadable"),
        (lambda: b"%PDF-1.7 nothing more", "pdf_unreadable"),
        (lambda: pdf_files.sound()[:200], "pdf_unreadable"),
        (pdf_files.locked, "pdf_unreadable"),
        (lambda: pdf_files.sound() + b"\0" * pdfs.MOST_BYTES, "pdf_too_large"),
        (lambda: pdf_files.sound(51), "pdf_too_many_pages"),
        (pdf_files.with_file_inside, "pdf_active"),
        (lambda: pdf_files.written(b"/OpenAction " + _SCRIPT), "pdf_active"),
        (lambda: pdf_files.written(b"/OpenAction << /S /J#61vaScript /JS (app.alert(1)) >>"), "pdf_active"),
        (lambda: pdf_files.written(b"/OpenAction << /S /Launch /F (cmd.exe) >>"), "pdf_active"),
        (lambda: pdf_files.written(packed=_SCRIPT), "pdf_active"),
    ],
    ids=range(11),
)
def test_what_is_not_taken(make: Callable[[], bytes], code: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        pdfs.checked(make())
    assert refused.value.code == code
    assert "PDF" in refused.value.message


def test_a_stream_that_unpacks_without_end_ends() -> None:
    assert pdfs.checked(pdf_files.written(packed=b"<< >>" + b" " * 40_000_000)).pages == 1
