"""Feedback on the program itself (投诉建议): what broke, what nobody understands, ideas, praise; with or without a name, and answered.

source: 国办函〔2026〕12号: a government mini-program offers it
"""
