"""Bodies (承办单位) that handle disputes: market supervision bureaus and the departments of the joint meeting, how they are reached.

The list is data with its source; telephone numbers are kept by the office and the operator, since no list of them was
published that we could rely on. Until one is entered, people are told a line that always answers: 12315 or 12345.
source: 温政办〔2017〕54号; the reform of 2018–19 for the successors
"""
