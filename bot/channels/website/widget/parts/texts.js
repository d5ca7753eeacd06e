/** Everything the widget itself says. What the chatbot says comes from the server. */
export const T = {
  title: "Chat met JOB",
  close: "Chat sluiten",
  menu: "Menu",
  log: "Berichten",
  input: "Je bericht",
  placeholder: "Typ je vraag…",
  send: "Verstuur",
  disclosure: "Dit is een chatbot (computer). Geen juridisch advies.",

  unread: (n) => (n === 1 ? "1 nieuw bericht" : `${n} nieuwe berichten`),
  toNewest: "Nieuw bericht",

  bot: "Chatbot van JOB",
  human: (name) => (name ? `${name} van JOB` : "Iemand van JOB"),
  humanTag: "mens",
  you: "Jij",
  system: "Melding",
  says: (who, text) => `${who}: ${text}`,
  choices: (titles) => `Je kunt kiezen: ${titles.join(", ")}.`,

  state: {
    bot: () => "Je praat met de chatbot van JOB",
    queue: () => "Iemand van JOB leest mee zodra het kan. Je staat in de wacht",
    human: (name) => (name ? `Je praat nu met ${name} van JOB` : "Je praat nu met iemand van JOB"),
    closed: () => "Gesprek gesloten",
  },
  newConversation: "Nieuw gesprek beginnen",
  typing: { bot: "De chatbot typt", human: "JOB typt" },

  sending: "Wordt verstuurd…",
  sent: "Verstuurd",
  failed: "Niet verstuurd",
  waiting: "Wordt zo verstuurd",
  retry: "Opnieuw proberen",
  edit: "Aanpassen",

  left: (n) => (n === 1 ? "Nog 1 teken" : `Nog ${n} tekens`),
  over: (n) => (n === 1 ? "1 teken te veel. Maak je bericht korter." : `${n} tekens te veel. Maak je bericht korter.`),

  offline: "Je hebt geen internet. Wat je typt, gaat vanzelf weg als je weer verbinding hebt.",
  reconnecting: "De verbinding is weg. We proberen het opnieuw.",
  busy: (n) => `Dat ging even snel. Wacht ${n === 1 ? "1 seconde" : `${n} seconden`}, dan gaat het vanzelf verder.`,
  expired: "Je vorige gesprek is verlopen of gewist. Dit is een nieuw gesprek.",
  erased: "Je gesprek is gewist. Typ een bericht als je opnieuw wilt beginnen.",
  eraseFailed: "Wissen is niet gelukt. Je gesprek staat er nog. Probeer het zo nog een keer.",
  refused: "Dit bericht kan niet worden verstuurd.",
  unreachable: "De chat van JOB is nu niet te bereiken.",

  sources: "Bronnen",
  moreSources: (count) => `Nog ${count} bronnen`,
  seen: (date) => `gezien op ${date}`,
  newTab: "(opent in een nieuw tabblad)",
  today: "Vandaag",
  yesterday: "Gisteren",

  askHuman: "Vraag iemand van JOB",
  askHumanText: "ik wil een mens spreken",
  save: "Gesprek opslaan",
  erase: "Gesprek wissen",
  about: "Over deze chat",

  eraseTitle: "Gesprek wissen?",
  eraseText: "Alles in dit gesprek wordt gewist, hier en bij JOB. Dat kun je niet ongedaan maken.",
  eraseYes: "Ja, wis alles",
  cancel: "Annuleren",

  aboutText: [
    "Je praat met een chatbot: een computer die antwoordt met teksten van JOB. De chatbot kan zich vergissen, " +
      "en een antwoord is geen juridisch advies. Je kunt altijd iemand van JOB vragen, een bestuurslid.",
    "Vertel niet meer dan nodig is. Je naam, adres of burgerservicenummer (bsn) is niet nodig voor een antwoord.",
    "Deze browser bewaart een sleutel van je gesprek, zodat het er nog staat als je terugkomt. " +
      "Is dit een computer van school of van iemand anders? Wis je gesprek dan als je klaar bent.",
  ],
  privacy: "Lees hoe JOB met je gegevens omgaat",
  ok: "Sluiten",

  saveTitle: "Gesprek met de helpdesk van JOB",
  saveDate: (when) => `Opgeslagen op ${when}`,
};
