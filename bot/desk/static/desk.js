// What the desk does in the browser beside htmx: drafts that are never lost, scrolling, focus, shortcuts.
"use strict";

const $ = (selector, root = document) => root.querySelector(selector);
const DRAFT = "job-desk-draft:";

// --- Drafts: a typed reply outlives a reload, a lost connection and an ended login. ---

function draftKey(area) { return DRAFT + area.dataset.draft; }

function readDraft(area) {
  try { return JSON.parse(localStorage.getItem(draftKey(area)) || "null"); } catch { return null; }
}

function saveDraft(area) {
  const id = area.form.elements.client_message_id;
  try {
    if (area.value) {
      // The id goes along: a reply that did arrive while its answer was lost is not said twice.
      localStorage.setItem(draftKey(area), JSON.stringify({ text: area.value, id: id ? id.value : "" }));
    } else {
      localStorage.removeItem(draftKey(area));
    }
  } catch { /* No storage: the text still stands in the field. */ }
}

function restoreDraft(area) {
  if (area.value) return;
  const draft = readDraft(area);
  if (!draft || !draft.text) return;
  area.value = draft.text;
  const id = area.form.elements.client_message_id;
  if (id && draft.id) id.value = draft.id;
  say("Je eerdere tekst staat er nog.");
}

function say(text) {
  const place = $("#draft-state");
  if (place) place.textContent = text;
}

document.addEventListener("input", (event) => {
  if (event.target.matches("[data-draft]")) {
    saveDraft(event.target);
    say(navigator.onLine ? "" : "Geen verbinding. Je tekst is bewaard in deze browser.");
  }
});

document.addEventListener("desk-replied", () => {
  const area = $("[data-draft]");
  if (!area) return;
  localStorage.removeItem(draftKey(area));
  area.value = "";
  document.body.dataset.replied = "1";
});

// A refresh that was asked for before a take-over may bring the actions that are on the screen already: somebody may be
// typing in them by now.
document.addEventListener("htmx:oobBeforeSwap", (event) => {
  const { target, fragment } = event.detail;
  const fresh = fragment.querySelector("[data-known]");
  if (target.id === "actions" && fresh && fresh.dataset.known === target.dataset.known) event.preventDefault();
});

document.addEventListener("htmx:oobAfterSwap", () => {
  for (const area of document.querySelectorAll("[data-draft]")) restoreDraft(area);
});

// While a reply is on its way its field waits, so that nothing is typed into a field that is about to be emptied.
document.addEventListener("htmx:beforeRequest", (event) => {
  if (event.target.id === "reply-form") $("#reply").readOnly = true;
});
document.addEventListener("htmx:afterRequest", (event) => {
  if (event.target.id === "reply-form" && $("#reply")) $("#reply").readOnly = false;
});

// A note, label or date was saved: its form is empty again. Also here nothing is cleared before the answer came.
document.addEventListener("desk-saved", (event) => {
  const form = event.target.closest("form");
  if (form) form.reset();
});

// --- Connection ---

function connection(state, text) {
  const place = $("#connection");
  if (!place || place.dataset.state === state) return;
  place.dataset.state = state;
  place.textContent = text;
}

document.addEventListener("htmx:sseOpen", () => connection("ok", ""));
document.addEventListener("htmx:sseError", () => connection("lost", "Geen verbinding. We proberen het opnieuw."));
document.addEventListener("htmx:sendError", (event) => {
  if (event.detail.requestConfig.verb === "get") return;
  say("Niet verstuurd: geen verbinding. Je tekst is bewaard. Probeer het zo opnieuw.");
  connection("lost", "Geen verbinding. We proberen het opnieuw.");
});
document.addEventListener("htmx:timeout", () => say("Dit duurt lang. Je tekst is bewaard. Probeer het opnieuw."));
window.addEventListener("offline", () => connection("lost", "Geen verbinding. We proberen het opnieuw."));
window.addEventListener("online", () => { connection("ok", ""); say(""); });

// --- Transcript: stay at the end if you were there; say which message was seen. ---

let atEnd = true;

function toEnd() {
  const list = $("#transcript");
  if (list) list.scrollTop = list.scrollHeight;
}

function seenNow() {
  const seen = $("#seen-now");
  if (!seen) return;
  for (const field of document.querySelectorAll("[data-seen-field]")) {
    // In an open panel somebody is busy with what was there before; a newer message must stop that form.
    if (!field.closest("details[open]")) field.value = seen.dataset.seen;
  }
}

function title() {
  const attention = $("#attention");
  const count = attention ? Number(attention.dataset.count) : 0;
  const plain = document.title.replace(/^\(\d+\) /, "");
  document.title = count ? `(${count}) ${plain}` : plain;
}

// Only who scrolls leaves the end: a look before each swap would take a message that just came in for having scrolled away,
// when two answers of the server come right after each other.
document.addEventListener("scroll", (event) => {
  const list = event.target;
  if (list.id === "transcript") atEnd = list.scrollHeight - list.scrollTop - list.clientHeight < 80;
}, true);

document.addEventListener("htmx:afterSettle", (event) => {
  if (atEnd) toEnd();
  seenNow();
  title();
  for (const area of document.querySelectorAll("[data-draft]")) restoreDraft(area);
  // After an action the eye and the keyboard go where the next step is.
  const verb = event.detail.requestConfig && event.detail.requestConfig.verb;
  if (verb === "post" && event.detail.target && event.detail.target.id === "conversation") {
    const notice = $(".notice");
    const next = notice || $("#reply") || $("#actions button");
    if (next) next.focus();
    if (document.body.dataset.replied) toEnd();
    delete document.body.dataset.replied;
    // The answer to a form is as old as the moment it was made; a refresh that came in between was newer. Look once more.
    if ($("#live")) htmx.trigger("#live", "desk-look-again");
  } else if (verb === "post" && $("#notice .notice")) {
    $("#notice .notice").focus();
  }
});

// --- Menu on a phone ---

document.addEventListener("click", (event) => {
  const button = event.target.closest(".menu-button");
  if (button) {
    const open = $("#menu").classList.toggle("open");
    button.setAttribute("aria-expanded", String(open));
  }
  if (event.target.closest("[data-print]")) window.print();
  const toggle = event.target.closest("[data-toggle]");
  if (toggle) {
    const panel = document.getElementById(toggle.dataset.toggle);
    panel.hidden = !panel.hidden;
    toggle.setAttribute("aria-expanded", String(!panel.hidden));
    const field = panel.hidden ? null : $("input, textarea", panel);
    if (field) field.focus();
  }
  const insert = event.target.closest("[data-insert]");
  if (insert && $("#reply")) {
    const area = $("#reply");
    const text = insert.closest("li").querySelector("[data-insert-text]").textContent.trim();
    area.setRangeText((area.value && !area.value.endsWith("\n") ? "\n\n" : "") + text, area.selectionEnd, area.selectionEnd, "end");
    saveDraft(area);
    $("#insert").hidden = true;
    $("#insert-open").setAttribute("aria-expanded", "false");
    area.focus();
  }
  for (const drop of document.querySelectorAll("details.drop[open]")) {
    if (!drop.contains(event.target)) drop.open = false;
  }
});

// --- Where "back" leads: the list that was last looked at. ---

const listPath = location.pathname + location.search;
try {
  if (listPath.startsWith("/desk/inbox/") || listPath.startsWith("/desk/search")) sessionStorage.setItem("job-desk-list", listPath);
  const back = sessionStorage.getItem("job-desk-list");
  if (back && $("[data-back]")) $("[data-back]").href = back;
} catch { /* No storage: the link leads to the start of the desk. */ }

// --- Shortcuts. One key each, so they can be switched off (WCAG 2.1.4). ---

const OFF = "job-desk-shortcuts-off";
let first = "";

function rows(step) {
  const links = [...document.querySelectorAll(".row-link")];
  if (!links.length) return;
  const now = links.indexOf(document.activeElement);
  links[Math.max(0, Math.min(links.length - 1, now + step))].focus();
}

document.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && event.target.form) {
    event.preventDefault();
    event.target.form.requestSubmit();
    return;
  }
  if (event.key === "Escape") {
    for (const drop of document.querySelectorAll("details.drop[open]")) {
      drop.open = false;
      $("summary", drop).focus();
    }
    if (event.target.matches("#reply")) event.target.blur();
  }
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.matches("input, textarea, select")) return;
  if (localStorage.getItem(OFF)) return;
  const go = { w: "/desk/inbox/waiting", m: "/desk/inbox/mine", u: "/desk/inbox/urgent", z: "/desk/cases", a: "/desk/inbox/all" };
  if (first === "g" && go[event.key]) { first = ""; location.href = go[event.key]; return; }
  first = event.key === "g" ? "g" : "";
  if (event.key === "?") $("#shortcuts") && $("#shortcuts").showModal();
  else if (event.key === "j") rows(1);
  else if (event.key === "k") rows(-1);
  else if (event.key === "t") $("[data-key=t]") && $("[data-key=t]").click();
  else if (event.key === "u" && $("[data-back]")) $("[data-back]").click();
  else if (event.key === "/") {
    event.preventDefault();
    if ($("#search-words")) $("#search-words").focus();
    else location.href = "/desk/search";
  }
  else if (event.key === "r" && $("#reply")) { event.preventDefault(); $("#reply").focus(); }
});

const off = $("#shortcuts-off");
if (off) {
  off.checked = Boolean(localStorage.getItem(OFF));
  off.addEventListener("change", () => (off.checked ? localStorage.setItem(OFF, "1") : localStorage.removeItem(OFF)));
}

// --- Start ---

toEnd();
seenNow();
title();
for (const area of document.querySelectorAll("[data-draft]")) restoreDraft(area);
