"""Queries of the consumer council (消保委查询): it asks a body about consumers' rights, and the body answers within five working days.

source: 浙江省实施〈消费者权益保护法〉办法 §32; 消费者权益保护法实施条例 §36
"""
