"""Removal from the register (摘牌): a proposal with grounds, the merchant's reply, a second officer's decision, all in one place.

source  温政办〔2017〕54号 二（一）: dynamic management; domain rules: four eyes for every revocation
"""
