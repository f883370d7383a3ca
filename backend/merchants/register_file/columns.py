"""The columns of the register file, in order."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Column:
    """One column. `hint` says in Chinese what to fill in; `most` is the greatest length in characters."""

    key: str
    header: str
    hint: str
    most: int = 100
    required: bool = True
    width: int = 16


COLUMNS = (
    Column("certificate_no", "证书编号", "如 温放心2017-0001", 26),
    Column("merchant_name", "企业名称", "营业执照上的名称", 120, width=28),
    Column("uscc", "统一社会信用代码", "营业执照上的 18 位代码", 40, width=22),
    Column("unit_name", "单位名称", "门店招牌上的名称", 80, width=24),
    Column("category", "类别", "市场、商店、网店、餐饮店、景区、化妆品经营单位", 20),
    Column("county_code", "县区代码", "六位，如鹿城区 330302", 10),
    Column("address", "地址", "详细到门牌号", 200, width=36),
    Column("lng", "经度", "GCJ-02（高德、腾讯地图）坐标，如 120.655135", 20),
    Column("lat", "纬度", "GCJ-02（高德、腾讯地图）坐标，如 28.015455", 20),
    Column("phone", "电话", "手机或带区号的固定电话", 30),
    Column("website", "网店地址", "网店必填，以 https:// 或 http:// 开头", 300, required=False, width=28),
    Column("opening_hours", "营业时间", "如 9:00—21:00", 80, required=False),
    Column("station_name", "联络站名称", "负责答复消费者的维权联络站", 120, width=28),
    Column("station_phone", "联络站电话", "手机或带区号的固定电话", 30),
    Column(
        "members", "联络站人员", "姓名 手机号，多人用分号隔开，如 王一 13800000000；李二 13900000000", 300, width=32
    ),
    Column("commitments", "承诺", "用分号隔开，带天数的写成 无理由退货7", 300, width=36),
    Column("issued_on", "发证日期", "如 2017-09-30", 20),
    Column("valid_until", "有效期至", "如 2026-12-31", 20),
)
BY_HEADER = {column.header: column for column in COLUMNS}
HEADER_OF = {column.key: column.header for column in COLUMNS}
