"""The joint meeting (消费者权益保护工作联席会议): what concerns several departments gets one lead, and any number that assist.

dispatch (交办): the office gives a complaint to a lead (牵头部门). assistance (协办): one question to one other department. The bureau
that received the complaint keeps it, with its periods of the law: the complainant deals with one body from first to last (首接负责).
source: 温政办〔2017〕54号 二（三）2; periods J1–J6 are ours. Knows complaints, and stands above them. Departments know the
complainant by alias alone.
"""
