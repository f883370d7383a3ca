"""The ten official forms: whole, printed as they are told as data, and refused while something needed is missing."""

import re
from datetime import date

import pypdfium2
import pytest

from backend.documents.lines import broken
from backend.documents.rules import FORMS, REMEDIES, REMEDIES_OF_BOTH
from backend.documents.service import Document, FormIncomplete, fill, pdf
from backend.kernel.wording import local_day

DATED = date(2026, 11, 26)


def _values(number: int) -> dict[str, str]:
    """Every field of a form with a text of its own."""
    values = {field.key: f"{field.label}之{no}" for no, field in enumerate(FORMS[number].fields, 1)}
    return values | {"case_no": "TS20261125-0000013"}


def _filled(number: int, **changed: str) -> Document:
    return fill(number, issuer="330302", dated=DATED, values=_values(number) | changed)


def _words(content: bytes) -> str:
    read = pypdfium2.PdfDocument(content)
    return "".join(page.get_textpage().get_text_bounded() for page in read)


def _bare(text: str) -> str:
    return re.sub(r"\s", "", text)


def test_the_ten_forms_are_those_of_the_order() -> None:
    assert {number: form.title for number, form in FORMS.items()} == {
        1: "投诉登记表",
        2: "举报登记表",
        3: "投诉/举报分送通知书",
        4: "限期提供身份证明材料通知书",
        5: "投诉受理决定书",
        6: "投诉不予受理决定书",
        7: "投诉调解通知书",
        8: "投诉终止调解决定书",
        9: "投诉调解书",
        10: "举报处理结果告知书",
    }


@pytest.mark.parametrize("number", FORMS)
def test_the_pdf_says_what_the_data_says(number: int) -> None:
    document = _filled(number)
    data, printed = document.data(), _bare(_words(pdf(document)))
    for words in (data["bureau"], data["title"], data["number"], *data["paragraphs"]):
        assert _bare(words) in printed
    for field in data["fields"]:
        assert _bare(field["value"]) in printed, field
    assert ("（印章）" in printed) is document.form.sealed
    assert data["number"] == f"{document.form.word}〔2026〕TS20261125-0000013号"


@pytest.mark.parametrize("number", FORMS)
def test_every_needed_field_is_needed_and_no_other_is_taken(number: int) -> None:
    for field in FORMS[number].fields:
        if field.needed:
            with pytest.raises(FormIncomplete, match=field.key):
                _filled(number, **{field.key: "  "})
        else:
            assert _filled(number, **{field.key: ""}).values[field.key] == ""
    with pytest.raises(FormIncomplete, match="shoe_size"):
        _filled(number, shoe_size="42")


def test_fields_stand_in_the_table_or_in_the_body() -> None:
    for form in FORMS.values():
        body = "".join(form.paragraphs)
        for key in form.keys:
            assert key in form.listed or f"{{{key}}}" in body or key == form.to, (form.number, key)


@pytest.mark.parametrize(("number", "words"), [(6, REMEDIES), (8, REMEDIES_OF_BOTH)])
def test_a_refusal_and_a_termination_name_the_other_remedies(number: int, words: str) -> None:
    assert words in _filled(number).paragraphs
    assert words not in _filled(5).paragraphs, "the control"
    assert "您" not in REMEDIES_OF_BOTH, "the merchant reads it, too"


def test_what_people_typed_is_printed_as_typed() -> None:
    typed = "{case_no} {nb} **粗** 姓䶮的 128.50 元"
    document = _filled(6, reason=typed)
    assert typed in document.paragraphs[2]
    assert _bare(typed) in _bare(_words(pdf(document)))


def test_the_font_is_embedded() -> None:
    content = pdf(_filled(5))
    assert b"/FontFile" in content
    assert b"NotoSerifSC" in content


def test_an_ordinary_register_form_is_signed_on_its_only_page() -> None:
    short = {
        "name": "周小红",
        "respondent": "老街鱼丸店",
        "facts": "点的大份端上来是小份。",
        "evidence": "没有提交",
        "request": "重作",
    }
    assert len(pypdfium2.PdfDocument(pdf(_filled(1, **short)))) == 1


def test_long_facts_go_on_to_the_next_page() -> None:
    facts = "买的电饭煲用了三天就不通电。" * 140
    content = pdf(_filled(1, facts=facts))
    assert len(pypdfium2.PdfDocument(content)) > 1


def test_lines_keep_punctuation_and_numbers_in_place() -> None:
    assert list(broken("退还货款（全部）。", 7, len)) == ["退还货款（全", "部）。"]
    assert list(broken("退还货款（全部", 5, len)) == ["退还货款", "（全部"]
    assert list(broken("共计一二128.50元", 8, len)) == ["共计一二", "128.50元"]
    assert list(broken("a" * 7, 3, len)) == ["aaa", "aaa", "a"]
    assert list(broken("一\n二", 3, len)) == ["一", "二"]


def test_a_day_is_written_without_leading_noughts() -> None:
    assert local_day(date(2026, 3, 5)) == "2026年3月5日"
