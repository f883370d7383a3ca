"""Clocks of a certificate. Lengths are local policy (domain: no validity period or rectification period is published)."""

from backend.kernel.regulation import ClockRule, Unit

CLOCKS = {
    "2026": {
        "V1": ClockRule("V1", 3 * 365, Unit.NATURAL_DAY, zh="证书有效期", basis="本地规定（有效期三年）", window=True),
        "R1": ClockRule("R1", 30, Unit.NATURAL_DAY, zh="整改期限", basis="本地规定"),
        "S1": ClockRule("S1", 60, Unit.NATURAL_DAY, zh="暂停期限", basis="本地规定"),
    }
}
