"""What comes in and goes out. What comes in has no place for coordinates; unknown fields are refused."""

from marshmallow import validate

from backend.infrastructure.fields import Choice, Fen, Input, Output, Text, fields
from backend.kernel.identifiers import COUNTIES

from .rules import Because, Bucket, Cleared, What

#: The city's own code, for a reporter who does not know the county.
CITY = "330300"


class PlaceReportIn(Input):
    """What is wrong at a plate."""

    EXAMPLE = {"what": "other_shop", "bucket": "far", "note": "扫出来的是五马街的店，我在江心屿。"}
    what = Choice(What, required=True)
    bucket = Choice(Bucket, load_default=None, allow_none=True)
    note = Text(300, lines=True, load_default=None, allow_none=True)


class DistanceIn(Input):
    """How far the phone is from the registered address, computed on the phone."""

    EXAMPLE = {"bucket": "near"}
    bucket = Choice(
        Bucket, required=True, metadata={"description": "near 200 米以内，middle 2 公里以内，far 超过 2 公里"}
    )


class PlaceReportOut(Output):
    """The thanks for a report; it has no number, since nobody is asked about it again."""

    thanks = fields.String()
    photo_ticket = fields.String(
        metadata={"description": "一小时内可凭它补一张照片：POST /report-photos，multipart 里放 ticket 和 photo"}
    )


class PhotoTicketIn(Input):
    """The ticket of a report."""

    ticket = Text(400, required=True)


class ReportPhotoFiles(Input):
    """The photo itself."""

    photo = fields.Raw(required=True, metadata={"type": "string", "format": "binary"})


class PlaquePhotoFiles(Input):
    """A photo of a plaque."""

    photo = fields.Raw(required=True, metadata={"type": "string", "format": "binary"})


class ReportPhotoOut(Output):
    """A stored photo."""

    sha256 = fields.String(metadata={"description": "上传文件的指纹，作为收据"})


class PlaqueCheckIn(Input):
    """What stands on a plaque."""

    EXAMPLE = {"words": "FXXF-330302-2026-00001"}
    words = Text(200, required=True, metadata={"description": "证书编号、标牌编号、店名，或者牌上的字"})


class FoundUnitOut(Output):
    """A unit to compare with the plaque."""

    name = fields.String()
    address = fields.String()
    county = fields.String()
    certificate_no = fields.String()
    serial = fields.String(allow_none=True)
    standing = fields.Function(lambda unit: unit.standing.value)
    standing_zh = fields.Function(lambda unit: unit.standing.zh)


class KnownFakeOut(Output):
    """A kind of plaque that is known to be false."""

    number = fields.String()
    title = fields.String()
    seller = fields.String(allow_none=True)
    price_fen = fields.Integer(allow_none=True)
    telling = fields.String()
    source = fields.String()
    added_at = fields.AwareDateTime()


class PlaqueCheckOut(Output):
    """What a plaque is."""

    verdict = fields.String(metadata={"description": "ours，name_only，known_fake，not_ours"})
    verdict_zh = fields.Function(lambda checked: checked.verdict.zh)
    units = fields.List(fields.Nested(FoundUnitOut))
    fakes = fields.List(fields.Nested(KnownFakeOut))
    foreign = fields.List(fields.String(), metadata={"description": "牌上二维码通向的其他网站"})


class FakeReportWords(Input):
    """What a report of a false plaque says in words."""

    county_code = fields.String(
        required=True, validate=validate.OneOf([*COUNTIES, CITY], error="请从给出的选项中选一个。")
    )
    place = Text(200, least=4, required=True)
    words = Text(200, load_default=None, allow_none=True)
    seller = Text(200, load_default=None, allow_none=True)
    note = Text(1000, lines=True, load_default=None, allow_none=True)


class FakeReportIn(FakeReportWords):
    """A report of a false plaque."""

    EXAMPLE = {
        "county_code": "330302",
        "place": "鹿城区公园路 9 号一楼，前台墙上",
        "words": "第三届放心消费示范单位",
        "price_fen": 298000,
        "seller": "自称某某品牌网的业务员，电话推销",
        "note": "说交钱就能挂牌，不用审核。",
    }
    price_fen = Fen(load_default=None, allow_none=True)


class _FakeReportOut(Output):
    case_no = fields.String()
    state = fields.String()
    state_zh = fields.Function(lambda row: row.__lifecycle__.states[row.state])
    opened_at = fields.AwareDateTime()
    decision_text = fields.String(allow_none=True)


class FakeReportReceived(_FakeReportOut):
    """A new report to its author."""

    access_code = fields.String(metadata={"description": "查询码，只显示这一次"})
    photo_ticket = fields.String(
        metadata={"description": "一小时内可凭它补一张照片：POST /report-photos，multipart 里放 ticket 和 photo"}
    )


class FakeReportProgress(_FakeReportOut):
    """What the access code opens: progress alone."""


class FakeReportForOfficer(_FakeReportOut):
    """A report to the bureau."""

    county_code = fields.String()
    place = fields.String()
    words = fields.String(allow_none=True)
    price_fen = fields.Integer(allow_none=True)
    seller = fields.String(allow_none=True)
    note = fields.String(allow_none=True)


class FakeProgressIn(Input):
    """Number and access code."""

    EXAMPLE = {"case_no": "JP20261123-0000013", "code": "7K3Q-X9C2-M4TP"}
    case_no = Text(40, required=True)
    code = Text(30, required=True)


class FindingIn(Input):
    """What was found or decided."""

    EXAMPLE = {"text": "到场核查：蝉街 7 号挂着同一编号的牌，已拍照取证并收回。"}
    text = Text(1000, least=5, lines=True, required=True)


class DismissIn(FindingIn):
    """Why there is nothing to it."""

    EXAMPLE = {"ground": "branches_mixed_up", "text": "同一商场两家分店，牌没有挂错。"}
    ground = Choice(Cleared, required=True)


class SuspectIn(Input):
    """The plate that an officer suspects."""

    EXAMPLE = {"serial": "FXXF-330302-2026-00001-01"}
    serial = Text(40, required=True)


class CloneCaseOut(Output):
    """A suspected clone to staff."""

    case_no = fields.String()
    state = fields.String()
    state_zh = fields.Function(lambda row: row.__lifecycle__.states[row.state])
    serial = fields.String()
    unit_name = fields.String()
    county_code = fields.String()
    because = fields.Enum(Because, by_value=True)
    because_zh = fields.String(attribute="because.zh")
    evidence = fields.Dict()
    opened_at = fields.AwareDateTime()
    cleared = fields.Enum(Cleared, by_value=True, allow_none=True)
    decision_text = fields.String(allow_none=True)


class KnownFakeWords(Input):
    """What the public list says of a kind of false plaque."""

    title = Text(80, required=True)
    telling = Text(500, least=5, lines=True, required=True)
    source = Text(200, required=True)
    seller = Text(80, load_default=None, allow_none=True)


class KnownFakeIn(KnownFakeWords):
    """A kind of false plaque for the public list."""

    EXAMPLE = {
        "title": "“第三届放心消费示范单位”铜牌",
        "words": ["第三届放心消费示范单位"],
        "telling": "没有编号和二维码，落款是某某品牌网，说交钱就能挂。",
        "source": "温州市消费者权益保护委员会 2026 年 2 月提示",
        "seller": "某某品牌网",
        "price_fen": 298000,
    }
    words = fields.List(Text(60), required=True, validate=validate.Length(1, 10, error="请写 1 到 10 个词。"))
    price_fen = Fen(load_default=None, allow_none=True)
