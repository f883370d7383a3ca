"""What tells who somebody is does not reach a stranger's eyes; what the dispute is about does."""

import random

import pytest

from backend.kernel.masking import HIDDEN, masked

_SENTENCES = (
    "我的电话是{}，请联系我。",
    "{}",
    "打{}找我",
    "老板说让我打给 {} 陈女士，一直没人接",
    "联系方式：{}。",
    "({})",
)
_SPOKEN = dict(zip("0123456789", "〇一二三四五六七八九", strict=True))
_WIDE = str.maketrans("0123456789", "０１２３４５６７８９")


def _mobile(chance: random.Random) -> str:
    return "1" + chance.choice("3456789") + "".join(chance.choices("0123456789", k=9))


def _identity(chance: random.Random) -> str:
    day = f"{chance.randint(1930, 2012)}{chance.randint(1, 12):02d}{chance.randint(1, 28):02d}"
    return f"3303{chance.randint(2, 83):02d}{day}{chance.randint(0, 999):03d}{chance.choice('0123456789X')}"


def _written(chance: random.Random) -> tuple[str, str]:
    """A way in which people write such a number, and its digits."""
    mobile = _mobile(chance)
    ways = (
        mobile,
        f"{mobile[:3]}-{mobile[3:7]}-{mobile[7:]}",
        f"{mobile[:3]} {mobile[3:7]} {mobile[7:]}",
        f"+86 {mobile}",
        f"86-{mobile}",
        mobile.translate(_WIDE),
        "".join(_SPOKEN[digit] for digit in mobile),
        ".".join(mobile),
        f"0577-{chance.randint(20000000, 89999999)}",
        f"057788{chance.randint(100000, 999999)}",
        _identity(chance),
        f"微信：wx_{chance.randint(10000, 999999)}",
        f"vx{mobile[:8]}",
        f"QQ号是{chance.randint(100000, 999999999)}",
        f"chen.{chance.randint(1, 9999)}@example.com",
        f"浙C·{chance.randint(10000, 99999)}",
        f"浙CD{chance.randint(10000, 99999)}",
    )
    written = chance.choice(ways)
    return written, written


def test_of_a_thousand_numbers_none_is_left() -> None:
    chance = random.Random(20260415)  # noqa: S311  (a corpus, the same each time)
    left = []
    for _ in range(1000):
        written, secret = _written(chance)
        text = chance.choice(_SENTENCES).format(written)
        shown = masked(text)
        if HIDDEN not in shown or secret in shown:
            left.append(text)
    assert left == []


@pytest.mark.parametrize(
    "text",
    [
        "十月三日花 12850 元买了两台空调，型号 KFR-35GW。",
        "订单号 20261003123456789012，小票 0087。",
        "2026-10-03 下单，2026 年 10 月 8 日 14:30 送到。",
        "证书编号 温放心2017-00001，标牌 FXXF-330302-2026-00001-01。",
        "一共买了三次，每次一百二十元。",
        "保质期到 20270115，批号 L2026100301。",
        "微信支付了 268 元，店员让我加微信再说。",
        "我在 12315 问过。",
        "",
    ],
)
def test_what_the_dispute_is_about_stays(text: str) -> None:
    assert masked(text) == text


def test_the_words_around_stay_as_they_were() -> None:
    assert masked("打１３８ ５７７１ ２３４５找我，或者 0577-88961234。") == f"打{HIDDEN}找我，或者 {HIDDEN}。"


@pytest.mark.parametrize(
    "hostile", ["1" * 50_000, "1-" * 25_000, "a@" * 25_000, "〇" * 50_000, "微信" * 25_000, "浙c" * 25_000]
)
def test_a_hostile_text_is_read_to_its_end(hostile: str) -> None:
    assert len(masked(hostile)) <= len(hostile) + len(HIDDEN)
