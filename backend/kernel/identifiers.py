"""Identifiers: unified social credit code, county codes, phone numbers, case numbers, badge tokens."""

import base64
import hashlib
import hmac
import re
import secrets
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from .errors import InvalidInput

#: County code → name, GB/T 2260 with 龙港 (a county-level city since 2019).
COUNTIES = {
    "330302": "鹿城区",
    "330303": "龙湾区",
    "330304": "瓯海区",
    "330305": "洞头区",
    "330324": "永嘉县",
    "330326": "平阳县",
    "330327": "苍南县",
    "330328": "文成县",
    "330329": "泰顺县",
    "330381": "瑞安市",
    "330382": "乐清市",
    "330383": "龙港市",
}

_USCC_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_USCC_WEIGHTS = tuple(pow(3, position, 31) for position in range(17))
_ORGANISATION_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)
_ORGANISATION_ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_CROCKFORD_READING = str.maketrans("OIL", "011")
_PHONE = re.compile(r"1[3-9]\d{9}|0\d{2,3}-?\d{7,8}(-\d{1,6})?|[48]00-?\d{3}-?\d{4}|(12|95|96)\d{3,4}")
_MOBILE = re.compile(r"1[3-9]\d{9}")
_TOKEN = re.compile(r"([0-9A-Za-z])\.([0-9A-HJKMNP-TV-Z]{12})\.([A-Za-z0-9_\-]{10})")
_CASE_NUMBER = re.compile(r"([A-Z]{2})(\d{8})-?([0-9A-HJKMNP-TV-Z]{7})")


def county_name(code: str) -> str:
    """The county's Chinese name. raises KeyError for a code outside Wenzhou"""
    return COUNTIES[code]


def is_mobile(phone: str) -> bool:
    """Whether a number is that of a mobile phone, which belongs to a person."""
    return _MOBILE.fullmatch(phone.removeprefix("+86").replace(" ", "").replace("-", "")) is not None


@dataclass(frozen=True)
class Uscc:
    """A checked unified social credit code.

    inner_check_ok   whether the organisation code inside passes its own check (GB 11714); a failure is only a warning
    """

    value: str
    inner_check_ok: bool


def check_uscc(text: str) -> Uscc:
    """Normalise (case, full width, spaces) and check a unified social credit code.

    raises   InvalidInput: uscc_length, uscc_alphabet, uscc_check
    source   GB 32100-2015
    """
    code = "".join(unicodedata.normalize("NFKC", text).split()).upper()
    if len(code) != 18:
        raise InvalidInput("uscc_length", f"统一社会信用代码应为 18 位，现在是 {len(code)} 位，请对照营业执照填写。")
    wrong = next((char for char in code if char not in _USCC_ALPHABET), None)
    if wrong is not None:
        raise InvalidInput(
            "uscc_alphabet", f"统一社会信用代码里不会有“{wrong}”，请对照营业执照检查（没有 I、O、Z、S、V）。"
        )
    if _uscc_check(code[:17]) != code[17]:
        raise InvalidInput("uscc_check", "统一社会信用代码的校验位不对，很可能有一位抄错了，请对照营业执照检查。")
    return Uscc(code, _organisation_check(code[8:16]) == code[16])


def make_uscc(prefix: str, organisation: str) -> str:
    """A code with both check digits right.

    prefix         8 characters: registry, class, area
    organisation   8 characters of the organisation code
    """
    body = prefix + organisation + _organisation_check(organisation)
    return body + _uscc_check(body)


def _uscc_check(first_17: str) -> str:
    total = sum(_USCC_ALPHABET.index(char) * weight for char, weight in zip(first_17, _USCC_WEIGHTS, strict=True))
    return _USCC_ALPHABET[(31 - total % 31) % 31]


def _organisation_check(first_8: str) -> str:
    values = (_ORGANISATION_ALPHABET.index(char) for char in first_8)
    remainder = 11 - sum(value * weight for value, weight in zip(values, _ORGANISATION_WEIGHTS, strict=True)) % 11
    return {10: "X", 11: "0"}.get(remainder, str(remainder))


def check_phone(text: str, *, mobile: bool = False, field: str = "phone") -> str:
    """A mainland phone number: mobile, landline with area code, 400/800 or a short service number; normalised.

    mobile   only a mobile number will do
    field    of the form, that the message belongs to
    raises   InvalidInput phone_invalid
    """
    number = re.sub(r"[\s()（）]", "", unicodedata.normalize("NFKC", text)).removeprefix("+86")
    if not (_MOBILE if mobile else _PHONE).fullmatch(number):
        wanted = " 11 位手机号" if mobile else "手机号，或带区号的固定电话（如 0577-88961234）"
        message = f"电话号码不对，请填写{wanted}。"
        raise InvalidInput("phone_invalid", message, fields={field: [message]})
    return number


def check_resident_id(text: str) -> str:
    """A resident identity number (居民身份证号码, GB 11643), normalised. raises InvalidInput id_number_invalid"""
    number = re.sub(r"\s", "", unicodedata.normalize("NFKC", text)).upper()
    if re.fullmatch(r"[1-9][0-9]{5}(19|20)[0-9]{9}[0-9X]", number):
        total = sum(int(digit) * pow(2, 17 - place, 11) for place, digit in enumerate(number[:17]))
        if "10X98765432"[total % 11] == number[17]:
            return number
    message = "身份证号码不对，请照证件核对 18 位号码。"
    raise InvalidInput("id_number_invalid", message, fields={"id_number": [message]})


def new_case_number(prefix: str, day: date) -> str:
    """A number that people can read out: prefix, day, six random characters and a check character, e.g. HJ20261123-7K3QX9C.

    30 random bits a day and prefix: among 1,000 cases of one day two collide with odds of 1 in 2,000; the unique constraint
    then refuses the second, and the caller draws again.
    """
    body = new_code(6)
    return f"{prefix}{day:%Y%m%d}-{body}{_check_character(prefix + f'{day:%Y%m%d}' + body)}"


def read_case_number(text: str) -> str:
    """A typed case number in its canonical form; forgives case, spaces, O/0, I/1 and L/1.

    raises   InvalidInput case_number_invalid
    """
    typed = _typed(text)
    prefix, rest = typed[:2], typed[2:].translate(_CROCKFORD_READING)
    matched = _CASE_NUMBER.fullmatch(prefix + rest)
    if matched is None or _check_character("".join(matched.groups())[:-1]) != matched[3][-1]:
        raise InvalidInput("case_number_invalid", "编号不对，请核对后重新输入（形如 HJ20261123-7K3QX9C）。")
    return f"{matched[1]}{matched[2]}-{matched[3]}"


def case_prefix(text: str) -> str:
    """The two letters with which a typed case number begins: what kind of case it is."""
    return _typed(text)[:2]


def _typed(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split()).upper()


def new_code(length: int = 10) -> str:
    """A random one-time or access code in the unambiguous alphabet, 5 bits a character."""
    return "".join(_CROCKFORD[byte % 32] for byte in secrets.token_bytes(length))


def read_code(text: str) -> str:
    """A typed code in its canonical form; forgives case, spaces, hyphens, O/0, I/1 and L/1."""
    typed = re.sub(r"[\s\-]", "", unicodedata.normalize("NFKC", text)).upper()
    return typed.translate(_CROCKFORD_READING)


def access_hash(code: str) -> str:
    """What is kept of an access code, as it was typed or made: its fifty random bits need no slow hash."""
    return hashlib.sha256(f"progress/{read_code(code)}".encode()).hexdigest()


def _check_character(text: str) -> str:
    total = 0
    for position, char in enumerate(text, 1):
        total += position * (_ORGANISATION_ALPHABET.index(char) + 1)
    return _CROCKFORD[total % 31]


@dataclass(frozen=True)
class Token:
    """The parts of a badge token."""

    key_id: str
    id: str
    mac: str


def new_token_id() -> str:
    """60 random bits as 12 Crockford base32 characters."""
    return new_code(12)


def badge_token(key_id: str, token_id: str, key: bytes) -> str:
    """key id, id and MAC joined by dots: 25 characters, all within WeChat's scene alphabet."""
    return f"{key_id}.{token_id}.{_mac(key_id, token_id, key)}"


def is_sole_trader(uscc: str) -> bool:
    """Whether a social credit code is that of a sole trader (个体工商户), which leads to one person. source: GB 32100-2015"""
    return uscc.startswith("92")


def parse_token(text: str) -> Token:
    """The parts of a token. raises InvalidInput badge_token_malformed"""
    matched = _TOKEN.fullmatch(text)
    if matched is None:
        raise InvalidInput("badge_token_malformed", "这不是放心码的格式。")
    return Token(*matched.groups())


def is_token(text: str) -> bool:
    """Whether a text has the shape of a token, whoever made it."""
    return _TOKEN.fullmatch(text) is not None


def verify_token(token: Token, keys: Mapping[str, bytes]) -> bool:
    """Whether we minted the token, in constant time. That says nothing against a copy."""
    key = keys.get(token.key_id)
    return key is not None and hmac.compare_digest(_mac(token.key_id, token.id, key), token.mac)


def _mac(key_id: str, token_id: str, key: bytes) -> str:
    digest = hmac.digest(key, f"fangxin-badge\0{key_id}\0{token_id}".encode(), "sha256")
    return base64.urlsafe_b64encode(digest)[:10].decode()
