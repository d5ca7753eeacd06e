/**
 * One conversation with the helpdesk, without a screen: the token, the messages, sending, receiving, and coming back after a
 * break. The screen listens; it decides nothing about delivery.
 *
 * Receiving: GET /messages?after fills the gap, then the event stream carries on; an id that is known is ignored.
 * Sending: the outbox goes in order. While it is uncertain whether something of ours arrived, the stream's student messages
 * are held back: one of them may be ours, and which one is known when the server gives us its id.
 */
import { ApiError } from "./api.js";
import { readEvents } from "./events.js";
import { newClientId, Outbox } from "./outbox.js";
import { backoff, Pause } from "./pause.js";
import { T } from "./texts.js";

const SESSION = "session";
const SILENCE_MS = 50_000; // The server says something at least every 15 s; three missed is a dead line.
const REPLY_EXPECTED_MS = 8_000; // Some school networks hold a stream back: then ask for the answer ourselves.
const TYPING_MS = 20_000;
const STORED_MS = 300;
const SHOWN_MS = 500; // Several messages that come into view together are one report.
const SHOWN_AT_ONCE = 100; // The server takes 200.
const SETTLED_MS = 5_000; // A stream that lived this long was a good one.

export class Conversation {
  /** @type {any[]} in the order of the screen */
  messages = [];
  /** @type {{state: "bot"|"queue"|"human"|"closed", staff: string|null}} */
  state = { state: "bot", staff: null };

  #api;
  #shared;
  #listener;
  #outbox;
  #known = new Set();
  #held = [];
  #cursor = "";
  #token = null; // The token whose messages are on the screen.
  #wanted = false;
  #running = false;
  #pumping = false;
  #failures = 0;
  #stream = null;
  #linePause = new Pause();
  #sendPause = new Pause();
  #replyTimer;
  #typingTimer;
  #shown = [];
  #shownTimer;
  #expiredNotice = false;
  #fresh = false;
  #problems = { line: "", sending: "" };

  /**
   * @param {{api: ReturnType<import("./api.js").createApi>, shared: any, listener: {
   *   added(message: any, how: {live: boolean, before: any}): void, changed(message: any): void, removed(message: any): void,
   *   cleared(): void, state(state: any, how: {live: boolean}): void, typing(author: string|null): void,
   *   problem(text: string): void, present(): boolean}}} parts
   *   `live`: news to tell a screen reader, not history; `problem`: "" when all is well; `present`: the student looks at the chat
   */
  constructor({ api, shared, listener }) {
    this.#api = api;
    this.#shared = shared;
    this.#listener = listener;
    this.#outbox = new Outbox(shared);
    this.#outbox.items.forEach((item) => this.#add(item));
    window.addEventListener("online", () => this.#online());
    window.addEventListener("offline", () => this.#offline());
    window.addEventListener("storage", (event) => {
      if (event.key === shared.prefix + SESSION) this.#otherTab();
    });
  }

  /** There is a conversation to come back to. */
  get exists() {
    return Boolean(this.#shared.get(SESSION));
  }

  /** Keeps this conversation live; starts one when there is none. */
  connect() {
    this.#wanted = true;
    if (!this.#running) this.#run();
    else this.#linePause.wake();
  }

  /** Lets the line go; what is to be sent is still sent. */
  disconnect() {
    this.#wanted = false;
    this.#stream?.abort();
    this.#linePause.wake();
  }

  /** @param {{text: string, payload?: string}} what  with a payload: the press of a button that shows `text` */
  send({ text, payload }) {
    const item = { clientId: newClientId(), author: "student", text, payload, at: new Date().toISOString(), status: "sending" };
    this.#outbox.add(item);
    this.#add(item);
    this.connect();
    this.#pump();
  }

  /** Try again now, whatever we were waiting for. */
  retry() {
    this.#sendPause.wake();
    this.#linePause.wake();
    this.#pump();
  }

  /** A message of the helpdesk is on the screen: the server hears it, so that staff sees that it arrived. */
  shown(message) {
    this.#shown.push(message.serverId);
    this.#shownTimer ??= setTimeout(() => this.#tellShown(), SHOWN_MS);
  }

  /** Takes a message off the screen: one that the server refused, for the student to change. @returns {string} its text */
  withdraw(item) {
    this.messages = this.messages.filter((message) => message !== item);
    this.#listener.removed(item);
    return item.text;
  }

  /** Erases everything, at JOB and here. Rejects with an ApiError when the server did not do it. */
  async erase() {
    const session = this.#shared.get(SESSION);
    if (session) {
      try {
        await this.#api.erase(session.token);
      } catch (error) {
        if (!error.expired && error.status !== 404) throw error; // Gone already is what was asked.
      }
    }
    if (!this.#token || this.#token === session?.token) this.#forget();
  }

  /** Leaves a closed conversation for a new one. */
  startAgain() {
    this.#shared.remove(SESSION);
    this.#clear();
    this.#stream?.abort();
    this.connect();
  }

  // ---- the line -----------------------------------------------------------------------------------------------------

  async #run() {
    this.#running = true;
    while (this.#wanted) {
      let token = null;
      try {
        token = await this.#session();
        await this.#catchUp(token);
        this.#pump();
        if (this.#wanted) await this.#listen(token);
        this.#failures += 1; // Closed by the server: come back, but not in a tight circle.
        if (this.#wanted) await this.#linePause.wait(backoff(this.#failures));
      } catch (error) {
        if (this.#wanted && token === this.#token) await this.#lineBroke(error);
      }
    }
    this.#running = false;
  }

  async #lineBroke(problem) {
    const error = problem instanceof ApiError ? problem : new ApiError(0, "network", T.unreachable);
    this.#failures += 1;
    if (error.expired) {
      this.#expire();
      if (this.#failures > 1) await this.#linePause.wait(backoff(this.#failures));
    } else if (error.tooFast) {
      this.#problem("line", T.busy(error.retryAfter));
      await sleep(error.retryAfter * 1000);
    } else {
      if (error.refused) this.#problem("line", error.message);
      else if (!navigator.onLine) this.#offline();
      else if (this.#failures > 1) this.#problem("line", T.reconnecting);
      await this.#linePause.wait(backoff(this.#failures));
    }
  }

  /** What goes wrong with sending is nearer to the student than what goes wrong with the line. */
  #problem(slot, text) {
    this.#problems[slot] = text;
    this.#listener.problem(this.#problems.sending || this.#problems.line);
  }

  /** @returns {Promise<string>} the token; a new conversation only when no tab of this site has one */
  async #session() {
    const stored = this.#shared.get(SESSION) ?? (await oneTabAtATime(this.#shared.prefix, () => this.#start()));
    if (stored.token !== this.#token) {
      if (this.#token) this.#clear();
      this.#token = stored.token;
      if (this.#expiredNotice) this.#say(T.expired, { above: true });
      this.#expiredNotice = false;
    }
    return stored.token;
  }

  async #start() {
    const other = this.#shared.get(SESSION);
    if (other) return other;
    const { conversation, token } = await this.#api.start();
    const session = { conversation, token };
    this.#shared.set(SESSION, session);
    this.#fresh = true; // Its first messages, who is speaking here, are news and not history.
    return session;
  }

  /** Everything the server has after what we saw. */
  async #catchUp(token) {
    const first = !this.#cursor;
    const messages = await this.#api.messages(token, this.#cursor);
    if (token !== this.#token) return;
    messages.forEach((message) => this.#receive(message, { live: !first || this.#fresh, above: first }));
    if (messages.length) this.#fresh = false;
    this.#problem("line", "");
    if (this.#shown.length) this.#shownTimer ??= setTimeout(() => this.#tellShown(), SHOWN_MS);
  }

  async #tellShown() {
    this.#shownTimer = undefined;
    const token = this.#token;
    const ids = this.#shown.splice(0, SHOWN_AT_ONCE);
    if (!token || !ids.length) return;
    try {
      await this.#api.seen(token, ids);
    } catch (error) {
      // Not worth a word to the student. When the line is back, it is told again.
      if (token === this.#token && !error.refused && !error.expired) this.#shown.push(...ids);
      return;
    }
    if (this.#shown.length) this.#shownTimer ??= setTimeout(() => this.#tellShown(), SHOWN_MS);
  }

  async #listen(token) {
    const stop = new AbortController();
    this.#stream = stop;
    const response = await this.#api.events(token, this.#cursor, stop.signal);
    const since = Date.now();
    let silent = true;
    try {
      await readEvents(response, {
        silence: SILENCE_MS,
        stop: () => stop.abort(),
        onAlive: () => {
          if (Date.now() - since > SETTLED_MS) this.#failures = 0;
          if (silent) this.#sendPause.wake(); // The server is there again.
          silent = false;
        },
        onEvent: (event) => token === this.#token && this.#event(event),
      });
    } finally {
      stop.abort();
    }
  }

  #event({ type, data, id }) {
    if (type === "erased") {
      this.#forget();
      return;
    }
    let value;
    try {
      value = JSON.parse(data);
    } catch {
      return; // Cut or mangled on the way; the next GET brings what was in it.
    }
    if (type === "message") this.#receive({ ...value, id: value.id ?? id });
    else if (type === "state") this.#setState(value);
    else if (type === "typing") this.#typing(value.author);
  }

  #setState({ state, staff = null }) {
    const live = this.state.state !== state || this.state.staff !== staff;
    this.state = { state, staff };
    if (state !== "bot") this.#typing(null);
    this.#listener.state(this.state, { live });
  }

  #typing(author) {
    clearTimeout(this.#typingTimer);
    if (author) this.#typingTimer = setTimeout(() => this.#listener.typing(null), TYPING_MS);
    this.#listener.typing(author);
  }

  // ---- messages -----------------------------------------------------------------------------------------------------

  #receive(message, { live = true, above = false } = {}) {
    const id = String(message.id);
    this.#cursor = id;
    if (this.#known.has(id)) return;
    if (message.author === "student" && this.#outbox.uncertain && !above) {
      this.#held.push(message);
      return;
    }
    this.#known.add(id);
    if (message.author !== "student") {
      clearTimeout(this.#replyTimer);
      this.#typing(null);
    }
    this.#add({ ...message, id, serverId: message.id }, { live: live && message.author !== "student", above });
  }

  #release() {
    if (this.#outbox.uncertain) return;
    const held = this.#held;
    this.#held = [];
    const cursor = this.#cursor;
    held.forEach((message) => this.#receive(message));
    this.#cursor = cursor;
  }

  /** `above`: before what still waits to be sent. History was there first. */
  #add(message, { live = false, above = false } = {}) {
    const before = (above && this.messages.find((other) => other.clientId && !other.id)) || null;
    if (before) this.messages.splice(this.messages.indexOf(before), 0, message);
    else this.messages.push(message);
    this.#listener.added(message, { live, before });
  }

  /** A line of the widget itself; not part of what the server keeps. */
  #say(text, { above = false } = {}) {
    this.#add({ author: "system", text, at: new Date().toISOString() }, { live: true, above });
  }

  // ---- sending ------------------------------------------------------------------------------------------------------

  async #pump() {
    if (this.#pumping) return;
    this.#pumping = true;
    let failures = 0;
    while (this.#outbox.next) {
      const item = this.#outbox.next;
      let token = null;
      try {
        if (!navigator.onLine) throw new ApiError(0, "offline", T.offline);
        this.#outbox.items.forEach((waiting) => this.#mark(waiting, "sending"));
        token = await this.#session();
        item.attempted = true;
        const body = { client_message_id: item.clientId, ...(item.payload ? { payload: item.payload } : { text: item.text }) };
        this.#confirmed(item, await this.#api.send(token, body), token);
        failures = 0;
      } catch (error) {
        const problem = error instanceof ApiError ? error : new ApiError(0, "network", T.unreachable);
        if (!this.#outbox.items.includes(item)) continue; // Erased while it was on its way.
        if (problem.expired) {
          failures += 1;
          if (token === this.#token) this.#expire();
          if (failures > 1) await this.#sendPause.wait(backoff(failures));
        } else if (problem.refused) {
          this.#outbox.take(item);
          this.#mark(item, "refused", problem.message || T.refused);
          this.#release();
        } else if (problem.tooFast) {
          this.#mark(item, "waiting");
          this.#problem("sending", T.busy(problem.retryAfter));
          await sleep(problem.retryAfter * 1000);
          this.#problem("sending", "");
        } else {
          failures += 1;
          this.#outbox.items.forEach((waiting) => this.#mark(waiting, "failed"));
          await this.#sendPause.wait(backoff(failures));
        }
      }
    }
    this.#pumping = false;
  }

  #confirmed(item, { id }, token) {
    if (token !== this.#token) return; // Erased or renewed meanwhile: not a message of what is on the screen.
    item.id = String(id);
    this.#outbox.take(item);
    if (this.#known.has(item.id)) this.withdraw(item); // It had arrived, and came back with the history.
    this.#known.add(item.id);
    this.#mark(item, "sent");
    this.#release();
    if (this.state.state === "bot") this.#typing("bot");
    clearTimeout(this.#replyTimer);
    this.#replyTimer = setTimeout(() => this.#catchUp(token).catch(() => this.#stream?.abort()), REPLY_EXPECTED_MS);
  }

  #mark(item, status, error = "") {
    if (item.status === status && (item.error ?? "") === error) return;
    item.status = status;
    item.error = error;
    this.#listener.changed(item);
  }

  // ---- endings ------------------------------------------------------------------------------------------------------

  /** The token no longer works. Another tab may have a new one already; else the next round makes one, and says so. */
  #expire() {
    const stored = this.#shared.get(SESSION);
    if (stored && stored.token === this.#token) {
      this.#shared.remove(SESSION);
      this.#expiredNotice = true;
    }
    // Nobody looks and nothing waits: the next conversation begins when the chat is opened.
    if (!this.#listener.present() && !this.#outbox.next) this.#wanted = false;
    this.#clear();
    this.#stream?.abort();
  }

  #forget() {
    const stored = this.#shared.get(SESSION);
    if (stored && (!this.#token || stored.token === this.#token)) this.#shared.remove(SESSION);
    this.#outbox.clear();
    this.#clear();
    this.disconnect();
    this.#say(T.erased);
  }

  /** The screen becomes empty, except for what still has to be sent: that goes into the next conversation. */
  #clear() {
    clearTimeout(this.#replyTimer);
    this.#typing(null);
    this.#token = null;
    this.#known.clear();
    this.#held = [];
    this.#shown = [];
    this.#cursor = "";
    this.messages = [];
    this.#listener.cleared();
    this.#setState({ state: "bot", staff: null });
    this.#outbox.items.forEach((item) => this.#add(item));
  }

  /** Another tab erased the conversation, or began a new one. */
  #otherTab() {
    const stored = this.#shared.get(SESSION);
    if (stored?.token === this.#token) return;
    this.#clear();
    if (stored) {
      this.#stream?.abort();
      if (this.#listener.present()) this.connect();
    } else {
      this.disconnect();
      this.#say(T.erased);
    }
  }

  // ---- network ------------------------------------------------------------------------------------------------------

  #online() {
    this.#failures = 0;
    this.#problem("line", "");
    this.retry();
  }

  #offline() {
    this.#stream?.abort(); // It would hang until the silence is noticed.
    if (this.#wanted || this.#outbox.next) this.#problem("line", T.offline);
  }
}

/** A wait that nothing cuts short: the server named the time. */
const sleep = (ms) => new Promise((done) => setTimeout(done, ms));

/**
 * Two tabs that open together must not make two conversations. Without Web Locks (no https) they might; one then wins.
 * The lock is held a little longer than the work: what one tab stores reaches the process of another a moment later.
 */
function oneTabAtATime(name, work) {
  if (!navigator.locks) return work();
  return new Promise((done, failed) => {
    navigator.locks.request(`${name}start`, async () => {
      await work().then(done, failed);
      await sleep(STORED_MS);
    });
  });
}
