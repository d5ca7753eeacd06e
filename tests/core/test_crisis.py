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
        "ik wil gewoon niet meer bestaan",
        "soms denk ik dat ik niet meer wil bestaan",
        "ze hebben gezegd dat ik dood moet",
        "die toets is niet waarom ik dood wil",
        "ik word gechanteerd met naaktfoto's en ga dood van schaamte",
        "my teacher raped me",
        "door mijn rooster denk ik aan zelfmoord",
        "mijn vriendin snijdt in haar armen",
        "mijn zusje heeft sneeën op haar arm",
        "vriend van me geeft al zijn spullen weg",
        "het is beter voor iedereen als ik verdwijn",
        "ik denk niet dat ik de lente ga halen",
        "opa komt 's nachts bij mij in de kamer",
        "ik ben door hem verkragt",
        "thuis slaan ze mij",
        "mijn man sluit me op",
        "mijn zusje is beloofd aan een man die ze niet kent",
        "ik moet van die jongens drugs rondbrengen",
        "er wordt gevochten met messen",
        "een jongen liep rond met een mes en zocht mij",
        "ik ben bang om vermoord te worden",
        "everyone would be better off without me",
        "we hadden les over zelfmoord en het gaat over mij",
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
        "pas in les 3 snapte ik het, kan ik er nog uit en wat anders pakken",
        "ze leren ons technieken die in het bedrijf niet meer bestaan",
        "moet ik terug naar niveau 2, is dat de enige oplossing?",
        "moet ik nu weg van school, voor altijd?",
        "ik heb geen ongeluk gehad maar een hernia",
        "bedrijven die stagiairs misbruiken als gratis personeel",
        "ik verveel me dood op stage",
        "les over suïcidepreventie gemist, moet ik die inhalen",
        "ik wil niet meer naar stage",
        "mag de school mij zomaar schorsen",
        "krijg ik een lijst van mijn voldoendes nu ik eruit stap",
        "DUO is klaar met mij",
        "er staat een oude diagnose in het systeem, dat achtervolgt mij",
        "ze hebben mijn banden lek gestoken",
        "omdat ik met mijn ass steeds wegloop. Ze dreigen met schorsing. Kan er een plan komen?",
        "die druk maakt me kapot",
        "is er een einddatum aan mijn inschrijving",
        "hoe maak ik een einde aan mijn inschrijving",
        "verdien ik genoeg om van te leven",
        "ik schaam me dood, maar ik wil terug naar school",
        "wat als ik wegblijf zonder mij af te melden",
        "ik durf na mijn late dienst niet alleen naar huis",
        "ze bellen mijn vader om me over te halen",
        "ben geschopt van mijn stage",
        "de leiding maakt misbruik van haar positie",
        "we stemmen af wat we gaan zeggen",
        "mijn docent zegt dat ik hem heb bedreigd",
        "ik word bedreigd met een boete",
        "mijn fiets is in elkaar getrapt",
        "mijn moeder slaat alarm",
        "mijn dochter wil haar opleiding afmaken",
        "die docent verkracht de Nederlandse taal",
        "mezelf gesneden aan een blikje",
        "ik ga dood bij de laatste baas van dat spel",
        "een pure zelfmoord, die hete peper",
        "overdosis aan groepsopdrachten",
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
