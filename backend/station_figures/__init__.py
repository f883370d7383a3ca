"""A station's own figures (本站统计): how soon it answers, what comes of it, what people complain of; beside the median of its category.

Counted from the rows of the requests; the medians once a night. A median of fewer than five units is neither kept nor shown, since it
would tell one unit's figures. source: domain row 40; 消费者权益保护法 §16; the formulas stand in rules.FORMULAS.
"""
