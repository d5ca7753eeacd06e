"""How students write on a phone, and the words it stands for. One table, so that an editor can add to it."""

from __future__ import annotations

CHAT_WORDS: dict[str, str] = {
    # I, me, mine
    "k": "ik", "ikk": "ik", "kheb": "ik heb", "kben": "ik ben", "kga": "ik ga", "kwil": "ik wil", "kzit": "ik zit",
    "kmoet": "ik moet", "kmag": "ik mag", "khad": "ik had", "kkan": "ik kan", "kweet": "ik weet", "kdoe": "ik doe",
    "kwas": "ik was", "kwou": "ik wou", "kvind": "ik vind", "khoor": "ik hoor", "kkrijg": "ik krijg",
    "magk": "mag ik", "moetk": "moet ik", "kank": "kan ik", "kannik": "kan ik", "hebk": "heb ik", "benk": "ben ik",
    "gak": "ga ik", "wilk": "wil ik", "dak": "dat ik", "alsk": "als ik", "enk": "en ik",
    "mn": "mijn", "m'n": "mijn", "me": "mijn", "mij": "mijn", "mene": "mijn", "zn": "zijn", "z'n": "zijn",
    "d'r": "haar",
    # articles and other small words
    "t": "het", "'t": "het", "n": "een", "'n": "een", "ene": "een", "d": "de", "r": "er", "der": "er", "dr": "er",
    "da": "dat", "das": "dat is", "wa": "wat", "tis": "het is", "ist": "is het", "alst": "als het", "ast": "als het",
    "nie": "niet", "ni": "niet", "nt": "niet", "niett": "niet", "nix": "niks", "niets": "niks", "og": "ook",
    "ookal": "ook al", "tog": "toch", "noh": "nog", "ofzo": "of zo", "ofz": "of zo", "oid": "of zo", "enzo": "en zo",
    "omda": "omdat", "omdt": "omdat", "en/of": "of", "iig": "in ieder geval", "sws": "sowieso", "sowiso": "sowieso",
    "iem": "iemand", "iemnd": "iemand", "iemant": "iemand", "nm": "niemand",
    # asking
    "wnr": "wanneer", "wneer": "wanneer", "wanner": "wanneer", "wrm": "waarom", "waarm": "waarom", "wrom": "waarom",
    "hve": "hoeveel", "hvl": "hoeveel", "hoev": "hoeveel", "hoeveell": "hoeveel", "hoelang": "hoe lang",
    "wss": "waarschijnlijk", "mss": "misschien", "msch": "misschien", "misschn": "misschien",
    # fillers
    "egt": "echt", "egte": "echte", "ff": "even", "effe": "even", "effen": "even", "eve": "even", "gwn": "gewoon",
    "gwoon": "gewoon", "gwnn": "gewoon", "idd": "inderdaad", "eig": "eigenlijk", "eigelijk": "eigenlijk",
    "eignlk": "eigenlijk", "zgn": "zogenaamd", "vgm": "volgens mij", "fzo": "of zo", "ofso": "of zo",
    # polite
    "aub": "alsjeblieft", "svp": "alsjeblieft", "pls": "alsjeblieft", "plz": "alsjeblieft", "please": "alsjeblieft",
    "asjeblieft": "alsjeblieft", "alstublieft": "alsjeblieft", "thnx": "bedankt", "thx": "bedankt", "tnx": "bedankt",
    "bdnkt": "bedankt", "dankje": "bedankt", "dankjewel": "bedankt", "thanks": "bedankt",
    # time
    "vnd": "vandaag", "vndg": "vandaag", "mrgn": "morgen", "mrg": "morgen", "gstrn": "gisteren", "gister": "gisteren",
    "wk": "week", "wkn": "weken", "mnd": "maand", "mndn": "maanden", "jr": "jaar", "jrn": "jaren", "min": "minuten",
    # shortened in mails
    "nr": "nummer", "tel": "telefoon", "vd": "van de", "vh": "van het", "ivm": "wegens", "mbt": "over",
    "evt": "eventueel", "bv": "bijvoorbeeld", "bijv": "bijvoorbeeld", "dmv": "door", "ipv": "in plaats van",
    "tov": "tegenover", "incl": "inclusief", "excl": "exclusief", "max": "maximaal",
    # school
    "nivo": "niveau", "niv": "niveau", "opl": "opleiding", "opleidng": "opleiding", "stg": "stage",
    "staasje": "stage", "skool": "school", "schl": "school", "docnt": "docent", "exm": "examen", "exame": "examen",
    "dipl": "diploma", "slb": "slber", "slb'er": "slber", "slbr": "slber", "mentor": "slber", "juf": "docent",
    "leraar": "docent", "lerares": "docent", "leraren": "docenten", "leerkracht": "docent", "leerkrachten": "docenten",
    "prive": "particulier", "bpv": "stage", "bpv'er": "stagiair",
    # the last n that nobody says
    "wille": "willen", "hebbe": "hebben", "zegge": "zeggen", "krijge": "krijgen", "betale": "betalen",
    "kome": "komen", "worde": "worden", "blijve": "blijven", "lope": "lopen", "vrage": "vragen", "werke": "werken",
    "make": "maken", "late": "laten", "neme": "nemen", "geve": "geven", "zoeke": "zoeken", "vinde": "vinden",
    "stoppe": "stoppen", "lere": "leren", "hale": "halen", "zitte": "zitten", "sture": "sturen", "kunne": "kunnen",
    "moete": "moeten", "moge": "mogen", "ken": "kan", "gebruike": "gebruiken", "helpe": "helpen", "doene": "doen",
    "mense": "mensen", "lesse": "lessen", "dage": "dagen", "boeke": "boeken", "tege": "tegen", "tekene": "tekenen",
    "regele": "regelen", "wete": "weten", "ete": "eten", "schrijve": "schrijven", "hoore": "horen", "leve": "leven",
}  # fmt: skip
"""What a student types -> the usual words. Only for whole words, in lower case and without accents."""
