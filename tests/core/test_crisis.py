"""The net of crisis words: what calls for help rings, what only sounds like it does not."""

from __future__ import annotations

import pytest

from bot.core.crisis import is_crisis


@pytest.mark.parametrize(
    "text",
    [
        "ik wil niet meer leven",
        "ik wil dood",
        "soms wil ik gewoon niet meer wakker worden",
        "ik denk de laatste tijd veel aan zelfmoord",
        "ik zie geen uitweg meer en denk eraan om er niet meer te zijn",
        "iedereen is beter af zonder mij",
        "mijn stiefvader slaat me als ik te laat thuis ben",
        "ik durf niet naar huis",
        "ik moet van mijn ouders trouwen met iemand die ik niet ken",
        "hij dreigt me te vermoorden met een mes",
        "i want to die",
    ],
)
def test_a_call_for_help_rings(text: str) -> None:
    assert is_crisis(text)


@pytest.mark.parametrize(
    "text",
    [
        "ik ga dood van die toets",
        "ik verveel me dood op stage",
        "mijn telefoon is dood",
        "les over suïcidepreventie gemist, moet ik die inhalen",
        "ik wil niet meer naar stage",
        "mag de school mij zomaar schorsen",
        "",
    ],
)
def test_what_only_sounds_like_it_does_not(text: str) -> None:
    assert not is_crisis(text)
