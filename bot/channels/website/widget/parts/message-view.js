/** One message -> what stands on the screen. */
import { dayName, dayOf, seenDate, timeOf } from "./dates.js";
import { el, icon, spoken } from "./dom.js";
import { link, renderMarkdown } from "./markdown.js";
import { speaker } from "./transcript.js";
import { T } from "./texts.js";

/** So many sources stand open under an answer. */
const SOURCES_SHOWN = 2;

const AVATAR = { bot: "robot", human: "person" };

/**
 * @param {any} message
 * @param {{onChoice: (button: any) => void, onRetry: () => void, onEdit: (message: any) => void}} actions
 * @returns {HTMLLIElement}
 */
export function messageElement(message, actions) {
  const { author } = message;
  const item = el("li", { class: `message ${author}`, "data-author": author });
  if (author === "system") {
    item.append(el("div", { class: "bubble" }, spoken(`${T.system}: `), renderMarkdown(message.text)));
    return item;
  }
  const bubble = el("div", { class: "bubble" }, body(message), sourceList(message.sources));
  item.append(
    el("div", { class: "who" }, AVATAR[author] && el("span", { class: "avatar" }, icon(AVATAR[author])),
      el("span", { class: "name" }, speaker(message)), author === "human" && el("span", { class: "tag" }, T.humanTag)),
    bubble,
    choices(message.buttons, actions.onChoice) ?? "",
    el("div", { class: "meta" }, el("time", { datetime: message.at }, timeOf(message.at)), el("span", { class: "status" })),
  );
  showStatus(item, message, actions);
  return item;
}

/** What a student typed is shown as it is; only answers have markup. */
function body({ author, text }) {
  if (author !== "student") return renderMarkdown(text);
  return el("p", { class: "plain" }, text);
}

function sourceList(sources) {
  if (!sources?.length) return "";
  const rows = sources.map(({ title, url, seen }) =>
    el("li", {}, (url && link(url, title || undefined)) || title, seen ? el("span", { class: "seen" }, ` ${T.seen(seenDate(seen))}`) : ""),
  );
  const title = el("p", { class: "sources-title" }, T.sources);
  if (rows.length <= SOURCES_SHOWN + 1) return el("div", { class: "sources" }, title, el("ul", {}, ...rows));
  // A phone screen holds the answer; who wants to check it opens the rest.
  const rest = el("details", {}, el("summary", {}, T.moreSources(rows.length - SOURCES_SHOWN)), el("ul", {}, ...rows.slice(SOURCES_SHOWN)));
  return el("div", { class: "sources" }, title, el("ul", {}, ...rows.slice(0, SOURCES_SHOWN)), rest);
}

function choices(buttons, onChoice) {
  if (!buttons?.length) return null;
  const list = buttons.map((button) =>
    el("li", {}, el("button", { type: "button", class: "choice", on: { click: () => onChoice(button) } }, button.title)),
  );
  return el("ul", { class: "choices" }, ...list);
}

/** Sent, on its way, or not; with what the student can do about it. */
export function showStatus(item, message, { onRetry, onEdit }) {
  const place = item.querySelector(".status");
  if (!place) return;
  const { status, error } = message;
  item.dataset.status = status ?? "sent";
  if (status === "refused") {
    place.replaceChildren(
      el("span", { class: "problem" }, `${T.failed}. ${error}`),
      el("button", { type: "button", class: "small", on: { click: () => onEdit(message) } }, T.edit),
    );
  } else if (status === "failed") {
    place.replaceChildren(
      el("span", { class: "problem" }, T.failed),
      el("button", { type: "button", class: "small", on: { click: onRetry } }, T.retry),
    );
  } else {
    place.replaceChildren({ sending: T.sending, waiting: T.waiting, sent: T.sent }[status] ?? "");
  }
}

/** "Vandaag" between the messages. */
export const daySeparator = (at) => el("li", { class: "day", "data-day": dayOf(at) }, el("span", {}, dayName(at)));

/** What a screen reader says when it arrives: without markup, with the choices. */
export function announcement(message) {
  const text = renderMarkdown(message.text).textContent.split(` ${T.newTab}`).join("");
  const titles = (message.buttons ?? []).map((button) => button.title);
  return [T.says(speaker(message), text), titles.length ? T.choices(titles) : ""].filter(Boolean).join(" ");
}
