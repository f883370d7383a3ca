"""What stands on each of the ten forms: title, fields, paragraphs with their articles. Source: Order 121 and its 文书式样."""

from dataclasses import dataclass

_ORDER = "《市场监督管理投诉举报处理办法》"
#: 消费者权益保护法 §39; printed on every refusal and termination (Order 121 §15, §25).
REMEDIES = (
    "您还可以通过下列途径解决争议（《消费者权益保护法》第三十九条）：与经营者协商和解；请求消费者协会或者依法成立的其他"
    "调解组织调解；向有关行政部门投诉；根据与经营者达成的仲裁协议提请仲裁机构仲裁；向人民法院提起诉讼。"
)


#: The same for a form that the merchant gets too.
REMEDIES_OF_BOTH = REMEDIES.replace("您还可以通过下列途径解决争议", "消费者和经营者还可以通过下列途径解决争议", 1)


@dataclass(frozen=True)
class Field:
    """One numbered field. `needed`: the form cannot be made while it is empty."""

    key: str
    label: str
    needed: bool = True


@dataclass(frozen=True)
class Form:
    """One of the ten forms.

    number      1 to 10, as in the annex of Order 121
    word        what its document number says of its kind
    fields      in the order in which people read them; all are typed in by key
    listed      keys of the fields that stand in a table; the others stand in the paragraphs alone
    to          key of the field that names the person addressed; None for registers
    paragraphs  the body; {key} stands for a field; one whose fields are all empty is left out
    signs       lines for signatures at the foot
    sealed      whether the bureau's seal belongs on it
    """

    number: int
    title: str
    word: str
    fields: tuple[Field, ...]
    listed: tuple[str, ...] = ()
    to: str | None = None
    paragraphs: tuple[str, ...] = ()
    signs: tuple[str, ...] = ()
    sealed: bool = True

    @property
    def keys(self) -> frozenset[str]:
        """Every key that may be typed in."""
        return frozenset(field.key for field in self.fields)


def _fields(*pairs: tuple[str, str], optional: tuple[tuple[str, str], ...] = ()) -> tuple[Field, ...]:
    return (*(Field(*pair) for pair in pairs), *(Field(*pair, needed=False) for pair in optional))


_TO = ("name", "姓名或者名称")
_RESPONDENT = ("respondent", "被投诉人")
_RECEIVED = ("received_on", "收到日期")
_CASE = ("case_no", "登记编号")

_COMPLAINT = Form(
    1,
    "投诉登记表",
    "投登",
    (
        Field(*_CASE),
        Field(*_RECEIVED),
        Field("name", "投诉人姓名"),
        Field("phone", "联系电话"),
        Field("id_kind", "身份证件类型", needed=False),
        Field("id_number", "身份证件号码", needed=False),
        Field("address", "通讯地址"),
        Field("consent_publish", "是否同意公示投诉信息"),
        Field("consent_delegate", "是否同意委托调解"),
        Field("respondent", "被投诉人名称（姓名）"),
        Field("respondent_contact", "被投诉人联系人", needed=False),
        Field("respondent_address", "被投诉人地址"),
        Field("respondent_phone", "被投诉人电话", needed=False),
        Field("happened_on", "消费时间"),
        Field("amount", "涉及金额"),
        Field("facts", "消费者权益争议事实"),
        Field("evidence", "证据"),
        Field("request", "投诉请求"),
    ),
    listed=(
        "case_no", "received_on", "name", "phone", "id_kind", "id_number", "address", "consent_publish", "consent_delegate",
        "respondent", "respondent_contact", "respondent_address", "respondent_phone", "happened_on", "amount", "facts",
        "evidence", "request",
    ),
    paragraphs=(f"投诉人应当提供真实身份信息，并对投诉内容的真实性负责（{_ORDER}第十条）。",),
    signs=("投诉人签名", "登记人签名"),
    sealed=False,
)  # fmt: skip

_REPORT = Form(
    2,
    "举报登记表",
    "举登",
    (
        Field(*_CASE),
        Field(*_RECEIVED),
        Field("name", "举报人姓名（可以不填）", needed=False),
        Field("phone", "联系电话（可以不填）", needed=False),
        Field("address", "通讯地址（可以不填）", needed=False),
        Field("respondent", "被举报人名称（姓名）"),
        Field("respondent_address", "被举报人地址", needed=False),
        Field("respondent_phone", "被举报人电话", needed=False),
        Field("facts", "涉嫌违法的具体线索"),
        Field("evidence", "事实依据", needed=False),
    ),
    listed=(
        "case_no", "received_on", "name", "phone", "address", "respondent", "respondent_address", "respondent_phone",
        "facts", "evidence",
    ),
    paragraphs=(f"举报人应当提供涉嫌违法的具体线索，并对举报内容的真实性负责（{_ORDER}第二十八条）。",),
    signs=("登记人签名",),
    sealed=False,
)  # fmt: skip

_FORWARD = Form(
    3,
    "投诉/举报分送通知书",
    "分送",
    _fields(
        ("name", "接收单位"), ("kind", "投诉或者举报"), _RECEIVED, _CASE, ("respondent", "被投诉（举报）人"),
        ("reason", "分送的理由"), ("enclosed", "随附材料"),
    ),
    to="name",
    paragraphs=(
        "本局于{received_on}收到关于{respondent}的{kind}（登记编号{case_no}）。",
        f"根据{_ORDER}关于管辖的规定，现将该{{kind}}分送你单位，请依法处理。",
        "分送的理由：{reason}",
        "随附材料：{enclosed}",
    ),
)  # fmt: skip

_IDENTITY = Form(
    4,
    "限期提供身份证明材料通知书",
    "投身",
    _fields(_TO, _RECEIVED, _CASE, _RESPONDENT, ("reason", "需要核实的理由"), ("until", "提供期限")),
    to="name",
    paragraphs=(
        "您对{respondent}的投诉（登记编号{case_no}），本局已于{received_on}收到。",
        f"根据{_ORDER}第十条的规定，请您在{{until}}前向本局提供身份证明材料。",
        "需要核实的理由：{reason}",
        f"逾期未提供，或者拒绝配合核实身份的，本局可以依据{_ORDER}第十六条的规定决定不予受理。",
    ),
)

_ACCEPTED = Form(
    5,
    "投诉受理决定书",
    "投受",
    _fields(_TO, _RECEIVED, _CASE, _RESPONDENT, ("decided_on", "决定日期")),
    to="name",
    paragraphs=(
        "您对{respondent}的投诉（登记编号{case_no}），本局已于{received_on}收到。",
        f"经审查，根据{_ORDER}第十五条的规定，本局于{{decided_on}}决定予以受理。",
        (
            f"双方都同意调解的，本局将采用调解的方式处理（{_ORDER}第十八条）。调解自受理之日起六十日内未能达成"
            f"调解协议的，应当终止调解；检验、检测、鉴定的时间不计算在内（{_ORDER}第二十二条、第二十三条）。"
        ),
    ),
)

_REFUSED = Form(
    6,
    "投诉不予受理决定书",
    "投不受",
    _fields(
        _TO, _RECEIVED, _CASE, _RESPONDENT, ("decided_on", "决定日期"), ("ground_code", "不予受理情形的代码"),
        ("ground_item", "第十六条的哪一项"), ("ground", "不予受理的情形"), ("reason", "具体理由"),
        optional=(("right_body", "有权处理的单位"), ("right_body_reach", "怎样联系")),
    ),
    to="name",
    paragraphs=(
        "您对{respondent}的投诉（登记编号{case_no}），本局已于{received_on}收到。",
        f"经审查，该投诉属于{_ORDER}第十六条{{ground_item}}规定的情形（代码 {{ground_code}}）：{{ground}}。",
        "具体理由：{reason}",
        f"根据{_ORDER}第十五条、第十六条的规定，本局于{{decided_on}}决定不予受理。",
        "您反映的事项由{right_body}处理。联系办法：{right_body_reach}。",
        REMEDIES,
    ),
)  # fmt: skip

_MEDIATION = Form(
    7,
    "投诉调解通知书",
    "投调",
    _fields(
        _TO, _CASE, _RESPONDENT, ("meeting_at", "调解时间"), ("place", "调解地点或者方式"), ("mediator", "调解人员"),
    ),
    to="name",
    paragraphs=(
        f"关于对{{respondent}}的投诉（登记编号{{case_no}}），本局已经受理。经双方同意，根据{_ORDER}第十八条的规定，本局组织调解。",
        "时间：{meeting_at}",
        "地点（方式）：{place}",
        "调解人员：{mediator}",
        (
            f"认为调解人员与本争议有利害关系、可能影响公正调解的，可以申请回避；申请回避期间调解中止（{_ORDER}第二十一条）。"
            f"无正当理由不参加调解的，本局将终止调解（{_ORDER}第二十三条）。"
        ),
    ),
)  # fmt: skip

_TERMINATED = Form(
    8,
    "投诉终止调解决定书",
    "投终",
    _fields(
        _TO, _CASE, _RESPONDENT, ("decided_on", "决定日期"), ("ground_code", "终止调解情形的代码"),
        ("ground_item", "第二十三条的哪一项"), ("ground", "终止调解的情形"), ("reason", "具体理由"),
    ),
    to="name",
    paragraphs=(
        "关于对{respondent}的投诉（登记编号{case_no}），本局依法组织了调解。",
        f"因出现{_ORDER}第二十三条{{ground_item}}规定的情形（代码 {{ground_code}}）：{{ground}}。本局于{{decided_on}}决定终止调解。",
        "具体理由：{reason}",
        REMEDIES_OF_BOTH,
    ),
)  # fmt: skip

_AGREEMENT = Form(
    9,
    "投诉调解书",
    "投调书",
    _fields(
        _CASE, ("name", "投诉人"), _RESPONDENT, ("facts", "争议事实"), ("request", "投诉请求"),
        ("agreement", "调解协议"), ("agreed_on", "达成日期"),
    ),
    listed=("case_no", "name", "respondent", "facts", "request"),
    paragraphs=(
        "经本局主持调解，双方于{agreed_on}自愿达成如下协议：",
        "{agreement}",
        (
            f"本调解书由双方签名或者盖章，并加盖本局印章（{_ORDER}第二十四条）。双方可以依法向人民法院申请司法确认"
            "（《浙江省实施〈中华人民共和国消费者权益保护法〉办法》第三十四条）。"
        ),
    ),
    signs=("投诉人签名", "被投诉人签名（盖章）", "调解人员签名"),
)  # fmt: skip

_RESULT = Form(
    10,
    "举报处理结果告知书",
    "举告",
    _fields(_TO, _RECEIVED, _CASE, ("result", "处理结果")),
    to="name",
    paragraphs=(
        "您提出的举报（登记编号{case_no}），本局已于{received_on}收到。",
        "现将处理结果告知如下：{result}",
    ),
)

FORMS = {
    form.number: form
    for form in (
        _COMPLAINT, _REPORT, _FORWARD, _IDENTITY, _ACCEPTED, _REFUSED, _MEDIATION, _TERMINATED, _AGREEMENT, _RESULT,
    )
}  # fmt: skip
