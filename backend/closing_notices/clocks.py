"""The clock of a notice: until the end of the last day on which the unit is open."""

from backend.kernel.regulation import ClockRule, Unit

BASIS = "浙江省实施〈消费者权益保护法〉办法 第十一条"
CLOCKS = {"2026": {"N1": ClockRule("N1", 30, Unit.NATURAL_DAY, zh="停业、迁址以前的公告期", basis=BASIS, window=True)}}
