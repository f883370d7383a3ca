"""Consumer warnings (消费警示) of the consumer council: for counties and kinds of shops, or for the whole city, until a day.

Not about one unit: what is said of one unit stands on its public record, where it may object. A warning is never changed; a wrong one is
taken back, with the reason, and written anew. source: 消费者权益保护法 §37; domain row 70
"""
