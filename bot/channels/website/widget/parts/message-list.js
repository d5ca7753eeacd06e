/**
 * The list of messages, and where it is scrolled to.
 *
 * The list has the role "log" but is not live itself: history on load, one's own messages and "Verstuurd" would all be read
 * aloud. What is news goes to the announcer (announcer.js) instead, once.
 */
import { dayOf } from "./dates.js";
import { el, icon } from "./dom.js";
import { daySeparator, messageElement, showStatus } from "./message-view.js";
import { T } from "./texts.js";

const NEAR_PX = 60;
const AIR_PX = 12;

/**
 * @param {{onChoice: (button: any) => void, onRetry: () => void, onEdit: (message: any) => void, onShown: (message: any) => void}} actions
 *   `onShown`: a message of the helpdesk is on the screen for the first time: in an open chat, scrolled into view, in a tab that shows
 */
export function createMessageList(actions) {
  const elements = new Map();
  const inView = new Map();
  const list = el("ol", { class: "messages" });
  const typing = el("div", { class: "typing", hidden: true }, el("span", { class: "dots", "aria-hidden": "true" }, el("i"), el("i"), el("i")), el("span", { class: "typing-text" }));
  const log = el("div", { class: "log", role: "log", "aria-live": "off", "aria-label": T.log, tabindex: "0" }, list, typing);
  const newest = el("button", { type: "button", class: "newest", hidden: true, on: { click: () => toEnd(true) } }, icon("down"), T.toNewest);
  const element = el("div", { class: "log-box" }, log, newest);

  let follow = true;
  let ownTop = 0;
  let active = true;

  const end = () => log.scrollHeight - log.clientHeight;

  function scrollTo(top) {
    log.scrollTop = top;
    ownTop = log.scrollTop;
  }

  function toEnd(always = false) {
    if (!follow && !always) return;
    follow = true;
    newest.hidden = true;
    scrollTo(end());
  }

  /** A long answer is read from its start: never scroll that out of sight. */
  function showNews(item) {
    if (!follow) {
      newest.hidden = false;
      return;
    }
    let first = item;
    while (first.previousElementSibling?.matches(".message:not(.student)")) first = first.previousElementSibling;
    const known = ownTop;
    scrollTo(Math.max(known, Math.min(end(), first.offsetTop - AIR_PX)));
  }

  log.addEventListener("scroll", () => {
    if (Math.abs(log.scrollTop - ownTop) > 2) follow = end() - log.scrollTop < NEAR_PX;
    if (end() - log.scrollTop < NEAR_PX) newest.hidden = true;
  }, { passive: true });
  const watched = new WeakMap();
  const eye = new IntersectionObserver((entries) => {
    for (const { target, isIntersecting } of entries) {
      if (isIntersecting) inView.set(target, watched.get(target));
      else inView.delete(target);
    }
    tellShown();
  }, { root: log });
  document.addEventListener("visibilitychange", tellShown);

  /** What a hidden tab "shows" was seen by nobody: that is told when the tab comes back. */
  function tellShown() {
    if (document.hidden) return;
    for (const [item, message] of inView) {
      eye.unobserve(item);
      actions.onShown(message);
    }
    inView.clear();
  }

  new ResizeObserver(() => toEnd()).observe(log); // The keyboard of a phone opens.

  /** Only the choices after the student's last message can still be made. */
  function refresh() {
    const items = [...list.querySelectorAll(".message")];
    const lastOwn = items.map((item) => item.classList.contains("student")).lastIndexOf(true);
    items.forEach((item, index) => {
      item.toggleAttribute("data-last-own", index === lastOwn);
      const usable = active && index > lastOwn;
      item.querySelectorAll("button.choice").forEach((button) => {
        const focused = !usable && button.getRootNode().activeElement === button;
        button.disabled = !usable;
        if (focused) log.focus({ preventScroll: true }); // Else the focus falls back to the page.
      });
      const previous = items[index - 1];
      const together = previous && item.previousElementSibling === previous && previous.dataset.author === item.dataset.author &&
        previous.querySelector(".name")?.textContent === item.querySelector(".name")?.textContent;
      item.classList.toggle("follows", Boolean(together));
    });
  }

  function placeDay(item, at) {
    const before = item.previousElementSibling;
    const day = dayOf(at);
    item.dataset.day = day;
    if (before?.dataset.day !== day) list.insertBefore(daySeparator(at), item);
    const after = item.nextElementSibling;
    if (after?.classList.contains("day") && after.dataset.day === day) after.remove();
  }

  return {
    element,
    log,
    /** @param {any} message  @param {{before: any, news: boolean}} how */
    add(message, { before, news }) {
      const item = messageElement(message, actions);
      list.insertBefore(item, elements.get(before) ?? null);
      elements.set(message, item);
      if (message.serverId && ["bot", "human"].includes(message.author)) {
        watched.set(item, message);
        eye.observe(item);
      }
      placeDay(item, message.at);
      refresh();
      if (message.author === "student" && message.clientId) toEnd(true);
      else if (news) showNews(item);
      else toEnd();
    },
    change(message) {
      const item = elements.get(message);
      if (item) showStatus(item, message, actions);
      toEnd();
    },
    remove(message) {
      elements.get(message)?.remove();
      elements.delete(message);
      refresh();
    },
    clear() {
      eye.disconnect();
      inView.clear();
      list.replaceChildren();
      elements.clear();
      newest.hidden = true;
      follow = true;
      ownTop = 0;
    },
    /** Choices belong to the chatbot: with a human, or after closing, they can no longer be made. */
    setActive(value) {
      active = value;
      refresh();
    },
    typing(author) {
      typing.hidden = !author;
      typing.dataset.author = author ?? "";
      typing.lastElementChild.textContent = author ? T.typing[author] ?? T.typing.bot : "";
      // Only when that hides nothing that is being read.
      if (author && follow && end() - log.scrollTop < NEAR_PX * 2) scrollTo(end());
    },
    toEnd,
  };
}
