"""Paying first (先行赔付): a station, or the host of a stall that left, pays the consumer and recovers it afterwards.

The system keeps who asked, who decided, the voucher and a double-entry ledger; it never holds or moves money.
host (主办方): the market or scenic area in whose place a unit trades. recovery (追偿): getting it back from the stall.
source: Order 121 §6; 实施条例 §44; 消法 §43; 浙江省商品交易市场管理条例 §22–23. Knows complaints, and stands above them.
"""
