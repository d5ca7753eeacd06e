/**
 * What the student sent and the server has not confirmed yet: in order, one at a time, each with one id for all its attempts.
 * Kept in the shared storage, so a reload or a closed tab loses nothing. Two tabs may both send the same entry: the
 * server gives the same id for the same client_message_id.
 */

const KEY = "outbox";

const same = (clientId) => (item) => item.clientId === clientId;

export class Outbox {
  #shared;

  constructor(shared) {
    this.#shared = shared;
    /** @type {any[]} messages with clientId, status and, for a button, payload */
    this.items = (shared.get(KEY) ?? []).map((item) => ({ ...item, author: "student", status: "failed" }));
  }

  /** Something may have reached the server without our knowing. */
  get uncertain() {
    return this.items.some((item) => item.attempted);
  }

  /** @returns {any|undefined} the oldest that still has to go */
  get next() {
    return this.items[0];
  }

  add(item) {
    this.items.push(item);
    this.#store((list) => [...list, storable(item)]);
  }

  take(item) {
    this.items = this.items.filter((other) => other !== item);
    this.#store((list) => list.filter((other) => !same(item.clientId)(other)));
  }

  clear() {
    this.items = [];
    this.#shared.remove(KEY);
  }

  /** Read, change, write at once: another tab may have changed the list meanwhile. */
  #store(change) {
    const list = change(this.#shared.get(KEY) ?? []);
    if (list.length) this.#shared.set(KEY, list);
    else this.#shared.remove(KEY);
  }
}

const storable = ({ clientId, text, payload, at }) => ({ clientId, text, payload, at });

/** crypto.randomUUID, or the same from random bytes where it is missing (a page without https). */
export function newClientId() {
  if (crypto.randomUUID) return crypto.randomUUID();
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}
