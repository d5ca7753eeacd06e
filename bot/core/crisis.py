"""Crisis words: what goes before everything else, in every state, also where the assistant is silent.

A net of words beside the trained classifier. It must not miss, and everyday exaggeration must not ring. Each group of
patterns names a kind of danger; `_TASK` and `_EVERYDAY` take out schoolwork about the subject and sayings.
"""

from __future__ import annotations

import re
import unicodedata

_I = r"(?:ik|k|ikzelf)"
_SELF = r"(?:mezelf|mijzelf|me\s?zelf|mn\s?zelf|mijn\s?zelf|zichzelf|hemzelf|haarzelf)"
_MINE = r"(?:mijn|mn|me|m)"
_KIN = (
    r"(?:vader|moeder|pa|ma|papa|mama|stief\w+|broers?|broertje|zus|oom|opa|neef|neven|ouders|man|vriend|vriendje|"
    r"partner|ex|verloofde|familie)"
)
_WORK = (
    r"(?:docent|leraar|mentor|begeleider|stagebegeleider|leermeester|baas|stagebaas|chef|collega|leidinggevende|"
    r"praktijkopleider|werkgever|trainer|patroon|eigenaar)"
)
_SOMEONE = rf"(?:hij|ze|zij|iemand|er|{_KIN}|{_WORK}|jongen|klasgenoot|groep\w*|jongens)"
_ME = r"(?:me|mij|mn|mijn|ons|mama|haar|hem|broertje|zusje|moeder)"

_DANGER = {
    "wants to die": [
        r"\bzel?f\s?moo?r[dt]\w*", r"\bsui[csz]i?d\w*", r"\bsuizid\w*", r"\bzelfdoding\w*",
        rf"\b{_I}\b.{{0,30}}\b(?:wil|zou|wou|liever|kan)\b.{{0,25}}\b(?:doo*d|dood\s?gaan|dood\s?zijn)\b(?!\s?(?:gegooid|moe|saai))",
        r"\b(?:wil|wl|kwil|wou|liever|was\s+ik\s+maar|ga)\b.{0,12}\bdoo+d\b(?!\s+(?:van|door|om|aan)\b)",
        r"\bdood\s?(?:gaan|willen|zijn)\b.{0,20}\b(?:makkelijker|rustig|beter|fijn)",
        r"\b(?:aan|over|naar|van)\s+(?:de\s+)?(?:dood|doodgaan|sterven)\b.{0,25}\b(?:denk|gedachten|verlang|nacht|dag)",
        r"\bdenk\b.{0,30}\b(?:aan|over)\s+(?:de\s+)?(?:dood|doodgaan|sterven)\b",
        r"\b(?:niet|nie|ni|nooit|niemer)\s*(?:meer|mr)?\s*(?:verder\s+)?(?:willen\s+|wil\s+)?(?:leven|leve|lvn|bestaan|besta)\b",
        r"\b(?:geen\s+zin|klaar|stoppen|moe|reden|gehad|zat|genoeg)\b.{0,20}\b(?:met|van|in|om|te|voor)\b.{0,12}\b(?:leven|leve|bestaan)\b(?!\s+zonder)",
        r"\b(?:leven|leve)\b.{0,30}\b(?:hoeft|heeft\s+geen\s+zin|niks\s+waard|niets\s+waard|niet\s+(?:meer\s+)?(?:aan|dragen|waard)|doet\s+(?:alleen|te)|voorbij)",
        r"\b(?:hoef|hoeft|hoeven|trek|red|kan)\b.{0,15}\b(?:leven|leve|bestaan)\b.{0,20}\b(?:niet|nie|ni|niemer)\b",
        r"\b(?:waarom|waarvoor|wat)\b.{0,25}\b(?:leef\s+ik|leven\s+nog|leven\s+voor\s+zin|nog\s+(?:verder\s+)?leven)\b",
        r"\bniks?\s+(?:meer\s+)?om\s+voor\s+te\s+leven\b", r"\bnooit\s+(?:was\s+|ben\s+)?geboren\b",
        r"\b(?:eind\w*|punt)\b.{0,15}\b(?:aan|achter)\b.{0,10}\b(?:leven|mezelf)\b",
        r"\b(?:er|eraan|daar|om\s+er)\b.{0,10}\been?\s+eind\w*\s+(?:aan|maken)\b(?!.{0,25}\b(?:contract|stage|opleiding|overeenkomst))",
        r"\b(?:maa?k\w*|maken)\b.{0,20}\b(?:eind\w*)\s+(?:er)?aan\b(?!.{0,25}\b(?:contract|stage|opleiding|overeenkomst|het\s+jaar))",
        r"\b(?:uit|van)\s+(?:het|t|dit|deze|die)\s+(?:leven|wereld|aarde)\b.{0,15}\b(?:stap\w*|af|weg)?",
        r"\bstap\w*\b.{0,12}\b(?:eruit|er\s+uit|er\s+echt\s+uit|uit\s+(?:het|t|dit)\s+leven)\b(?=.{0,40}\b(?:alles|vannacht|vanavond|leven|voorgoed|sorry)|\s*$)",
        r"\b(?:eruit|er\s+uit|er\s+echt\s+uit)\s+(?:te\s+)?(?:stap\w*)\b(?!.{0,20}\b(?:studentenraad|raad|opleiding|stage))",
        rf"\b{_SELF}\b.{{0,15}}\b(?:ombrengen|van\s+kant|dood\s?maken|dood|om\s+het\s+leven|doden)\b", r"\bvan\s+kant\s+maken\b(?!.{0,10}\bzo\b)",
        r"\bmaak\s+mezelf\s+(?:dood|af|van)\b",
        r"\b(?:nooit|niet)\s+(?:meer\s+|mr\s+)?wakker\b", r"\bniet\s+wakker\s+word", r"\bnooit\s+meer\s+wakke\w*",
        r"\bvoor\s+altijd\b.{0,20}\b(?:slapen|rust|weg)\b", r"\b(?:slapen|slape|rust|weg)\b.{0,15}\b(?:voor\s+altijd|voorgoed|eeuwig)\b", r"\beeuwig\s+slapen\b",
        r"\b(?:alles|het)\s+stopt\b.{0,5}\bvoorgoed\b", r"\bwil\b.{0,20}\b(?:ophoudt|stopt)\b.{0,15}\b(?:alles|voorgoed|ook\s+ik)",
        r"\b(?:geen|nergens)\s+(?:andere\s+|enkele\s+)?uitweg\b", r"\benig\w*\s+(?:uitweg|oplossing)\b",
        r"\bleef\b.{0,15}\b(?:toch\s+)?niet\s+(?:lang\s+)?meer\b", r"\b(?:ben|was)\s+ik\s+(?:er\s+)?(?:dan\s+)?(?:al\s+)?dood\b",
        r"\bals\s+ik\s+(?:straks\s+|ooit\s+)?(?:dood\s?ga|dood\s+ben|overlijd|doodging|sterf)\b(?!\s+van)", r"\bals\s+ik\s+(?:weg|dood)\s+ben\b.{0,40}\b(?:moet|mag|zorg|krijgt)",
        r"\bnet\s+zo\s+goed\s+dood\b", r"\b(?:al\s+dood|dood)\b.{0,10}\b(?:vanbinnen|van\s+binnen)\b(?!.{0,20}\b(?:powerpoint|door\s+al))",
        r"\bvan\s+binnen\b.{0,15}\b(?:al\s+)?(?:dood|weg)\b(?!.{0,20}powerpoint)", r"\bnaar\s+(?:hem|haar)\s+toe\b.{0,30}\b(?:overleden|dood)", r"\b(?:overleden|dood)\b.{0,30}\bwil\s+naar\s+(?:hem|haar)\b",
        r"\b(?:spijt|mis\w*|merk\w*|huil\w*)\b.{0,25}\bals\s+ik\b.{0,10}\b(?:dood|verdwijn|er\s+niet)",
    ],
    "not be here": [
        r"\b(?:er|hier)\s+(?:straks\s+|dan\s+|morgen\s+|gewoon\s+|liever\s+)?(?:niet|nie|ni)\s+meer\s+(?:te\s+|wil\s+|wilt\s+|willen\s+)?(?:zijn|te\s+zijn|wezen)\b",
        r"\b(?:er|hier)\s+(?:niet|nie)\s+meer\s+(?:ben|was|moeten\s+zijn)\b(?!.{0,40}\b(?:op\s+school|les|vakantie|rooster|ander\s+roc|tandarts|laptop|op\s+deze\s+school))",
        r"\b(?:er|hier)\b.{0,18}\b(?:niet|nie)\s+meer\s+(?:had\s+)?(?:wil|te|hoef|hoeven|moeten)\s+(?:te\s+)?zijn\b",
        r"\ber\s+(?:nog\s+wel\s+|nog\s+)?(?:wil|moet)\s+zijn\b(?=.{0,5}$)",
        r"\b(?:ben|bn)\s+(?:ik\s+)?er\s+(?:na\s+\w+\s+\w+\s+|volgende\s+\w+\s+|straks\s+|morgen\s+|toch\s+)*(?:toch\s+)?(?:niet|nie)\s+meer\b(?!.{0,40}\b(?:op\s+school|les|vakantie|ander|ga\s+naar|school))",
        r"\bverdwijnen\b.{0,25}\b(?:nooit|wereld|voorgoed|voor\s+altijd|alles)", r"\bop\s+deze\s+(?:\w+\s+)?(?:wereld|aarde)\b",
        r"\b(?:zonder\s+mij|als\s+ik\s+(?:er\s+niet|weg)\b).{0,25}\b(?:beter|fijn\w*|minder|af|opluchting)\b", r"\b(?:beter|fijn\w*|minder\s+zorgen|beter\s+af|opluchting)\b.{0,25}\b(?:zonder\s+mij|als\s+ik\s+(?:er\s+niet|weg\s+ben|ga\b))",
        r"\b(?:beter|best)\s+dat\s+ik\s+(?:ga|verdwijn|weg\s+ben)\b",
        r"\bniemand\b.{0,25}\b(?:mist|missen|merkt|huilt|huilen|doorhebben)\b(?!.{0,40}\b(?:les|uur|uurtje|toets|school|skip))",
        r"\b(?:last|blok\s+aan)\b.{0,25}\b(?:voor|van|been)\b.{0,15}\b(?:iedereen|familie|ouders)\b", r"\biedereen\s+tot\s+last\b", r"\b(?:ik\s+ben|ben)\s+een\s+last\b",
        r"\b(?:vaarwel|afscheidsbrie\w*|afscheidsbericht\w*)\b(?!.{0,25}\b(?:docent|collega|klas))", r"\bafscheid\b.{0,30}\b(?:van\s+(?:jullie|iedereen|alles)|genomen|alleen\s+nog)", r"\b(?:bericht|dit)\s+(?:is|was)\s+(?:het\s+dan\s+|mijn\s+|mn\s+)?(?:laatste|afscheid|voor\s+mij)",
        r"\b(?:laatste)\s+(?:bericht|week|dag|avond|nacht)\b(?=.{0,12}$)", r"\bsorry\s+voor\s+alles\b", r"\bgoodbye\b",
        r"\b(?:brief|briefje|briefjes)\b.{0,25}\b(?:ligt|ouders|klaar)\b(?=.*\b(?:klaar|ouders|straks)\b)", r"\bwachtwoorden\b.{0,50}\b(?:vinden|ouders|straks)",
        r"\bjullie\s+zien\s+m(?:e|ij)\s+nooit\b", r"\bkom\s+(?:nooit|niet)\s+(?:meer\s+)?terug\b(?!.{0,20}\b(?:stage|school|bedrijf))",
        r"\b(?:besloten|datum|klaar)\b.{0,15}\b(?:te\s+gaan|gekozen|gelegd|er\s+niet\s+meer)", r"\b(?:vanavond|vannacht|vandaag|weekend)\b.{0,10}\b(?:doen|gaan\s+doen)\b.{0,25}\b(?:niemand|tegen)", r"\bga\s+het\s+(?:\w+\s+)?(?:doen|echt\s+doen)\b(?=.{0,12}$|.{0,30}\b(?:niemand|weekend|vanavond|vannacht))",
        r"\b(?:mijn|een|n|zijn|haar)\s+poging\b(?!.{0,25}\b(?:examen|toets|herkans|rekenen|engels|nederlands))(?=.{0,40}\b(?:gedaan|mislukt|zomer|weer|school|dokter))", r"\bpoging\s+gedaan\b(?!.{0,25}\b(?:examen|toets|herkans|rekenen))", r"\bna\s+een\s+poging\b",
        r"\bhet\s+(?:hoeft|is)\b.{0,12}\bvoor\s+mij\b.{0,6}\b(?:niet\s+meer|klaar|te\s+laat)\b", r"\bhoeft\s+(?:voor\s+mij\s+|allemaal\s+|van\s+mij\s+|echt\s+)+niet\s+meer\b", r"\bklaar\s+met\s+(?:mij|het\s+leven|leven)\b(?!\s+zonder)",
        r"\bgeef\s+niks\s+meer\s+om\b", r"\bvan\s+mezelf\s+af\b", r"\btussenuit\s+kn[ie]+p", r"\bniet\s+meer\s+(?:zitten|verder)\b.{0,25}\b(?:leven|te\s+leven)\b", r"\b(?:ongeluk|auto|verongeluk\w*|hart)\b.{0,45}\b(?:voorbij|ophoudt|prima|best|mooi\s+geweest|maakt\s+niet)\b",
        r"\bleef\s+ik\s+eigenlijk\b", r"\bbegrafenis\b.{0,15}\bin\s+mijn\s+hoofd\b|\bop\s+mijn\s+begrafenis\b|\bmijn\s+begrafenis\b",
    ],
    "hurts oneself": [
        rf"\b{_SELF}\b.{{0,25}}\b(?:iets|wat|dingen|pijn)\b.{{0,12}}\b(?:aan|doe|doen|gedaan|ga)", rf"\b(?:doe|doen|deed|doet|gedaan|ga)\b.{{0,10}}\b{_SELF}\b.{{0,20}}\b(?:pijn|iets|wat|dingen)\b(?!.{{0,25}}\b(?:tillen|val|stage\b.{{0,10}}verzekerd))",
        rf"\b{_SELF}\b.{{0,12}}\b(?:snij\w*|verwond\w*|beschadig\w*|straf\w*|gesneden|sla)\b(?!.{{0,6}}\bkop)", rf"\b(?:snij\w*|snee\w*|verwond\w*|beschadig\w*|straf|sla|haat)\b.{{0,10}}\b{_SELF}\b(?!.{{0,6}}\b(?:voor|kop))",
        r"\bautomutil\w*", r"\bzelfbeschadig\w*", r"\b(?:sneeen|littekens|krassen|wonden|wondjes)\b.{0,40}\b(?:arm\w*|mezelf|zelf|snijden|gemaakt)", r"\bsnijden\s+(?:geeft|helpt)\b", r"\bbegonnen\s+met\s+snijden\b", r"^\W*ik\s+snij\W*$", r"\bheb\s+me\s+(?:weer|zelf)\s+gesneden\b",
        r"\b(?:straf|haat|kapot)\b.{0,15}\b(?:lichaam|lijf)\b", r"\b(?:lichaam|lijf)\b.{0,30}\b(?:ontgelden|straf\w*|bloedens)\b", r"\b(?:mijn|mn)\s+armen\s+(?:pijn|kapot|open)\b", r"\boverdosis\b",
        r"\bzelf\s+(?:iets\s+)?(?:gedaan|aangedaan)\b.{0,30}\b(?:gewond|bloed|bang)|\b(?:gewond|bloed)\b.{0,30}\bzelf\s+gedaan\b", r"\biets\s+(?:doms|onherstelbaars)\b(?=.*\b(?:doen|raar|alleen)\b)",
        r"\bvertrouw\s+mezelf\s+niet\b", r"\bbang\b.{0,12}\bvoor\s+(?:mezelf|mijn\s+eigen\s+gedachten|wat\s+ik\s+mezelf)\b", r"\b(?:niet\s+veilig\s+bij\s+mezelf)\b", r"\bstem(?:men)?\b.{0,30}\b(?:zegt|zeggen|hoofd)\b(?!.{0,20}\b(?:raad|verkiezing))",
    ],
    "is hurt by others": [
        rf"\b{_SOMEONE}\b.{{0,40}}\b(?:slaat|sloeg|slaan|schopt|schoppen|mishandel\w*|wurgt|knijpt|misbruikt\w*|steekt|aanvalt|verkracht\w*|randt|duwde|opsluit|bepotelt)\b.{{0,18}}\b{_ME}\b(?!\s+(?:steil|voor|op\s+(?:me|mijn)\s+schouder|aan\s+als|om\s+de\s+oren|nergens))",
        rf"\b{_ME}\b.{{0,35}}\b(?:slaat|sloeg|slaan|geslagen|geschopt|getrapt|mishandel\w*|misbruikt|aangerand|verkracht|aangevallen|bedreigd|gewurgd|opgesloten|neer\w*|gestoken)\b(?!\s+(?:van|door\s+(?:stress|toets)|op\s+(?:me|mijn)\s+schouder))",
        r"\b(?:word|wordt|werd|ben|is|zijn)\b.{0,25}\b(?:geslagen|geschopt|mishandeld|misbruikt|aangerand|verkracht|bedreigd|neergestoken|gestalkt|uitgehuwelijkt|opgesloten|vastgehouden|gedwongen|achtervolgd|gechanteerd|afgeperst|verhandeld|aangevallen|beroofd)\b(?!.{0,20}\b(?:door\s+het\s+examen|bij\s+loting|te\s+tekenen|te\s+betalen|om\s+te\s+(?:tekenen|betalen|kopen)))",
        r"\b(?:vergrijp\w*|vergrepen|aanrand\w*|aangerand|verkracht\w*|incest|loverboy)\b", r"\bhuiselijk\s+geweld\b(?=.{0,40}\b(?:thuis|bij\s+mij|bij\s+ons|zit|midden|ik))", r"\bin\s+elkaar\s+(?:geslagen|getrapt|slaan|geramd)\b", r"\b(?:verrot|kapot|bewusteloos|dood)\s+(?:ge)?(?:slagen|slaan|slaat|schopt|geschopt)\b",
        r"\b(?:slaat|slaan|maakt|schopt|trapt)\b.{0,15}\b(?:me|mij|mn)\b.{0,15}\b(?:dood|verrot|kapot|het\s+ziekenhuis)\b(?!.{0,30}\b(?:haha|lol))",
        r"\b(?:klappen|riem|blauw\s+oog|blauwe\s+plekken|losse\s+handen|keel\b.{0,12}\b(?:dicht|geknepen)|alle\s+hoeken)\b(?=.*\b(?:thuis|pa|vader|moeder|vriend|broer|stage|gegeven|krijg|hij|me|zijn|dicht\w*|keel)\b)(?!.{0,20}\bexamen)", r"\bklap\s+in\s+mijn\s+gezicht\s+van\s+(?:de\s+|mijn\s+)?(?:chef|baas|vader|moeder|docent)",
        rf"\b(?:{_KIN}|{_WORK}|man|opa|hij)\b.{{0,35}}\b(?:zit\s+(?:\w+\s+){{0,3}}(?:aan|overal)|komt\s+aan|raakt?\w*|betast\w*|kruipt|bij\s+mij\s+(?:in\s+bed|komt)|in\s+mijn\s+kamer|in\s+mn\s+kamer|in\s+bed)\b(?=.{{0,25}}\b(?:me|mij|aan|bed|kleren|komt|kamer|snachts|nacht|kruis|woont)\b)",
        r"\b(?:zit|zat|zitten)\s+(?:overal\s+)?aan\s+(?:me|mij|mn|mijn)\b(?!.{0,6}\b(?:bureau|tafel))", r"\b(?:betast|bepotel\w*|misbruik\w*)\b(?=.{0,40}\b(?:me|mij|ik|door|ben|mijn)\b|.{0,30}$)", r"\b(?:ik|mijn|me|mij|ben|door)\b.{0,30}\b(?:misbruik\w*)\b",
        r"\b(?:seks|naaktfoto\w*|naaktfilm\w*|sexueel|seksueel)\b(?=.*\b(?:gedwongen|dwing\w*|wil|ruil|dreig\w*|online|chant\w*|misbruik\w*|verspreid\w*|betalen|niet\s+kom|bang)\b)(?!.{0,40}\b(?:docu|casus|verslag|les\s+over))", r"\biets\s+in\s+(?:mijn|mn)\s+drank", r"\bging\s+(?:gewoon\s+)?door\s+terwijl\b", r"\bgedwongen\b.{0,15}\b(?:tot\s+(?:dingen|seks)|om\s+aan|huwelijk|te\s+trouwen|trouwen)",
        r"\b(?:moet|moeten|dwing\w*|verplicht|willen)\b.{0,35}\btrouwen\b(?=.{0,40}\b(?:niet|geen|weg|ken|durf|man|neef|help|vermoorden)\b|.{0,3}$)", r"\btrouwen\b.{0,40}\b(?:wil\s+(?:ik\s+)?niet|ken\s+ik\s+niet|niet\s+ken|niet\s+wil|kan\s+niet\s+weigeren)\b", r"\b(?:uithuwelijk\w*|uitgehuwelijkt|eerwraak|besnijden)\b", r"\b(?:paspoort|simkaart|telefoon)\b.{0,30}\b(?:afgepakt|van\s+me|heeft\s+mijn)\b(?=.*\b(?:ouders|man|verloofde|baas|werkgever|huis)\b)", r"\b(?:man|werkgever|baas|hij|ze)\b.{0,25}\bheeft\s+(?:mijn|mn)\s+paspoort\b", r"\bterugsturen\s+naar\s+het\s+land\b", r"\b(?:eer\s+van\s+de\s+familie|familie\s+te\s+schande)\b",
        r"\b(?:sluit|sluiten|zit|zat|sloot)\b.{0,20}\b(?:op|opgesloten|vast)\b(?=.{0,30}\b(?:kamer|zolder|huis|wc|magazijn|hotel|badkamer|man|mijn\s+vriend|me\s+op)\b)(?!.{0,20}\b(?:module|systeem|magister))", r"\bvast\s+in\s+een\s+(?:hotel|huis|kamer)\b", r"\bmag\b.{0,25}\b(?:het\s+huis|niet\s+(?:meer\s+)?(?:naar\s+)?buiten|niet\s+weg)\b(?=.*\b(?:van\s+mijn|broers|man|vriend|niet\s+uit|jongens)\b)", r"\blaat\s+me\s+niet\s+(?:gaan|naar\s+buiten)\b|\blaten\s+me\s+niet\s+gaan\b",
        r"\b(?:niet|onveilig|nergens)\b.{0,12}\bveilig\b.{0,15}\b(?:thuis|ben|waar\s+ik)\b|\bthuis\b.{0,20}\b(?:niet\s+(?:meer\s+)?veilig|onveilig|te\s+gevaarlijk)\b|\bveilig\s+(?:kan\s+)?slapen\b", r"\b(?:durf|bang)\b.{0,20}\b(?:naar\s+huis|terug\s+naar\s+huis)\b", r"\bbang\s+(?:voor|thuis)\b.{0,6}\b(?:mijn|mn|me|thuis|hij)?\s*(?:vader|moeder|stief\w+|broers?|vriend|man|pa|ex|hij|heeft)\b", r"\bweg\s?gelopen\b(?!.{0,20}\b(?:les|klas|stage|toets))", r"\bloop\b.{0,12}\bweg\b.{0,20}\b(?:kan\s+daar|vanavond)", r"\b(?:op\s+straat\s+(?:gezet|geslapen)|slaap\b.{0,20}\b(?:op\s+straat|buiten|portiek|schuur)|geen\s+veilige\s+plek)\b", r"\bgeen\s+eten\b(?=.*\b(?:stiefmoeder|moeder|vader|koelkast|thuis|keuken)\b)",
        r"\bmet\s+mannen\b.{0,25}\b(?:geld|afspreken|seks)|\bprostitutie\b|\bmet\s+zijn\s+vrienden\s+naar\s+bed\b|\bmet\s+mijn\s+lichaam\b",
    ],
    "weapons and threats": [
        r"\b(?:heeft|had|met|trok|getrokken|zag|loopt|staat|liet|trekt|ziet)\b.{0,40}\b(?:een\s+mes|messen|pistool|vuurwapen|wapen|knuppels?|bijl|bom|geweer)\b(?!.{0,30}\b(?:les|oefen\w*|opleiding|leren|koks\w*|toneel))(?=.*\b(?:school|klas|kantine|tas|me|mij|iemand|hij|jongen|man|gang|plein|wacht\w*|zoeken|gezien|trok|dreig\w*|zich)\b)", r"\b(?:wapen|wapens|mes|pistool|bom)\b.{0,15}\b(?:op\s+school|in\s+(?:de\s+)?(?:klas|kluisjes|zijn\s+tas|zn\s+tas)|getrokken|bij\s+zich)\b(?!.{0,15}\b(?:uitgelegd|les))",
        r"\b(?:dreig\w*|bedreig\w*)\b.{0,50}\b(?:dood\w*|moord\w*|mes|schaar|slaan|steken|neer|langs|iets\s+aan|wapen|aanslag|pistool|komen|naaktfoto\w*|vermoord\w*)\b", r"\b(?:met\s+de\s+dood\s+bedreigd|doodsbedreiging\w*)\b", r"\b(?:neer\s?(?:steken|schieten|gestoken|geschoten|steekt)|doodsteken|opblazen|schietpartij|geschoten)\b(?!.{0,30}\b(?:game|les|film|toneel|opleiding|scenario))(?<!game )", r"\b(?:gaat|ga|gaan|wil|willen|zou)\b.{0,18}\b(?:me|mij|hem|haar|iemand|iedereen|ons)\b.{0,12}\b(?:vermoorden|doden|dood\s?maken|afmaken|steken|neersteken|neerschieten|rippen)\b(?!.{0,40}\b(?:haha|lol|xd|printer|als\s+ik\s+(?:weer\s+)?te\s+laat))",
        r"\b(?:me|mij|ons|hem)\b.{0,15}\b(?:vermoordt|afmaakt|doodmaakt)\b(?!.{0,50}\b(?:haha|lol|xd|te\s+laat|cijfers|gespijbeld|hoort))", r"\b(?:ik|k)\s+(?:ga|vermoord)\b.{0,15}\b(?:hem|haar|iemand|die\s+(?:docent|vent))\b.{0,15}\b(?:vermoorden|echt|wat\s+aan|iets\s+aan|doden)\b", r"\b(?:iemand|docent|vader|moeder|hem|haar|kinderen)\b.{0,15}\b(?:wat|iets)\s+(?:aan\s?(?:te\s+)?doen|aandoe|aandoen|aandoet)\b", r"\bsla\s+ik\s+(?:hem|haar)\s+dood\b", r"\bfamilie\s+wil\s+me\s+(?:doden|vermoorden)\b",
        r"\b(?:wacht\w*|opgewacht|staan|staat)\b.{0,12}\b(?:me|mij)\b.{0,30}\b(?:op|mes\w*|na\s+school|met)\b(?=.*\b(?:mes|messen|groep|school|bang|slaan|met)\b)(?!.{0,20}\b(?:feedback|cijfer))", r"\b(?:staat|staan)\b.{0,25}\b(?:voor\s+(?:mijn|de|onze|mn)\s+(?:huis|deur|school))\b(?=.*\b(?:groep|ex|ze|hij|knuppels|binnen|mijn\s+huis)\b)", r"\b(?:hij|ze)\s+(?:is\s+binnen|komt\s+(?:eraan|naar\s+boven)|staat\s+naast\s+me)\b", r"\b(?:zitten|loopt|zit)\b.{0,12}\bachter\s+me\s+aan\b|\bachtervolg\w*", r"\bverstop\w*\b.{0,20}\b(?:voor|bibliotheek|wc|schuur|me)\b(?=.*\b(?:vader|ze|hij|achtervolgd|zoek\w*|me)\b)", r"\bniet\s+meer\s+over\s+straat\b", r"\bleven\s+niet\s+zeker\b|\bvrees\s+voor\s+mijn\s+leven\b|\ber\s+geweest\s+ben\b", r"\bschulden\s+bij\s+gasten\b|\bschieten\s+ze\b",
        r"\bbel\s+(?:de\s+politie|112|een\s+ambulance)\b(?!.{0,20}\b(?:bij|oefening))", r"^\W*(?:112|help\s+me\w*|help|help\s+help\w*|noodgeval|dit\s+is\s+een\s+noodgeval|spoed)\W*$", r"\b(?:help|spoed|ben)\b.{0,12}\b(?:in\s+gevaar|word\s+aangevallen|me\s+nu|mij\s+nu|nu\s+alsjeblieft)\b", r"\bacute?\s+(?:nood|gevaar|hulp)\b", r"\b(?:nu\s+)?(?:meteen|direct)\s+hulp\s+nodig\b", r"\bhelp\s+me\s+alsjeblieft\b(?=.*\b(?:hij|ze|bang|komt)\b)|\bmoet\s+me\s+nu\s+helpen\b",
        r"\b(?:bewusteloos|bloedt\s+(?:heel\s+)?erg|bloed\s+erg|reageert\s+niet\s+meer)\b(?=.*\b(?:iemand|ligt|vriend\w*|lokaal|wc|afscheid|zichzelf)\b)", r"\bliever\s+dood\b(?!.{0,10}\b(?:dan\s+in\s+die\s+kleren))", r"\boverleef\b.{0,15}\b(?:niet|het\s+niet)\b(?=.*\b(?:vannacht|bang|trein|huis)\b)",
    ],
    "in another language": [
        r"\b(?:kill(?:ing)?|hurt|cut|harm)\s+(?:myself|herself|himself)\b", r"\b(?:want|wants|wish|going|rather)\b.{0,12}\b(?:to\s+die|be\s+dead|i\s+was\s+dead|end\s+(?:it|my\s+life))\b", r"\b(?:don'?t|do\s+not|cant|can'?t)\b.{0,10}\b(?:want\s+to\s+)?(?:live|be\s+alive|go\s+on\s+living)\b.{0,12}", r"\bsuicid\w*", r"\b(?:hits?|beats?|raped?|touches|abus\w+|threaten\w*)\b.{0,12}\b(?:me|by)\b|\bbeing\s+abused\b", r"\b(?:going\s+to|will|threatens\s+to|threaten\s+to|says\s+he\s+will)\s+(?:kill|stab|shoot)\b.{0,6}(?:me|us)?", r"\b(?:has|with)\s+a\s+(?:gun|knife)\b", r"\bin\s+danger\b|\bnot\s+safe\s+at\s+home\b|\bscared\s+to\s+go\s+home\b|\bran\s+away\s+from\s+home\b|\bforce\s+me\s+to\s+marry\b|\bget\s+married\b(?=.*\babroad\b|.*\bfamily\b)", r"\bmiss\s+me\s+if\s+i\b|\bend\s+it\s+all\b",
        r"\bnicht\s+mehr\s+leben\b|\bich\s+will\s+sterben\b|\bveux\s+mourir\b|\bquiero\s+morir\b|\bumrzec\b|\bnie\s+chce\s+(?:juz\s+)?zyc\b|\bolmek\s+istiyorum\b|\byasamak\s+istemiyorum\b|\bmi\s+ke\s+muri\b|\bvreau\s+sa\s+mor\b|أريد أن أموت|لا أريد أن أعيش|хочу умереть|не хочу (?:больше )?жить|хочу померти|не хочу жити",
    ],
}  # fmt: skip
"""Kind of danger -> patterns, on text without accents and in lower case (`_plain`)."""

_TASK = re.compile(
    r"\b(?:verslag|werkstuk|presentatie|essay|opdracht|lesboek|boekverslag|podcast|poster|casus|module|keuzedeel|"
    r"protocol|meldcode|documentaire|toneel\w*|rollenspel|gastles|lezing|training|workshop|cursus|preventie|\w+preventie|"
    r"examenvraag|rol\s+weigeren|rap|gedicht|roman|film|voorlichting|les\s+over|lessen?\s+over|leren\s+(?:we|ze|wij|omgaan)|"
    r"leerdoel\w*|oefen\w*|onderzoek|thema|simulatie|acteur|essays?|scenario|misdaadverhaal|debat|behandelen|profielwerk|"
    r"gamedesign|game|portfolio|reflectie|stage\s+bij|client\w*|in\s+de\s+les|(?:leren|geleerd)\s+(?:\w+\s+)?(?:hoe|wat)|"
    r"signaleren|signalen|essay|write\s+an|interviewen?)\b"
)
"""Schoolwork about the subject. Takes out what is said about others or in general, not what is said of oneself."""

_EVERYDAY = re.compile(
    r"\b(?:haha+\w*|lol|xd|hihi|grapje|sarcasme|bedoelde|uitdrukking|even\s+serieus)\b|"
    r"\b(?:laptop|telefoon|accu|wifi|printer|account|fiets|motivatie|contract|stageovereenkomst|studentenraad|boredom|"
    r"timetable|exam|rooster|vakantie|kantine|teacher)\b|"
    r"\bdood\s?(?:moe|saai|stil|op|ziek|leuk|normaal|lachen|geschrokken|schrik)\w*|\bdood\s+(?:van\s+(?:de\s+|het\s+)?\w+|om\s+die|aan)\b"
)
"""Things that die in sayings, and laughter."""

_EARNEST = re.compile(
    r"\b(?:geen\s+(?:grap\w*|geintje)|meen\s+(?:dit|dat|het|t|ik)|echt\s+waar|egt\s+waar|overdrijf\s+niet|ikzelf|"
    r"zelf\s+(?:wil|niet)|ik\s+zelf|voor\s+mezelf|eigenlijk\s+wil\s+ik)\b"
)
"""Says that it is no joke and no schoolwork; then nothing is taken out."""

_NET = [re.compile(pattern) for patterns in _DANGER.values() for pattern in patterns]
_STRETCHED = re.compile(r"(.)\1{2,}")


def _plain(text: str) -> str:
    """Lower case, without accents and stretched letters; signs become spaces, except the apostrophe."""
    lowered = unicodedata.normalize("NFKD", text.lower().replace("’", "'").replace("`", "'"))
    bare = "".join(character for character in lowered if not unicodedata.combining(character))
    spaced = re.sub(r"\bm'?n\b|\bmn'", "mn", _STRETCHED.sub(r"\1\1", bare))
    return " ".join(re.sub(r"[^\w' ]+", " ", spaced).replace("'t ", "het ").split())


def is_crisis(text: str) -> bool:
    """Whether ``text`` of a student holds words that ask for help now."""
    plain = _plain(text)
    if not any(pattern.search(plain) for pattern in _NET):
        return False
    if _EARNEST.search(plain):
        return True
    return not (_TASK.search(plain) or _EVERYDAY.search(plain))
