/**
 * What stays in the browser, and for how long.
 *
 * `shared` (localStorage): the token of the conversation and the messages not yet sent. All tabs of this site share one
 * conversation, and a student who waits a day for a human must find it again; sessionStorage would lose both.
 * The text of the conversation is never stored here: it comes from the server, which forgets it on time.
 * `tab` (sessionStorage): the draft and whether the chat is open. Those belong to one tab and go with it.
 * Storage that is blocked or full is replaced by memory: the chat then works until the page closes.
 */

/** @param {() => Storage} find */
function keep(find, prefix) {
  const memory = new Map();
  let storage = null;
  try {
    storage = find();
  } catch {
    storage = null; // Cookies and storage are blocked for this site.
  }
  return {
    prefix,
    /** @returns {any} what was set, or null */
    get(key) {
      try {
        const text = memory.get(key) ?? storage?.getItem(prefix + key) ?? null;
        return text === null ? null : JSON.parse(text);
      } catch {
        return null;
      }
    },
    set(key, value) {
      const text = JSON.stringify(value);
      try {
        if (!storage) throw new Error("no storage");
        storage.setItem(prefix + key, text);
        memory.delete(key);
      } catch {
        memory.set(key, text);
      }
    },
    remove(key) {
      memory.delete(key);
      try {
        storage?.removeItem(prefix + key);
      } catch {
        // Nothing was stored.
      }
    },
  };
}

/** @param {string} api  address of the helpdesk: two helpdesks on one site do not mix */
export function openStorage(api) {
  const prefix = `job-helpdesk:${new URL(api).host}:`;
  return {
    shared: keep(() => window.localStorage, prefix),
    tab: keep(() => window.sessionStorage, prefix),
  };
}
