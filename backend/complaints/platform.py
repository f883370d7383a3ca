"""The national 12315 platform as this product sees it: an interface, and the way of handing over that is open today.

All complaints are handled on the platform (Order 121 §40); a programme of a city has no interface to it. Until it has one,
a person carries the package there and brings the number back. On the day an interface opens, another implementation of
`Platform12315` takes the place of `ManualHandOver` in `PLATFORM`.
"""

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True)
class HandedOver:
    """What came of handing a package over.

    number   the platform's number, where it gave one at once
    steps    what the person still does, in order; empty when nothing is left to do
    """

    number: str | None
    steps: tuple[str, ...]


class Platform12315(Protocol):
    """Takes a complaint to the national platform."""

    def hand_over(self, case_no: str) -> HandedOver:
        """Hand over the package of a case. Never called inside a write transaction."""
        ...


class ManualHandOver:
    """The person carries it: downloads the package, files on the platform, writes the number down here."""

    address = "https://www.12315.cn"

    def hand_over(self, case_no: str) -> HandedOver:
        """Nothing is sent; the person is told what to do."""
        return HandedOver(
            number=None,
            steps=(
                "下载材料包并解压。里面有投诉登记表、凭证照片、沟通记录和文件清单。",
                f"打开全国 12315 平台（{self.address}），或者用微信、支付宝里的“12315”小程序，选“我要投诉”。也可以拨打 12315。",
                "照投诉登记表填写，把凭证照片传上去。",
                "提交以后，把平台给的编号填在这里，方便以后查。",
            ),
        )


#: The way in use.
PLATFORM: Platform12315 = ManualHandOver()
