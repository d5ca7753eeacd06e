"""Markup that every reader can use: also with a screen reader, without colours, and on WhatsApp."""

from __future__ import annotations

import re

from bot.core.knowledge import Entry
from bot.knowledge_files.entry_file import Reading
from bot.knowledge_files.problems import Complaints
from bot.knowledge_files.render import parse
from bot.knowledge_files.rules.texts import Text, all_texts, blocks

# (code, what to look for in the Markdown, what to do)
_FORBIDDEN = (
    ("image", re.compile(r"!\["), "plaatjes kunnen hier niet; beschrijf in woorden wat erop staat"),
    (
        "html",
        re.compile(r"<[a-zA-Z/!][^>\n]*>"),
        "HTML kan hier niet; gebruik gewone tekst, **vet**, lijsten en links",
    ),
    ("table", re.compile(r"^[ \t]*\|.*\|", re.MULTILINE), "tabellen kunnen hier niet; maak er een lijst van"),
    ("code", re.compile(r"`"), "het teken ` kan hier niet; gebruik aanhalingstekens"),
    ("quote", re.compile(r"^ {0,3}>", re.MULTILINE), "een citaat met > kan hier niet; schrijf het als zin"),
    (
        "heading",
        re.compile(r"^ {0,3}#{1,6}\s", re.MULTILINE),
        "een kop kan hier niet; maak er een gewone zin van",
    ),
    (
        "rule",
        re.compile(r"^ {0,3}(?:-{3,}|={3,}|\*{3,}|_{3,})\s*$", re.MULTILINE),
        "een streep kan hier niet; haal haar weg",
    ),
    (
        "list",
        re.compile(r"^ {2,}(?:[-*+]|\d+[.)])\s", re.MULTILINE),
        "een lijst in een lijst kan hier niet; maak er één lijst van",
    ),
    ("list", re.compile(r"^[*+]\s", re.MULTILINE), "begin een punt in een lijst met '- '"),
)
_VAGUE = {
    "hier", "klik", "klik hier", "deze link", "link", "lees meer", "lees verder", "meer", "meer info",
    "meer informatie", "deze pagina", "deze site", "deze website", "website", "site", "pagina", "download",
}  # fmt: skip
_ADDRESS = re.compile(r"https?://|\bwww\.", re.IGNORECASE)
_SHOUT_WORDS = re.compile(
    r"\b(?:NIET|GEEN|WEL|NOOIT|ALTIJD|MOET|MAG|ALLE|ALLEEN|EERST|DIRECT|VOOR|NIETS|HEEL|GOED|FOUT|LET OP)\b"
)
_SHOUT_LONG = re.compile(r"\b[A-ZÀ-Ý]{6,}\b")
_COLOUR = re.compile(
    r"\b(?:rode|groene|oranje|gele|blauwe|paarse|grijze|roze)\s+"
    r"(?:knop|knoppen|vak|vakje|vlak|balk|tekst|letters|link|veld|velden|bolletje|vinkje|icoon|lijn|kleur)\b",
    re.IGNORECASE,
)


def check_markup(reading: Reading, entry: Entry, complaints: Complaints) -> None:
    """Allowed markup only, links that say where they lead, nothing that needs capitals or colour."""
    for text in all_texts(reading, entry):
        for code, pattern, advice in _FORBIDDEN:
            for line in sorted({_line(text, match.start()) for match in pattern.finditer(text.markdown)}):
                complaints.error(line, code, advice)
        for block in blocks(text):
            _check_links(block.line, block.markdown, complaints)
            _check_leftovers(block.line, block.words, complaints)
            _check_senses(block.line, block.words, complaints)


def _line(text: Text, position: int) -> int:
    return text.line + text.markdown.count("\n", 0, position)


def _check_links(line: int, markdown: str, complaints: Complaints) -> None:
    for token in parse(markdown):
        text, inside = "", False
        for child in token.children or ():
            if child.type == "em_open":
                complaints.error(line, "italic", "cursief kan hier niet; gebruik **vet** of gewone tekst")
            elif child.type == "link_open":
                text, inside = "", True
            elif child.type == "link_close":
                inside = False
                _check_link_text(line, text, complaints)
            elif inside:
                text += child.content


def _check_link_text(line: int, text: str, complaints: Complaints) -> None:
    bare = text.strip(" .:!").casefold()
    if not bare or bare in _VAGUE or bare.startswith("klik hier"):
        complaints.error(
            line, "link-text", f"de linktekst '{text}' zegt niet waar de link heen gaat; noem de pagina"
        )
    elif _ADDRESS.search(text):
        complaints.error(
            line, "link-text", "de linktekst is een webadres; schrijf in woorden waar de link heen gaat"
        )


def _check_leftovers(line: int, words: str, complaints: Complaints) -> None:
    """Signs that are still there after rendering were meant as markup and are none."""
    if "](" in words:
        complaints.error(line, "broken-link", "deze link klopt niet; schrijf [waar hij heen gaat](https://…)")
    elif _ADDRESS.search(words):
        complaints.error(
            line, "bare-url", "hier staat een los webadres; schrijf [waar het heen gaat](https://…)"
        )
    if "**" in words:
        complaints.error(
            line, "broken-bold", "het vet klopt niet; zet ** vlak voor en vlak achter de woorden"
        )


def _check_senses(line: int, words: str, complaints: Complaints) -> None:
    shouted = _SHOUT_WORDS.search(words) or _SHOUT_LONG.search(words)
    if shouted:
        complaints.warn(
            line, "capitals", f"'{shouted[0]}' staat in hoofdletters; schrijf gewoon, of gebruik **vet**"
        )
    colour = _COLOUR.search(words)
    if colour:
        message = (
            f"'{colour[0]}' wijst met alleen een kleur; zeg ook wat erop staat, want niet iedereen ziet kleur"
        )
        complaints.warn(line, "colour", message)
