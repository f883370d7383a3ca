"""What a scan answers, in pydantic."""

from datetime import date

from pydantic import BaseModel


class CommitmentOut(BaseModel):
    code: str
    text: str


class UnitOut(BaseModel):
    name: str
    category: str
    category_zh: str
    county_code: str
    county: str
    address: str
    lng: float
    lat: float
    phone: str
    website: str | None
    opening_hours: str | None
    merchant: str
    station: str
    station_phone: str
    commitments: list[CommitmentOut]


class CertificateOut(BaseModel):
    number: str
    issued_on: date
    valid_until: date
    reason: str | None
    reason_on: date | None


class ScoreOut(BaseModel):
    count: int
    mean: float | None
    spread: list[int]
    method: str


class OutcomesOut(BaseModel):
    received: int
    answered_in_time: int
    unanswered: int
    settled: int
    escalated: int


class PlateOut(BaseModel):
    serial: str
    placement: str


class CardOut(BaseModel):
    standing: str
    standing_zh: str
    unit: UnitOut
    certificate: CertificateOut
    score: ScoreOut
    outcomes: OutcomesOut
    plate: PlateOut
