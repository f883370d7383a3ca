"""Hides what would tell who somebody is from a text that a stranger reads: phone numbers, ID numbers, addresses of the net, plates."""

import re
import unicodedata

HIDDEN = "［已隐去］"
_SPOKEN = dict(zip("〇零一二三四五六七八九幺两", "00123456789" + "12", strict=True))
_GAP = r"[\s\-—–.·_,，、]{0,2}"
_PROVINCES = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼"
_PATTERNS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        # Resident identity number (GB 11643): region, birthday, order, check.
        rf"(?<!\d)[1-9](?:{_GAP}\d){{5}}{_GAP}(?:1{_GAP}[89]|2{_GAP}0)(?:{_GAP}\d){{2}}{_GAP}[01](?:{_GAP}\d){{6}}{_GAP}[\dx](?![\da-z])",
        # Mobile, landline.
        rf"(?<!\d)(?:\+?{_GAP}8{_GAP}6{_GAP})?1{_GAP}[3-9](?:{_GAP}\d){{9}}(?!\d)",
        rf"(?<![\d.])0\d{{2,3}}{_GAP}[2-9]\d{{6,7}}(?!\d)",
        r"[\w.+-]{1,64}@[\w-]{1,64}(?:\.[\w-]{1,20}){1,4}",
        # The number may follow the word at once, or after 是, a colon or a blank.
        r"(?:微信|薇信|威信|v信|vx|wx|wechat|qq)(?:号码|号|id)?[\s:：是为]{0,3}[a-z0-9][a-z0-9_-]{4,19}",
        rf"[{_PROVINCES}][a-z]{_GAP}[a-z0-9]{{5,6}}(?![a-z0-9])",
    )
)
_SPOKEN_RUN = re.compile(rf"[\d{''.join(_SPOKEN)}\s]{{11,40}}")


def phone_ends(phone: str) -> str:
    """Of a phone number its ends alone, by which its owner knows it again."""
    return f"{phone[:3]}****{phone[-4:]}"


def masked(text: str) -> str:
    """The text with every phone number, identity number, mail address, WeChat or QQ number and number plate hidden.

    Full-width digits and digits written as Chinese numerals are found as well; amounts, dates and order numbers stay.
    """
    plain = _SPOKEN_RUN.sub(lambda run: "".join(_SPOKEN.get(char, char) for char in run[0]), _narrow(text))
    spans = sorted(found.span() for pattern in _PATTERNS for found in pattern.finditer(plain))
    parts, at = [], 0
    for start, end in spans:
        if start >= at:
            parts += [text[at:start], HIDDEN]
        at = max(at, end)
    return "".join([*parts, text[at:]])


def _narrow(text: str) -> str:
    """The text with full-width letters and digits made narrow, character by character, so that places stay the same."""
    narrow = (unicodedata.normalize("NFKC", char) for char in text)
    return "".join(one if len(one) == 1 else char for one, char in zip(narrow, text, strict=True))
