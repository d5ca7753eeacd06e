"""Which answers may be given, and how an entry of the knowledge becomes a message."""

from __future__ import annotations

from datetime import datetime, timezone
from typing import Any

from actions.speak import HUMAN_BUTTON
from bot.bootstrap import services
from bot.core.context import StudentFacts
from bot.core.knowledge import Entry, HumanNeed, LawSource, Variant, dutch_date

FOR_WHOM = {
    Variant.BOL: "Voor bol",
    Variant.BBL: "Voor bbl",
    Variant.UNDER_18: "Als je onder de 18 bent",
    Variant.ENTREE: "Voor de entree-opleiding (niveau 1)",
    Variant.NOT_FUNDED: "Op een particuliere school",
}


def available(topic: object) -> Entry | None:
    """The entry of a topic, if it exists and may be given out."""
    if not isinstance(topic, str):
        return None
    entry = services().knowledge.entry(topic)
    return entry if entry is not None and services().may_be_given(entry) else None


def source_links(entry: Entry) -> list[dict[str, Any]]:
    """The sources for under the answer, each once; a law says of which day its text was read."""
    links: dict[tuple[str, str], dict[str, Any]] = {}
    for source in entry.sources:
        title = source.line if isinstance(source, LawSource) else source.title
        seen = source.seen.isoformat() if source.seen else None
        links.setdefault((title, source.url), {"title": title, "url": source.url, "seen": seen})
    return list(links.values())


def shown_text(entry: Entry, facts: StudentFacts, asked_for: StudentFacts | None = None) -> str:
    """The short answer for this student, with what has to be said with it."""
    fitting = facts.variants(entry)
    if fitting:
        blocks = [f"**{FOR_WHOM[variant]}:** {entry.variants[variant]}" for variant in fitting[:2]]
    else:
        blocks = [entry.short]
        if asked_for is not None and asked_for.to_slot():
            # Nothing of our own is added: that there is no difference is not in the facts.
            blocks.insert(0, "Daarover staat in mijn antwoord niets aparts. Dit is wat ik weet:")
    if entry.expired(datetime.now(timezone.utc).date()):
        assert entry.valid_until is not None
        blocks.append(
            f"**Let op:** dit gold tot {dutch_date(entry.valid_until)}. Kijk of het nog klopt, of vraag het iemand van JOB."
        )
    if entry.human is HumanNeed.ALWAYS:
        blocks.append("Dit kun je het beste met iemand van JOB bespreken. Die denkt graag met je mee.")
    if not services().reviewed(entry):
        blocks.append("Dit antwoord is nog niet door JOB nagekeken.")
    return "\n\n".join(blocks)


def options(entry: Entry, *, human_first: bool = True) -> list[dict[str, str]]:
    """The buttons under an answer."""
    buttons = []
    if human_first and entry.human is HumanNeed.ALWAYS:
        buttons.append(HUMAN_BUTTON)
    if entry.steps:
        buttons.append({"title": "Wat kun je nu doen", "payload": f'/steps{{"topic": "{entry.id}"}}'})
    if entry.parts:
        buttons.append({"title": "Meer uitleg", "payload": f'/more{{"topic": "{entry.id}"}}'})
    buttons.append({"title": "Ja, dit hielp", "payload": f'/helped{{"topic": "{entry.id}"}}'})
    buttons.append({"title": "Nee, dit hielp niet", "payload": f'/not_helped{{"topic": "{entry.id}"}}'})
    return buttons
