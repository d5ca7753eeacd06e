"""Which messages are not in Dutch. A rule on scripts and small words; short or mixed messages stay Dutch."""

from __future__ import annotations

import unicodedata

from bot.nlu.text import letters, plain

_WORDS = {
    "dutch": (
        "de het een ik je jij hij ze wij we jullie mijn m'n mn dit dat die deze niet geen maar of "
        "en als dan om te van voor met op bij naar uit door over aan wat wie waar hoe wanneer "
        "waarom welke is ben bent zijn was heb hebt heeft kan mag moet wil zal wordt word ook nog "
        "wel al er toch nie da wa k ff"
    ),
    "english": (
        "the an i you he she we they my your his her our their this that these those not no but "
        "or and if then to of for with on at from by about what who where how when why which am "
        "are is was were have has had can may must will would should could do does did don't it's "
        "i'm it be been"
    ),
    "polish": ("nie jest czy jak co moge mozna sie mam mi moj moja na do za ze przez gdzie kiedy dlaczego"),
    "turkish": ("ve bir bu ne icin nasil var yok mi ben benim mu kadar okul staj degil gibi neden nerede"),
    "german": ("der die das und ich nicht ist ein eine mein wie kann muss darf fur mit auf wann warum wo"),
    "french": ("je le la les un une des et est pas mon ma pour avec que qui comment quand pourquoi dans ai"),
    "spanish": ("el la los las un una y es no mi para con que como cuando donde por puedo tengo de en"),
    "papiamentu": ("mi bo e ta ku pa di no kon unda kiko por mester tin na un nos"),
    "romanian": ("eu sunt nu este un o si pentru cu la ce cum cand unde de pot am meu mea"),
    "somali": ("waa ma iyo in ay aan ka ku la sidee maxaa goorma dugsi"),
}
SMALL_WORDS: dict[str, frozenset[str]] = {name: frozenset(small.split()) for name, small in _WORDS.items()}
"""Small words by language, without accents."""
LEAST = 3
"""So many small words of another language, and at least twice as many as Dutch ones, make a message foreign."""


def _latin(character: str) -> bool:
    return unicodedata.name(character, "").startswith("LATIN")


def foreign(text: str) -> str | None:
    """``english`` or ``other_language`` where the message surely is not Dutch, else ``None``."""
    characters = [character for character in text if character.isalpha()]
    if letters(text) >= 3 and sum(map(_latin, characters)) * 2 < len(characters):
        return "other_language"
    tokens = plain(text).replace("?", " ").replace(",", " ").replace(".", " ").replace("!", " ").split()
    counts = {name: sum(token in small for token in tokens) for name, small in SMALL_WORDS.items()}
    dutch = counts.pop("dutch")
    best = max(counts, key=lambda name: counts[name])
    if counts[best] >= LEAST and counts[best] >= 2 * dutch:
        return "english" if best == "english" else "other_language"
    return None
