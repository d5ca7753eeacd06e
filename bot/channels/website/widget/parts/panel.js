/**
 * The window of the chat. On a large screen it stands beside the page and the page stays usable (not modal); on a small screen
 * it covers everything, and the page behind it is inert. A native <dialog> does both.
 */
import { el, icon } from "./dom.js";
import { T } from "./texts.js";

// Also a large screen zoomed to 400 %, where a floating window would leave no room.
const SMALL = window.matchMedia("(max-width: 30em), (max-height: 26em)");

/**
 * @param {{title: string, menu: any, list: any, composer: any, sheets: any[], announcer: any, onClose: () => void,
 *   onRestart: () => void}} parts
 */
export function createPanel({ title, menu, list, composer, sheets, announcer, onClose, onRestart }) {
  const stateText = el("p", { class: "state-text" });
  const restart = el("button", { type: "button", class: "small restart", hidden: true, on: { click: onRestart } }, T.newConversation);
  const problem = el("p", { class: "problem-bar", hidden: true });
  const element = el("dialog", { class: "panel", lang: "nl", "aria-labelledby": "title", "aria-describedby": "disclosure" },
    el("header", { class: "header" },
      el("span", { class: "logo", "aria-hidden": "true" }, "JOB"),
      el("div", { class: "heading" }, el("h2", { id: "title" }, title), stateText),
      menu.element,
      el("button", { type: "button", class: "round", "aria-label": T.close, title: T.close, on: { click: () => close() } }, icon("close")),
    ),
    el("p", { class: "disclosure", id: "disclosure" }, T.disclosure),
    list.element,
    problem,
    restart,
    composer.element,
    announcer.element,
    ...sheets.map((sheet) => sheet.element),
  );

  let open = false;
  let switching = false;

  element.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || event.defaultPrevented) return;
    event.preventDefault();
    close();
  });
  element.addEventListener("pointerdown", menu.pressed);
  element.addEventListener("close", (event) => event.target === element && closed()); // Also Android's back gesture.
  SMALL.addEventListener("change", () => {
    if (!open) return;
    const focused = element.getRootNode().activeElement;
    switching = true;
    element.close();
    show();
    focused?.focus({ preventScroll: true });
  });
  window.visualViewport?.addEventListener("resize", fit);
  window.visualViewport?.addEventListener("scroll", fit);

  /** A phone's keyboard lies over the page: the window ends above it. Not while zooming in by hand, that would shrink it. */
  function fit() {
    const view = window.visualViewport;
    const use = open && SMALL.matches && view && view.scale < 1.01;
    element.style.setProperty("--top", use ? `${view.offsetTop}px` : "0px");
    if (use) element.style.setProperty("--height", `${view.height}px`);
    else element.style.removeProperty("--height");
  }

  function show() {
    const small = SMALL.matches;
    element.classList.toggle("small-screen", small);
    element.setAttribute("aria-modal", String(small));
    if (small) element.showModal();
    else element.show();
    document.documentElement.style.overflow = small ? "hidden" : overflowBefore;
    fit();
  }

  let overflowBefore = "";

  function openPanel({ focus }) {
    if (open) return composer.focus();
    open = true;
    overflowBefore = document.documentElement.style.overflow;
    const before = document.activeElement;
    show();
    composer.fit();
    list.toEnd();
    if (focus) composer.focus();
    else if (!SMALL.matches) before instanceof HTMLElement && before !== document.body ? before.focus({ preventScroll: true }) : element.getRootNode().activeElement?.blur();
    return undefined;
  }

  function close() {
    if (open) element.close();
  }

  function closed() {
    if (switching) {
      switching = false;
      return;
    }
    if (!open) return;
    open = false;
    document.documentElement.style.overflow = overflowBefore;
    onClose();
  }

  return {
    element,
    open: openPanel,
    close,
    get isOpen() {
      return open;
    },
    get coversAll() {
      return SMALL.matches;
    },
    /** @param {{state: string, staff: string|null}} state  @returns {string} the line */
    setState({ state, staff }) {
      const line = (T.state[state] ?? T.state.bot)(staff);
      element.dataset.state = state;
      stateText.textContent = line;
      restart.hidden = state !== "closed";
      return line;
    },
    setProblem(text) {
      problem.hidden = !text;
      problem.textContent = text;
    },
  };
}
