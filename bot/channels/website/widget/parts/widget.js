/** Puts the parts together, and the result in a shadow root on the page: the site's style and ours do not touch. */
import { createAnnouncer } from "./announcer.js";
import { createApi } from "./api.js";
import { createComposer } from "./composer.js";
import { Conversation } from "./conversation.js";
import { el } from "./dom.js";
import { createLauncher } from "./launcher.js";
import { createMenu } from "./menu.js";
import { createMessageList } from "./message-list.js";
import { announcement } from "./message-view.js";
import { createPanel } from "./panel.js";
import { readSettings } from "./settings.js";
import { createAboutSheet, createEraseSheet } from "./sheets.js";
import { openStorage } from "./storage.js";
import { applyStyle } from "./style.js";
import { T } from "./texts.js";
import { saveTranscript } from "./transcript.js";

const HIDDEN_MS = 60_000;

/**
 * @param {HTMLElement} tag  the script tag, with the choices of the site
 * @param {URL} address  of the script
 * @returns {Promise<{open: () => void, close: () => void}>}
 */
export async function mount(tag, address) {
  const settings = readSettings(tag, address);
  const { shared, tab } = openStorage(settings.api);
  const announcer = createAnnouncer();
  const launcher = createLauncher({ title: settings.title, onOpen: () => open() });
  const composer = createComposer({ tab, onSend: (text) => conversation.send({ text }), say: announcer.say });
  const list = createMessageList({
    onChoice: ({ title, payload }) => {
      conversation.send({ text: title, payload });
      if (!panel.coversAll) composer.focus(); // On a phone that would open the keyboard.
    },
    onRetry: () => conversation.retry(),
    onShown: (message) => conversation.shown(message),
    onEdit: (message) => {
      composer.set(conversation.withdraw(message));
      composer.focus();
    },
  });
  const backToMenu = () => menu.button.focus();
  const eraseSheet = createEraseSheet({ onErase: erase, onClose: backToMenu });
  const aboutSheet = createAboutSheet({ privacy: settings.privacy, onClose: backToMenu });
  const menu = createMenu([
    { icon: "person", text: T.askHuman, act: () => { conversation.send({ text: T.askHumanText }); composer.focus(); } },
    { icon: "save", text: T.save, act: () => saveTranscript(conversation.messages, panel.element) },
    { icon: "erase", text: T.erase, act: () => eraseSheet.open() },
    { icon: "about", text: T.about, act: () => aboutSheet.open() },
  ]);
  const panel = createPanel({
    title: settings.title, menu, list, composer, announcer, sheets: [eraseSheet, aboutSheet],
    onClose: () => closed(), onRestart: () => { conversation.startAgain(); composer.focus(); },
  });

  let unread = 0;
  let hiddenTimer;
  let problemSaid = "";

  const conversation = new Conversation({
    api: createApi(settings.api),
    shared,
    listener: {
      added(message, { live, before }) {
        list.add(message, { before, news: live });
        if (!live) return;
        announcer.say(announcement(message));
        if (!panel.isOpen) launcher.unread((unread += 1));
      },
      changed(message) {
        list.change(message);
        if (message.status === "refused") announcer.say(`${T.failed}. ${message.error}`);
      },
      removed: (message) => list.remove(message),
      cleared: () => {
        list.clear();
        launcher.unread((unread = 0));
      },
      state(state, { live }) {
        const line = panel.setState(state);
        list.setActive(state.state === "bot");
        if (live) announcer.say(line);
      },
      typing: (author) => list.typing(author),
      problem(text) {
        panel.setProblem(text);
        if (text && text !== problemSaid) announcer.say(text);
        problemSaid = text;
      },
      present: () => panel.isOpen && !document.hidden,
    },
  });
  panel.setState(conversation.state);

  function open({ focus = true } = {}) {
    launcher.unread((unread = 0));
    launcher.element.hidden = true;
    panel.open({ focus });
    tab.set("open", true);
    conversation.connect();
  }

  function closed() {
    tab.remove("open");
    launcher.element.hidden = false;
    launcher.element.focus({ preventScroll: true });
  }

  async function erase() {
    try {
      await conversation.erase();
      composer.set("");
    } catch {
      panel.setProblem(T.eraseFailed);
      announcer.say(T.eraseFailed);
    }
    composer.focus();
  }

  // A hidden tab lets go of its line after a while, unless a human may answer: browsers allow few lines to one server.
  document.addEventListener("visibilitychange", () => {
    clearTimeout(hiddenTimer);
    const waits = ["queue", "human"].includes(conversation.state.state);
    if (document.hidden && !waits) hiddenTimer = setTimeout(() => conversation.disconnect(), HIDDEN_MS);
    else if (!document.hidden && (panel.isOpen || conversation.exists)) conversation.connect();
  });

  const host = el("job-helpdesk", { "data-position": settings.position });
  host.style.setProperty("--brand", settings.color);
  const root = host.attachShadow({ mode: "open" });
  await applyStyle(root, new URL("style.css", address));
  root.append(launcher.element, panel.element);
  document.body.append(host);

  // A chat that was open stays open on the next page, but only where it does not cover that page.
  const wasOpen = tab.get("open") && !panel.coversAll;
  if (settings.open || wasOpen) open({ focus: false });
  else if (conversation.exists) conversation.connect();

  return { open: () => open(), close: () => panel.close() };
}
