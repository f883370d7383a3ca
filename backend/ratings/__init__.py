"""Ratings of a unit by people who were there: weighted by proof, one per account, unit and 30 days, moderated, never deleted by others.

source  domain rules F6, F7; 实施条例 §9; 浙江省电子商务条例 §19 (grounds for hiding)
"""
