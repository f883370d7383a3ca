"""Two calculators that anybody may use without a name: prepaid refund (预付退款) and return right (退货).

Every line of a result names its article and the calculation in plain words. Nothing that is entered is kept.
source: 法释〔2025〕4号; 消费者权益保护法 §24–25, 实施条例 §12, §18–19; 浙江办法 §11, §31
"""
