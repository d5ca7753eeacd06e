"""Plain Dutch: short sentences, "je", easy words, and abbreviations that are spelled out."""

from __future__ import annotations

import re

from bot.core.knowledge import Entry
from bot.knowledge_files.entry_file import Reading
from bot.knowledge_files.problems import Complaints
from bot.knowledge_files.reading import LOWEST, flesch_douma
from bot.knowledge_files.rules.texts import all_texts, blocks, running_texts, sentences, words_in

LONGEST_SENTENCE = 25  # words

_QUOTED = re.compile(r"\"[^\"]*\"|“[^”]*”|„[^”“]*[”“]|‘[^’]*’(?!\w)|'[^'\n]{12,}'")
_FORMAL = re.compile(r"\b[Uu](?:w|wer|zelf)?\b(?!\.)")
_NO_VERB = re.compile(r"^(?:de|het|een|je|jij|dit|dat|deze|die|er|jouw|wij|we|jullie)\b", re.IGNORECASE)
# What a student may not know, and the words that count as an explanation of it.
_JARGON = {
    "bpv": r"beroepspraktijkvorming|stage",
    "POK": r"praktijkovereenkomst|stagecontract",
    "OER": r"onderwijs- en examenregeling|regels (?:over|voor|van|bij)",
    "bsa": r"bindend studieadvies",
    "slb'er": r"studieloopbaanbegeleid|mentor|begeleider",
    "bol": r"beroepsopleidende|stage|naar school|op school|dagopleiding|voltijd|studiefinanciering",
    "bbl": r"beroepsbegeleidende|werk|leerbaan|loon|baan",
}
_PATTERNS = {short: re.compile(rf"(?<![\w-]){short}(?:'s|-\w+)?(?!\w)", re.IGNORECASE) for short in _JARGON}


def reading_score(reading: Reading, entry: Entry) -> float | None:
    """The Flesch-Douma score of all running text of the entry together."""
    return flesch_douma(_sentences(reading, entry))


def check_language(reading: Reading, entry: Entry, complaints: Complaints) -> None:
    """ "Je", short sentences, steps that say what to do, explained abbreviations, easy words."""
    for text in all_texts(reading, entry):
        for block in blocks(text):
            formal = _FORMAL.search(_QUOTED.sub("", block.words))
            if formal:
                complaints.warn(
                    block.line,
                    "formal",
                    f"'{formal[0]}' is voor een student te deftig; schrijf 'je' of 'jouw'",
                )
    for text in running_texts(reading, entry):
        for block in blocks(text):
            for sentence in sentences(block.words):
                count = len(words_in(sentence))
                if count > LONGEST_SENTENCE:
                    start = " ".join(sentence.split()[:5])
                    message = f"de zin '{start} …' heeft {count} woorden; maak er twee zinnen van"
                    complaints.warn(block.line, "long-sentence", message)
    for number, step in enumerate(entry.steps):
        if _NO_VERB.match(step):
            complaints.warn(
                reading.line(f"steps.{number}"),
                "no-verb",
                "begin deze stap met wat je doet: 'Vraag …', 'Mail …'",
            )
    _check_jargon(reading, entry, complaints)
    score = reading_score(reading, entry)
    if score is not None and score < LOWEST:
        level = f"Flesch-Douma {score:.0f}, liefst {LOWEST:.0f} of meer"
        message = f"de tekst leest moeilijk ({level}); kies kortere zinnen en woorden"
        complaints.warn(reading.line("short"), "hard-to-read", message)


def _check_jargon(reading: Reading, entry: Entry, complaints: Complaints) -> None:
    """The first sentence with an abbreviation explains it: in full, or between brackets."""
    open_ones = dict(_JARGON)
    for text in running_texts(reading, entry):
        if text.where.startswith("variants"):
            continue  # who gets the answer for bbl knows that it is about bbl
        for block in blocks(text):
            for sentence in sentences(block.words):
                for short in [short for short in open_ones if _PATTERNS[short].search(sentence)]:
                    known = open_ones.pop(short)
                    if "(" not in sentence and not re.search(known, sentence, re.IGNORECASE):
                        complaints.warn(
                            block.line,
                            "jargon",
                            f"'{short}' komt hier voor het eerst; leg het in dezelfde zin uit",
                        )


def _sentences(reading: Reading, entry: Entry) -> list[str]:
    return [
        sentence
        for text in running_texts(reading, entry)
        for block in blocks(text)
        for sentence in sentences(block.words)
    ]
