"""Messages that name a subject but ask nothing yet: "iets met examen", "ik heb een vraag over mijn stage".

Any answer to them would be a guess, however sure the model is of it: the usual questions of the subject are offered instead.
"""

from __future__ import annotations

from collections.abc import Sequence

_EXAM = ("herkansing", "examen-uitslag", "examen-klacht")
_STAGE = ("stage-vinden", "stage-begeleiding", "stagevergoeding")
_LESSONS = ("lesuitval", "rooster", "kwaliteit-onderwijs")
_TEACHER = ("kwaliteit-onderwijs", "klacht-school", "grensoverschrijdend-gedrag")
_SCHOOL = ("klacht-school", "kwaliteit-onderwijs", "verzuim")
_COURSE = ("overstappen", "kwaliteit-onderwijs", "uitschrijven-zelf")
_MONEY = ("studiefinanciering", "schoolkosten", "stagevergoeding")
_PAY = ("bbl-loon", "stagevergoeding", "stageovereenkomst")
_GRADES = ("examen-uitslag", "inzage-examen", "herkansing")

SUBJECTS: dict[str, tuple[str, str, str]] = {
    **dict.fromkeys(("examen", "examens", "toets", "toetsen", "tentamen"), _EXAM),
    **dict.fromkeys(("stage", "stages", "stageplek", "bpv", "stagebedrijf", "leerbedrijf"), _STAGE),
    **dict.fromkeys(("les", "lessen"), _LESSONS),
    **dict.fromkeys(("docent", "docenten", "leraar", "leraren", "lerares"), _TEACHER),
    **dict.fromkeys(("school", "roc", "mbo"), _SCHOOL),
    **dict.fromkeys(("opleiding", "studie"), _COURSE),
    **dict.fromkeys(("geld", "kosten"), _MONEY),
    **dict.fromkeys(("loon", "salaris"), _PAY),
    **dict.fromkeys(("cijfer", "cijfers"), _GRADES),
}
"""A broad word with the three topics that most who say it mean."""

_FILLER_WORDS = (
    "ik je jullie wij we heb hebben had wil weten zou graag een het de er is was ging gaat gebeurd iets wat mis fout met "
    "over van voor op bij aan in mijn mn m'n me onze ons vraag vragen vraagje probleem problemen probleempje gedoe hulp "
    "help info informatie nodig hoi hallo hey hee hi goedemorgen goedemiddag ff even eens kan kunnen mag stellen "
    "helpen u alsjeblieft aub dan dit dat ? n t nog ook niet goed klopt"
)
_FILLERS = frozenset(_FILLER_WORDS.split())


def usual_topics(words: Sequence[str]) -> tuple[str, ...]:
    """The topics to offer for a message of these plain words; empty where it asks something or names no broad subject."""
    content = [word for word in words if word not in _FILLERS]
    if not content or len(content) > 2 or any(word not in SUBJECTS for word in content):
        return ()
    return SUBJECTS[content[0]]
