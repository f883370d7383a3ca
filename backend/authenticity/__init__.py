"""Genuine or not: "not this shop" (不是这家店), suspected clones (疑似冒用), the plaque checker (真假牌查询), false plaques (假牌).

What people tell here is anonymous: no account, no address of the net, no coordinates are kept, and neither merchant nor
liaison station ever reads it. A clone is a genuine plate that was copied: its token verifies, so only place and people
tell. Decision 0015 says when taps become a case. Sources: domain F1 to F4; Order 121 §28, §37 for reports of false plaques.
"""
