"""What kind of school a name of the list of mbo schools stands for, for the yearly figures."""

from __future__ import annotations

from bot.effects import NO_SCHOOL

GREEN = frozenset({"Aeres MBO", "Lentiz", "Terra MBO", "Yuverta", "Zone.college"})
TRADE = frozenset(
    {
        "Cibap",
        "Grafisch Lyceum Rotterdam",
        "Grafisch Lyceum Utrecht",
        "HMC mbo vakschool",
        "Mediacollege Amsterdam",
        "SintLucas",
        "STC",
    }
)


def few_of_kind(school: str) -> str:
    """What a school with few cases is counted under (Dutch). One that is neither green nor trade offers many fields."""
    if school == NO_SCHOOL:
        return NO_SCHOOL
    kind = (
        "groene scholen"
        if school in GREEN
        else "vakscholen"
        if school in TRADE
        else "roc's en andere scholen"
    )
    return f"{kind} met elk minder dan 5 zaken"
