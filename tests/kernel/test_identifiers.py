"""Codes: unified social credit codes, case numbers, badge tokens."""

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.kernel.errors import InvalidInput
from backend.kernel.identifiers import (
    COUNTIES,
    badge_token,
    check_uscc,
    county_name,
    make_uscc,
    new_case_number,
    new_token_id,
    parse_token,
    read_case_number,
    verify_token,
)

_VALID = [
    "91350100M000100Y43",
    "11320000MB151840XJ",
    "91440300708461136T",
    "91110000802100433B",
    "91330302MA2TE5T1X2",
    "92330381MA2TE5T28C",
    "91330383MA2TE5T367",
    "91330328MA2TE5T44D",
]
_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)
#: What WeChat lets a mini-program code carry.
_SCENE = re.compile(r"[0-9A-Za-z!#$&'()*+,/:;=?@\-._~]{1,32}")


def _check_by_ordinal(first_17: str) -> str:
    """A published snippet that maps letters by `ord`: the control."""
    values = (int(char) if char.isdigit() else ord(char) - 55 for char in first_17)
    return _ALPHABET[(31 - sum(value * weight for value, weight in zip(values, _WEIGHTS, strict=True)) % 31) % 31]


@pytest.mark.parametrize("code", _VALID)
def test_valid_codes(code: str) -> None:
    assert check_uscc(code).value == code
    assert check_uscc(f" {code.lower()} ").value == code


@pytest.mark.parametrize("code", ["91350100M000100Y4Z", "91350100M000100Y4", "91350100M000100YI3", "", "９" * 18])
def test_invalid_codes(code: str) -> None:
    with pytest.raises(InvalidInput):
        check_uscc(code)


def test_full_width_and_spaced_codes_are_normalised() -> None:
    full_width = "".join(chr(ord(char) + 0xFEE0) for char in _VALID[0].lower())
    assert check_uscc(full_width).value == _VALID[0]
    assert check_uscc(" ".join(_VALID[0])).value == _VALID[0]


@pytest.mark.parametrize(
    ("code", "why"),
    [
        ("91350100M000100Y4Z", "uscc_alphabet"),
        ("91350100M000100Y44", "uscc_check"),
        ("91350100M000100Y4", "uscc_length"),
        ("91350100M000100Y433", "uscc_length"),
        ("91350100M0O0100Y43", "uscc_alphabet"),
        ("19350100M000100Y43", "uscc_check"),
    ],
)
def test_a_refusal_says_what_is_wrong(code: str, why: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        check_uscc(code)
    assert refused.value.code == why


def _sum_by_standard(first_17: str) -> int:
    return sum(_ALPHABET.index(char) * weight for char, weight in zip(first_17, _WEIGHTS, strict=True))


def _check_by_standard(first_17: str) -> str:
    return _ALPHABET[(31 - _sum_by_standard(first_17) % 31) % 31]


def test_the_standards_sample_is_counted_as_the_standard_counts() -> None:
    assert _sum_by_standard("91350100M000100Y4") == 1640
    assert _check_by_standard("91350100M000100Y4") == "3"


@pytest.mark.parametrize("letter", "JKLMNPQRTUWXY")
def test_every_letter_from_j_to_y_has_the_standards_value(letter: str) -> None:
    first_17 = f"91330302MA2T{letter}0010"
    checks = [check for check in _ALPHABET if _is_valid(first_17 + check)]
    assert checks == [_check_by_standard(first_17)]


def _is_valid(code: str) -> bool:
    try:
        return check_uscc(code).value == code
    except InvalidInput:
        return False


def test_a_failed_inner_check_is_only_a_warning() -> None:
    right = make_uscc("91330302", "MA2TE5T1")
    wrong_inner = right[:16] + ("1" if right[16] != "1" else "2")
    assert not check_uscc(wrong_inner + _check_by_standard(wrong_inner)).inner_check_ok
    assert check_uscc(right).inner_check_ok, "the control"


def test_the_counties_are_wenzhous_twelve() -> None:
    assert {code: name.rstrip("区县市") for code, name in COUNTIES.items()} == {
        "330302": "鹿城", "330303": "龙湾", "330304": "瓯海", "330305": "洞头", "330324": "永嘉", "330326": "平阳",
        "330327": "苍南", "330328": "文成", "330329": "泰顺", "330381": "瑞安", "330382": "乐清", "330383": "龙港",
    }  # fmt: skip
    assert county_name("330383") == "龙港市"
    with pytest.raises(KeyError):
        county_name("330300")


def test_mapping_letters_by_ordinal_would_refuse_valid_codes() -> None:
    assert any(_check_by_ordinal(code[:17]) != code[17] for code in _VALID)


@given(st.text(_ALPHABET, min_size=6, max_size=6), st.text("0123456789", min_size=8, max_size=8), st.integers(0, 16))
def test_made_codes_are_valid_and_one_wrong_character_is_found(area: str, organisation: str, position: int) -> None:
    code = make_uscc(f"91{area}", organisation)
    assert check_uscc(code).inner_check_ok
    other = _ALPHABET[(_ALPHABET.index(code[position]) + 1) % 31]
    with pytest.raises(InvalidInput):
        check_uscc(code[:position] + other + code[position + 1 :])


def test_case_numbers_are_read_as_people_type_them() -> None:
    number = new_case_number("HJ", date(2026, 11, 23))
    assert read_case_number(f" {number.lower()} ") == number
    with pytest.raises(InvalidInput):
        read_case_number(number[:-1] + ("0" if number[-1] != "0" else "1"))


def test_a_token_fits_a_mini_program_code_and_only_its_key_verifies_it() -> None:
    key, other = b"k" * 32, b"o" * 32
    token = badge_token("1", new_token_id(), key)
    assert _SCENE.fullmatch(token)
    assert len(token) == 25
    parsed = parse_token(token)
    assert verify_token(parsed, {"1": key})
    assert verify_token(parsed, {"2": other, "1": key})
    assert not verify_token(parsed, {"1": other})
    assert not verify_token(parsed, {"2": key})


@pytest.mark.parametrize("position", range(2, 25))
def test_a_changed_token_is_not_ours(position: int) -> None:
    key = b"k" * 32
    token = badge_token("1", "7K3QX9C2M4TP", key)
    changed = token[:position] + ("2" if token[position] != "2" else "3") + token[position + 1 :]
    try:
        assert not verify_token(parse_token(changed), {"1": key})
    except InvalidInput:
        assert token[position] == "."
