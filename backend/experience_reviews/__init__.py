"""Experience reviews (消费体验) by the consumer council's volunteers: campaign, reproducible draw, visit, publication.

source  温政办〔2017〕54号 二（三）4; 消法 §37; domain rules: a volunteer with an interest in a unit does not review it
"""
