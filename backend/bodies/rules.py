"""Which bodies there are, and who took over from the departments that the plan of 2017 names. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass

from backend.kernel.identifiers import COUNTIES

#: The city's own code.
CITY = "330300"
_MARKET_LINE, _CITY_LINE = "12315", "12345"


@dataclass(frozen=True)
class Body:
    """A bureau or department.

    code       of its county, of the city, or of the department
    formerly   what the plan of 2017 calls those that it took over from, in whole or in this matter
    matters    which disputes are its business, in people's words; empty for bureaus
    line       the telephone line that always answers, until a number of its own is known
    """

    code: str
    name: str
    line: str
    formerly: tuple[str, ...] = ()
    matters: str = ""


def _department(code: str, name: str, formerly: tuple[str, ...], matters: str, line: str = _CITY_LINE) -> Body:
    return Body(code, name, line, formerly, matters)


#: County code → the county's bureau. The first that a complaint goes to; source: Order 121 §13.
BUREAUS: Mapping[str, Body] = {
    code: Body(code, f"{name}市场监督管理局", _MARKET_LINE) for code, name in COUNTIES.items()
}
CITY_BUREAU = Body(CITY, "温州市市场监督管理局", _MARKET_LINE)
#: Code → department of the joint meeting. Those after `finance` stand for the plan's “其他有关职能部门”: disputes of the fields
#: that the plan lists (car repair, renovation, health) are theirs.
DEPARTMENTS: Mapping[str, Body] = {
    body.code: body
    for body in (
        _department(
            "market",
            "市市场监督管理局",
            ("市市场监管局", "市质监局", "市物价局"),
            "商品质量、食品、价格、计量、广告",
            _MARKET_LINE,
        ),
        _department("tourism", "市文化广电旅游局", ("市旅游局",), "旅行社、景区、娱乐和演出场所"),
        _department("commerce", "市商务局", ("市商务局",), "单用途预付卡、家政、成品油、拍卖"),
        _department("development", "市发展和改革委员会", ("市发改委", "市粮食局"), "粮食流通、政府定价项目"),
        _department("education", "市教育局", ("市教育局",), "学科类校外培训、民办学校收费"),
        _department("police", "市公安局", ("市公安局",), "诈骗、敲诈、卷款逃匿、侵犯个人信息犯罪"),
        _department("civil_affairs", "市民政局", ("市民政局",), "养老机构、殡葬服务"),
        _department("finance", "市委金融委员会办公室", ("市金融办",), "地方金融组织"),
        _department("transport", "市交通运输局", (), "汽车维修、驾驶培训、客运出租"),
        _department("housing", "市住房和城乡建设局", (), "商品房、物业服务、家装工程质量"),
        _department("health", "市卫生健康委员会", (), "医疗机构、医疗美容"),
    )
}
#: Who assigns what nobody takes, and leads what concerns several departments. source: 温政办〔2017〕54号 二（三）2
OFFICE = Body("office", "市消费者权益保护工作联席会议办公室", _MARKET_LINE)
BODIES: Mapping[str, Body] = {**BUREAUS, CITY: CITY_BUREAU, OFFICE.code: OFFICE, **DEPARTMENTS}


def successor(name: str) -> Body | None:
    """The department that does today what a department of the plan did, by the plan's name; None for a name it does not use."""
    return next((body for body in DEPARTMENTS.values() if name in body.formerly), None)
