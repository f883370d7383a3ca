"""Why somebody pays first, the ledger's accounts, and what each act writes into it."""

from collections.abc import Iterable
from enum import StrEnum


class Because(StrEnum):
    """Why the consumer asks to be paid first."""

    UNPERFORMED = "unperformed"
    LEFT = "left"

    @property
    def zh(self) -> str:
        """As people read it."""
        return {"unperformed": "约定到期没有做到", "left": "经营户已经离场"}[self.value]


class Account(StrEnum):
    """Accounts of the ledger, all outside this system: it only notes what their owners did.

    FUND         the payer's money, deposit or fund (赔付资金)
    BORNE        what the payer bears itself (自行承担)
    TO_RECOVER   what the stall owes the host (待追偿)
    WRITTEN_OFF  what will not come back (核销)
    """

    FUND = "fund"
    BORNE = "borne"
    TO_RECOVER = "to_recover"
    WRITTEN_OFF = "written_off"

    @property
    def zh(self) -> str:
        """As people read it."""
        return {"fund": "赔付资金", "borne": "自行承担", "to_recover": "待追偿", "written_off": "核销"}[self.value]


class Act(StrEnum):
    """What moved money; each happens once to a payment at most."""

    PAID = "paid"
    RECOVERED = "recovered"
    WRITTEN_OFF = "written_off"


def entries(act: Act, amount_fen: int, *, for_stall: bool) -> dict[Account, int]:
    """Account → fen, debit positive and credit negative; the sum is zero.

    for_stall   whether a host paid for a stall, from which it is to be recovered
    """
    to, origin = {
        Act.PAID: (Account.TO_RECOVER if for_stall else Account.BORNE, Account.FUND),
        Act.RECOVERED: (Account.FUND, Account.TO_RECOVER),
        Act.WRITTEN_OFF: (Account.WRITTEN_OFF, Account.TO_RECOVER),
    }[act]
    return {to: amount_fen, origin: -amount_fen}


def masked_reference(reference: str) -> str:
    """A bank reference with its last four characters alone: enough to find it at the bank, useless for anything else."""
    plain = "".join(reference.split())
    return f"****{plain[-4:]}"


def faults(sums: Iterable[tuple[str, str, int, int]], owed: Iterable[tuple[str, int, int]]) -> list[str]:
    """What is wrong with a ledger, in words; empty when it balances.

    sums   (payment number, act, sum of its entries, how many entries)
    owed   (payment number, balance of what is to be recovered, what it should be)
    """
    found = [
        f"{number} {act}：借贷合计 {total} 分，共 {count} 笔"
        for number, act, total, count in sums
        if total or count != 2
    ]
    return found + [f"{number}：待追偿 {held} 分，应为 {right} 分" for number, held, right in owed if held != right]
