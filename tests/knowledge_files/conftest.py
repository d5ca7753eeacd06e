"""A small knowledge folder with good entries; a test changes only what it is about."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

import pytest

from bot.knowledge_files.check import Result, check

TODAY = date(2026, 11, 22)

TOPICS = """\
rechten:
  schorsing: geschorst
  verwijdering: van school gestuurd
stage:
  stage-uren: hoeveel uren
"""

LAWS = """\
seen: 2026-11-22
laws:
  WEB:
    name: Wet educatie en beroepsonderwijs
    bwb: BWBR0007625
    read: 2026-01-01
    current: true
    articles: [8.1.7c, 8.1.7d, 7.2.7]
  LPW:
    name: Leerplichtwet 1969
    bwb: BWBR0002628
    read: 2018-07-28
    current: false
    articles: ["10", 3b]
    texts: {3b: 2013-10-01}
    cited: ["11"]
  AVG:
    name: Algemene verordening gegevensbescherming
    url: https://eur-lex.europa.eu/avg
    current: false
    cited: ["15"]
  Arbowet:
    name: Arbeidsomstandighedenwet
    bwb: BWBR0010346
    current: false
"""

HEADERS = {
    "schorsing": {
        "title": '"Schorsing: je mag even niet naar school"',
        "label": "Schorsing",
        "question": '"Mag mijn school mij schorsen?"',
        "keywords": "[geschorst, time-out, schorsen, weggestuurd, brief]",
        "human": "offer",
        "human_when": "\n  - je onder de 18 bent en je ouders van niets weten",
        "sources": "\n  - law: WEB\n    article: 8.1.7c\n    about: duur en brief",
        "reviewed": "2026-11-22",
        "review": "{state: open, by: null, at: null}",
        "see_also": "[verwijdering]",
    },
    "verwijdering": {
        "title": "Van school gestuurd",
        "label": "Verwijdering",
        "question": '"Mag mijn school mij wegsturen?"',
        "keywords": "[verwijderd, weg, uitgeschreven, school, besluit]",
        "human": "always",
        "human_when": "\n  - je een brief hebt gekregen",
        "sources": "\n  - law: WEB\n    article: 8.1.7d\n    about: eisen",
        "reviewed": "2026-11-22",
        "review": "{state: done, by: Sam, at: 2026-11-20}",
        "see_also": "[schorsing]",
    },
    "stage-uren": {
        "title": "Uren op je stage",
        "label": "Stage-uren",
        "question": '"Hoeveel uur mag ik werken op stage?"',
        "keywords": "[uren, werktijd, pauze, rooster, overwerk]",
        "human": "never",
        "sources": (
            '\n  - title: "Rijksoverheid: werktijden"\n    url: https://www.rijksoverheid.nl/werktijden\n'
            "    seen: 2026-11-21\n    about: de uren"
        ),
        "reviewed": "2026-11-22",
        "review": "{state: open, by: null, at: null}",
        "see_also": "[schorsing]",
    },
}

BODIES = {
    "schorsing": """\
Ja, dat mag. Een schorsing duurt **hooguit twee weken**. Je krijgt een brief met de reden.

## Wat kun je nu doen
1. Vraag om de brief met de reden.
2. Mail je mentor en vraag hoe je de les bijhoudt.

## Meer uitleg
### Hoe lang duurt het?
Hooguit twee weken. Duurt het langer? Vraag dan waarom.

### Mag ik examen doen?
Vraag dat meteen aan je mentor. Leg het antwoord vast in een mail.
""",
    "verwijdering": """\
Soms. De school schrijft je dan uit. Je hoort vooraf waarom, en je krijgt een brief.

## Wat kun je nu doen
1. Maak binnen **6 weken** bezwaar.

## Meer uitleg
### Wat staat er in de brief?
De reden en hoe je bezwaar maakt.

### Wie helpt mij?
Bel JOB. Wij lezen met je mee.
""",
    "stage-uren": """\
Ben je 16 of 17? Dan werk je hooguit negen uur op een dag. Ook een bbl'er werkt bij een bedrijf.

## Wat kun je nu doen
1. Lees het rooster.

## Meer uitleg
### Heb ik recht op pauze?
Ja. Werk je meer dan vier en een half uur, dan krijg je een half uur.

### Wat als het niet klopt?
Praat met je begeleider van school.
""",
}


class KnowledgeFolder:
    """The folder on disk. `entry("schorsing", label="X", short="…")` writes that entry with these values."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._writes = 0
        self.write("topics.yml", TOPICS)
        self.write("laws.yml", LAWS)
        for topic in HEADERS:
            self.entry(topic)

    def write(self, name: str, text: str | bytes) -> Path:
        """Write a file so that its stamp differs from the one before, however fast the test is."""
        path = self.path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        self._writes += 1
        os.utime(path, (1_700_000_000 + self._writes, 1_700_000_000 + self._writes))
        return path

    def file(self, topic: str) -> str:
        return str(self.path / ("stage" if topic.startswith("stage") else "rechten") / f"{topic}.md")

    def entry(
        self,
        topic: str = "schorsing",
        *,
        body: str | None = None,
        short: str | None = None,
        raw: str | None = None,
        **header: str | None,
    ) -> None:
        """Write an entry; a header value of None leaves the key out, `raw` replaces the whole file."""
        values = {key: value for key, value in {**HEADERS[topic], **header}.items() if value is not None}
        text = BODIES[topic] if body is None else body
        if short is not None:
            text = short + "\n\n" + text[text.index("## ") :]
        lines = [
            f"{key}:{value if value.startswith(chr(10)) else ' ' + value}" for key, value in values.items()
        ]
        self.write(
            str(Path(self.file(topic)).relative_to(self.path)),
            raw if raw is not None else "---\n" + "\n".join(lines) + "\n---\n" + text,
        )

    def check(self, today: date = TODAY) -> Result:
        return check(self.path, today)

    def found(self, today: date = TODAY) -> list[tuple[str, int, str]]:
        """Every problem as (file name, line, code)."""
        return [(Path(p.file).name, p.line, p.code) for p in self.check(today).problems]


@pytest.fixture
def knowledge(tmp_path: Path) -> KnowledgeFolder:
    return KnowledgeFolder(tmp_path / "knowledge")
