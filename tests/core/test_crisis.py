"""The net of crisis words. How well net and model do together is measured in ``tests/nlu/test_heldout.py``."""

from __future__ import annotations

import pytest

from bot.core.crisis import is_crisis


@pytest.mark.parametrize(
    "text",
    [
        "ik wil niet meer leven",
        "Ik wil DOOOOD",
        "zelfmoord",
        "heb suïcidale gedachten",
        "wil nie meer leve man",
        "iedereen is beter af zonder mij",
        "ik maak er vanavond een eind aan",
        "ik doe mezelf pijn als ik alleen ben",
        "mijn vader slaat me",
        "me stiefpa heeft me geslagen",
        "ik ben verkracht",
        "een jongen heeft een mes in de klas",
        "ik durf niet naar huis",
        "i want to kill myself",
        "mijn beste vriend zegt dat hij dood wil",
        "dit is geen grap, ik wil dood",
        "soms wil ik gewoon niet meer wakker worden",
        "ik zie geen uitweg meer en denk eraan om er niet meer te zijn",
        "mijn stiefvader slaat me als ik te laat thuis ben",
        "ik moet van mijn ouders trouwen met iemand die ik niet ken",
        "hij dreigt me te vermoorden met een mes",
        "i want to die",
    ],
)
def test_danger_rings(text: str) -> None:
    assert is_crisis(text)


@pytest.mark.parametrize(
    "text",
    [
        "ik ga dood van de honger",
        "doodmoe van die diensten",
        "ik maak een eind aan mijn stageovereenkomst",
        "mijn laptop is dood, krijg ik een herkansing",
        "mijn opa is overleden, krijg ik vrij",
        "voor mijn verslag over zelfmoord zoek ik bronnen",
        "morgen ben ik er niet meer op school",
        "ik wil stoppen met mijn opleiding",
        "dat slaat nergens op",
        "ik leg me niet neer bij dat besluit",
        "hoeveel uur stage mag ik maken?",
        "ik verveel me dood op stage",
        "les over suïcidepreventie gemist, moet ik die inhalen",
        "ik wil niet meer naar stage",
        "mag de school mij zomaar schorsen",
        "",
    ],
)
def test_everyday_words_do_not_ring(text: str) -> None:
    assert not is_crisis(text)


def test_saying_to_mean_it_goes_before_schoolwork_and_laughter() -> None:
    assert is_crisis("haha nee ik meen het, ik wil niet meer leven")
    assert is_crisis("ik moet een verslag maken over zelfmoord maar eigenlijk wil ik zelf niet meer leven")


def test_a_long_message_does_not_hold_up_the_line() -> None:
    import time

    start = time.perf_counter()
    is_crisis("ik heb een vraag over mijn stage en mijn vader " * 90)
    assert time.perf_counter() - start < 1
