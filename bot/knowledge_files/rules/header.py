"""The header: dates that can be, sources that carry the text, and who may need a human."""

from __future__ import annotations

from datetime import date, timedelta

from bot.core.knowledge import Entry, HumanNeed, LawSource, WebSource, dutch_date
from bot.knowledge_files.entry_file import Reading
from bot.knowledge_files.laws import Laws
from bot.knowledge_files.problems import Complaints
from bot.knowledge_files.render import visible
from bot.knowledge_files.rules.texts import running_texts

REVIEW_EVERY = timedelta(days=365)


def check_words(reading: Reading, entry: Entry, complaints: Complaints) -> None:
    """Questions are questions, keywords differ, and who offers a human says when."""
    if not entry.question.endswith("?"):
        complaints.error(
            reading.line("question"), "question", "'question' moet een vraag zijn; eindig met een vraagteken"
        )
    for number, part in enumerate(entry.parts):
        if not part.question.endswith("?"):
            complaints.warn(
                reading.line(f"parts.{number}"), "question", "maak van deze kop een vraag, met een vraagteken"
            )
    seen: set[str] = set()
    for number, keyword in enumerate(entry.keywords):
        if keyword.casefold() in seen:
            line = reading.line(f"keywords.{number}")
            complaints.error(line, "double-keyword", f"'{keyword}' staat er twee keer; haal er een weg")
        seen.add(keyword.casefold())
    if entry.human is not HumanNeed.NEVER and not entry.human_when:
        message = f"'human' is {entry.human.value}, dus noem bij 'human_when' wanneer een mens beter is"
        complaints.error(reading.line("human_when"), "human-when", message)


def check_dates(reading: Reading, entry: Entry, today: date, complaints: Complaints) -> None:
    """No day that is still to come, no answer past its last day, none unseen for a year."""
    dates = [("reviewed", entry.reviewed), ("review.at", entry.review.at)]
    dates += [
        (f"sources.{number}.seen", source.seen)
        for number, source in enumerate(entry.sources)
        if isinstance(source, WebSource)
    ]
    for where, day in dates:
        if day and day > today:
            message = f"{dutch_date(day)} moet nog komen; vul de dag in waarop het echt gebeurde"
            complaints.error(reading.line(where), "future-date", message)
    if entry.valid_until and entry.valid_until < entry.reviewed:
        message = "'valid_until' ligt vóór 'reviewed'; een van de twee klopt niet"
        complaints.error(reading.line("valid_until"), "valid-until", message)
    elif entry.expired(today) and entry.valid_until:
        last = dutch_date(entry.valid_until)
        message = f"dit antwoord gold tot en met {last}; kijk het na en zet een nieuwe datum"
        complaints.warn(reading.line("valid_until"), "expired", message)
    if today - entry.reviewed > REVIEW_EVERY:
        message = f"dit antwoord is voor het laatst nagekeken op {dutch_date(entry.reviewed)}; kijk het na"
        complaints.warn(reading.line("reviewed"), "old-review", message)


def check_sources(reading: Reading, entry: Entry, laws: Laws, complaints: Complaints) -> None:
    """Each source says what it carries, names an article that was read, and old law never stands alone."""
    for number, source in enumerate(entry.sources):
        line = reading.line(f"sources.{number}")
        if isinstance(source, WebSource) and source.url.startswith("http://"):
            complaints.warn(
                line, "http", "dit adres begint met http://; gebruik https:// als de pagina dat kan"
            )
        if not source.about:
            complaints.error(
                line, "no-about", "zeg bij 'about' in een paar woorden welke bewering deze bron draagt"
            )
        if isinstance(source, LawSource):
            _check_article(reading.line(f"sources.{number}.article"), source, laws, complaints)
    if entry.sources and all(
        isinstance(source, LawSource) and not source.current for source in entry.sources
    ):
        message = "alle bronnen zijn oude of niet gelezen wetteksten; voeg een bron van nu toe, zoals DUO"
        complaints.warn(reading.line("sources"), "old-law-only", message)
    days = {law.read for law in laws.by_code.values() if law.read}
    for text in running_texts(reading, entry):
        for day in sorted(days):
            if dutch_date(day) in visible(text.markdown):
                message = (
                    f"'{dutch_date(day)}' is de leesdatum van een wet; haal hem weg, het programma noemt hem"
                )
                complaints.warn(text.line, "law-date", message)


def _check_article(line: int, source: LawSource, laws: Laws, complaints: Complaints) -> None:
    law = laws.find(source.code)
    if law is None or source.article in law.articles:
        return
    if source.article in law.cited:
        name = f"{source.code} artikel {source.article}"
        message = f"{name} is niet door ons gelezen, alleen genoemd; geef ook een andere bron"
        complaints.warn(line, "article-not-read", message)
    elif law.whole and not source.article:
        complaints.warn(
            line, "article-not-read", f"van {law.name} is geen tekst gelezen; geef ook een andere bron"
        )
    else:
        message = (
            f"{source.code} artikel '{source.article}' staat niet in laws.yml: het is niet gelezen; "
            "kijk het nummer na (zonder lid) of neem een andere bron"
        )
        complaints.error(line, "unknown-article", message)
