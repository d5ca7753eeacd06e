"""How long and how many: what fits a phone screen, and what WhatsApp accepts."""

from __future__ import annotations

from bot.core.knowledge import Entry
from bot.knowledge_files.body import PARTS_HEADING, STEPS_HEADING
from bot.knowledge_files.entry_file import Reading
from bot.knowledge_files.problems import Complaints
from bot.knowledge_files.render import to_whatsapp, visible

TITLE = 60  # a header of WhatsApp holds 60; a list row shows it as description, which holds 72
LABEL = 20  # a reply button of WhatsApp holds 20; a list row 24
SHORT, VARIANT, STEP, PART, ALL_PARTS = 600, 500, 250, 800, 3500
PART_QUESTION = 60
STEPS, PARTS, KEYWORDS, SEE_ALSO = (1, 6), (2, 7), (5, 25), (1, 5)
BODY_WITH_BUTTONS, MESSAGE = 1024, 4096  # WhatsApp; here addresses count, since they are written out


def check_lengths(reading: Reading, entry: Entry, complaints: Complaints) -> None:
    """What fits a phone screen."""

    def at_most(limit: int, text: str, where: str, what: str) -> None:
        length = len(visible(text))
        if length > limit:
            complaints.error(
                reading.line(where), "too-long", f"{what} is {length} tekens; maak er hooguit {limit} van"
            )

    at_most(TITLE, entry.title, "title", "de titel")
    at_most(LABEL, entry.label, "label", "het label")
    at_most(SHORT, entry.short, "short", "het korte antwoord")
    for variant, text in entry.variants.items():
        at_most(VARIANT, text, f"variants.{variant.value}", f"het antwoord voor {variant.value}")
    for number, step in enumerate(entry.steps):
        at_most(STEP, step, f"steps.{number}", f"stap {number + 1}")
    for number, part in enumerate(entry.parts):
        at_most(PART_QUESTION, part.question, f"parts.{number}", "deze vraag")
        at_most(PART, part.answer, f"parts.{number}.answer", "dit antwoord")
    together = sum(len(visible(part.answer)) for part in entry.parts)
    if together > ALL_PARTS:
        complaints.error(
            reading.line("parts"),
            "too-long",
            f"de uitleg is samen {together} tekens; maak er hooguit {ALL_PARTS} van",
        )
    paragraphs = len([block for block in entry.short.split("\n\n") if block.strip()])
    if paragraphs > 2:
        complaints.warn(
            reading.line("short"),
            "paragraphs",
            f"het korte antwoord heeft {paragraphs} alinea's; maak er één of twee van",
        )


def check_counts(reading: Reading, entry: Entry, complaints: Complaints) -> None:
    """Not too few and not too many of anything."""

    def between(limits: tuple[int, int], count: int, where: str, what: str) -> None:
        if not limits[0] <= count <= limits[1]:
            message = f"{what}: het zijn er {count}; zorg voor {limits[0]} tot {limits[1]}"
            complaints.error(reading.line(where), "count", message)

    between(STEPS, len(entry.steps), "steps", f"stappen onder '## {STEPS_HEADING}'")
    between(PARTS, len(entry.parts), "parts", f"vragen onder '## {PARTS_HEADING}'")
    between(KEYWORDS, len(entry.keywords), "keywords", "keywords")
    between(SEE_ALSO, len(entry.see_also), "see_also", "see_also")


def check_whatsapp(reading: Reading, entry: Entry, complaints: Complaints) -> None:
    """What is sent in one message must fit in one, with the addresses written out."""

    def fits(limit: int, text: str, where: str, what: str) -> None:
        length = len(text)
        if length > limit:
            message = (
                f"{what} is op WhatsApp {length} tekens met de links erbij, en er passen er {limit}; kort in"
            )
            complaints.error(reading.line(where), "whatsapp", message)

    fits(BODY_WITH_BUTTONS, to_whatsapp(entry.short), "short", "het korte antwoord")
    for variant, text in entry.variants.items():
        fits(
            BODY_WITH_BUTTONS,
            to_whatsapp(text),
            f"variants.{variant.value}",
            f"het antwoord voor {variant.value}",
        )
    steps = "\n".join(f"{number}. {to_whatsapp(step)}" for number, step in enumerate(entry.steps, start=1))
    fits(MESSAGE, steps, "steps", "de lijst met stappen")
    for number, part in enumerate(entry.parts):
        fits(MESSAGE, f"*{part.question}*\n{to_whatsapp(part.answer)}", f"parts.{number}", "deze uitleg")
