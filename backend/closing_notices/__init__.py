"""Closing and moving notices (停业、迁址公告): a unit says thirty days ahead that it closes or moves, and how what was prepaid is refunded.

The badge page says so at once. On the day the certificate is suspended; an officer then decides. Until the day before, the station
may take the notice back. source: 浙江省实施〈消费者权益保护法〉办法 §10–11; domain row 38
"""
