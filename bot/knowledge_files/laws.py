"""`knowledge/laws.yml`: the laws that answers may name, and the articles that were really read."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from bot.core.knowledge import Law
from bot.knowledge_files.header import Fields
from bot.knowledge_files.problems import Complaints, Problem
from bot.knowledge_files.yaml_lines import BadYaml, load_with_lines


@dataclass(frozen=True)
class Laws:
    """The laws by code, and the day on which their texts were read."""

    seen: date | None = None
    by_code: dict[str, Law] = field(default_factory=dict)

    def find(self, code: str) -> Law | None:
        """The law with that code; capitals do not matter (`AWB` is `Awb`)."""
        return next((law for known, law in self.by_code.items() if known.lower() == code.lower()), None)


def read_laws(text: str, file: str) -> tuple[Laws | None, list[Problem]]:
    """Read `laws.yml`. With any error in it there are no laws: half a list must not pass for the whole."""
    complaints = Complaints(file)
    try:
        yaml = load_with_lines(text)
    except BadYaml as error:
        complaints.error(error.line, "yaml", str(error))
        return None, complaints.found
    if not isinstance(yaml.data, dict):
        complaints.error(1, "wrong-type", "dit bestand moet uit 'seen:' en 'laws:' bestaan")
        return None, complaints.found
    top = Fields(yaml, yaml.data, "", complaints)
    top.only("seen", "laws")
    seen = top.day("seen")
    by_code: dict[str, Law] = {}
    listed = top.mapping("laws")
    for code in listed.names() if listed else ():
        law = listed.mapping(code) if listed else None
        if law:
            by_code[code] = _law(code, law)
    return (None if complaints.found else Laws(seen, by_code)), complaints.found


def _law(code: str, fields: Fields) -> Law:
    fields.only("name", "bwb", "url", "read", "current", "note", "articles", "cited", "texts")
    if fields.has("bwb") == fields.has("url"):
        fields.wrong("", f"geef {code} een 'bwb' of een 'url', een van de twee", "missing")
    bwb = fields.text("bwb", required=False)
    if bwb and not (bwb.startswith("BWBR") and bwb[4:].isdigit() and len(bwb) == 11):
        fields.wrong("bwb", f"'{bwb}' is geen BWB-nummer; dat is BWBR met zeven cijfers", "bwb")
    return Law(
        code=code,
        name=fields.text("name"),
        bwb=bwb,
        url=fields.text("url", required=False),
        read=fields.day("read", required=False),
        current=fields.yes_no("current"),
        articles=frozenset(fields.texts("articles", required=False)),
        cited=frozenset(fields.texts("cited", required=False)),
        texts=_texts(fields),
    )


def _texts(fields: Fields) -> dict[str, date]:
    inner = fields.mapping("texts", required=False)
    days = {article: inner.day(article) for article in inner.names()} if inner else {}
    return {article: day for article, day in days.items() if day}
