"""One knowledge file -> one Entry, or the reasons why not."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from frontmatter.default_handlers import YAMLHandler

from bot.core.knowledge import Entry, HumanNeed, LawSource, Review, Source, Topic, Variant, WebSource
from bot.knowledge_files.body import Body, read_body
from bot.knowledge_files.header import Fields
from bot.knowledge_files.laws import Laws
from bot.knowledge_files.problems import Complaints, Problem
from bot.knowledge_files.yaml_lines import BadYaml, YamlWithLines, load_with_lines

KEYS = (
    "title", "label", "question", "keywords", "human", "human_when", "sources", "reviewed", "review",
    "valid_until", "uncertain", "variants", "see_also",
)  # fmt: skip

HUMAN = tuple(need.value for need in HumanNeed)


@dataclass
class Reading:
    """What one file gave. `entry` is None when the file cannot be used; `problems` then says why.

    `lines` tells where a value stands: header keys as dotted paths, and the names that `Body` gives.
    """

    file: str
    entry: Entry | None = None
    problems: list[Problem] = field(default_factory=list)
    lines: dict[str, int] = field(default_factory=dict)
    body_text: str = ""
    body_line: int = 1

    def line(self, path: str) -> int:
        """The line of that value, or of what is around it."""
        return YamlWithLines(None, self.lines).line(path)


def read_entry(text: str, file: str, topic: Topic, laws: Laws) -> Reading:
    """Read one file. Only what makes an answer unusable is refused here; the finer rules are in `check`."""
    complaints = Complaints(file)
    reading = Reading(file, problems=complaints.found)
    header = _split(text, reading, complaints)
    if header is None:
        return reading
    try:
        yaml = load_with_lines(header, first_line=2)
    except BadYaml as error:
        complaints.error(error.line, "yaml", str(error))
        return reading
    if not isinstance(yaml.data, dict):
        complaints.error(
            1, "wrong-type", "de kop moet uit regels 'naam: waarde' bestaan; kijk naar het voorbeeld"
        )
        return reading
    body = read_body(reading.body_text, reading.body_line, complaints)
    reading.lines = {**yaml.lines, **body.lines}
    entry = _entry(Fields(yaml, yaml.data, "", complaints), topic, laws, body)
    reading.entry = None if complaints.found else entry
    return reading


def _split(text: str, reading: Reading, complaints: Complaints) -> str | None:
    """The header between the two lines `---`; the rest goes into the reading with its first line."""
    handler = YAMLHandler()
    text = text.removeprefix("\ufeff")  # Windows Notepad puts it there, and nobody can see it
    if not handler.detect(text):
        complaints.error(1, "no-header", "het bestand moet beginnen met een regel '---' en dan de kop")
        return None
    try:
        header, body = handler.split(text)
    except ValueError:
        complaints.error(1, "no-header", "de kop houdt niet op; zet een regel '---' onder de kop")
        return None
    reading.body_text = body
    reading.body_line = text[: len(text) - len(body)].count("\n") + 1
    return header.removeprefix("\r").removeprefix("\n")


def _entry(fields: Fields, topic: Topic, laws: Laws, body: Body) -> Entry:
    fields.only(*KEYS)
    human, reviewed, review = fields.choice("human", HUMAN), fields.day("reviewed"), _review(fields)
    return Entry(
        id=topic.id,
        theme=topic.theme,
        title=fields.text("title"),
        label=fields.text("label"),
        question=fields.text("question"),
        keywords=fields.texts("keywords"),
        # What is missing was reported above, and an entry with a report is never used.
        human=HumanNeed(human) if human else HumanNeed.ALWAYS,
        human_when=fields.texts("human_when", required=False),
        sources=_sources(fields, laws),
        reviewed=reviewed or date.min,
        review=review or Review(done=False),
        see_also=fields.texts("see_also", required=False),
        valid_until=fields.day("valid_until", required=False),
        uncertain=fields.texts("uncertain", required=False),
        variants=_variants(fields),
        short=body.short,
        steps=body.steps,
        parts=body.parts,
    )


def _review(fields: Fields) -> Review | None:
    inner = fields.mapping("review")
    if inner is None:
        return None
    inner.only("state", "by", "at")
    state = inner.choice("state", ("open", "done"))
    by, at = inner.text("by", required=state == "done"), inner.day("at", required=state == "done")
    return Review(done=state == "done", by=by or None, at=at)


def _variants(fields: Fields) -> dict[Variant, str]:
    inner = fields.mapping("variants", required=False)
    if inner is None:
        return {}
    names = {variant.value: variant for variant in Variant}
    inner.only(*names)
    return {names[key]: inner.text(key) for key in inner.names() if key in names}


def _sources(fields: Fields, laws: Laws) -> tuple[Source, ...]:
    found = (_source(source, laws) for source in fields.mappings("sources"))
    return tuple(source for source in found if source is not None)


def _source(fields: Fields, laws: Laws) -> Source | None:
    if fields.has("law"):
        return _law_source(fields, laws)
    fields.only("title", "url", "seen", "about")
    url = fields.text("url")
    if url and not url.startswith(("https://", "http://")):
        fields.wrong("url", "het webadres moet met https:// beginnen; neem het over uit de adresbalk", "url")
    seen: date | None = fields.day("seen")
    return WebSource(
        title=fields.text("title"), url=url, seen=seen, about=fields.text("about", required=False)
    )


def _law_source(fields: Fields, laws: Laws) -> Source | None:
    fields.only("law", "article", "about")
    code = fields.text("law")
    law = laws.find(code)
    if law is None:
        if code:
            known = ", ".join(laws.by_code)
            fields.wrong("law", f"de wet '{code}' staat niet in laws.yml; kies uit {known}", "unknown-law")
        return None
    article = fields.text("article", required=not law.whole)
    return LawSource(
        title=law.title(article),
        url=law.link(article),
        seen=laws.seen,
        about=fields.text("about", required=False),
        code=law.code,
        article=article,
        law_read=law.read_on(article),
        current=law.current,
    )
