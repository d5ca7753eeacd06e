/** The calls of the helpdesk. Every failure becomes one ApiError that says whether trying again can help. */
import { T } from "./texts.js";

const TIMEOUT_MS = 20_000;

export class ApiError extends Error {
  /**
   * @param {number} status  0: no answer (offline, timeout, blocked)
   * @param {string} code
   * @param {string} message  Dutch, fit to show
   * @param {number} retryAfter  seconds, only with 429
   */
  constructor(status, code, message, retryAfter = 0) {
    super(message);
    this.status = status;
    this.code = code;
    this.retryAfter = retryAfter;
  }

  /** The token is no longer valid: expired or erased. */
  get expired() {
    return this.status === 401;
  }

  get tooFast() {
    return this.status === 429;
  }

  /** The server understood and said no; the same request again gets the same answer. */
  get refused() {
    return this.status >= 400 && this.status < 500 && ![401, 408, 425, 429].includes(this.status);
  }
}

/** @param {Response} response */
async function errorOf(response) {
  let error = {};
  try {
    error = (await response.json()).error ?? {};
  } catch {
    // A proxy's own page, not our JSON.
  }
  const wait = Math.ceil(Number(response.headers.get("Retry-After")));
  const seconds = response.status === 429 ? Math.min(Math.max(wait || 5, 1), 600) : 0;
  return new ApiError(response.status, error.code ?? "unknown", error.message || T.unreachable, seconds);
}

/** @param {string} base  such as https://helpdesk.example/api/v1 */
export function createApi(base) {
  /** @returns {Promise<Response>} only when it is a 2xx */
  async function call(method, path, { token, body, headers, signal } = {}) {
    let response;
    try {
      response = await fetch(base + path, {
        method,
        signal,
        cache: "no-store",
        credentials: "omit", // The token is the only thing that says who this is; no cookies, so no forged requests.
        headers: {
          ...(token ? { Authorization: `Bearer ${token}` } : {}),
          ...(body ? { "Content-Type": "application/json" } : {}),
          ...headers,
        },
        body: body ? JSON.stringify(body) : undefined,
      });
    } catch {
      throw new ApiError(0, "network", T.unreachable);
    }
    if (!response.ok) throw await errorOf(response);
    return response;
  }

  /** A call with an answer in JSON, which has to come in time. */
  async function ask(method, path, options = {}) {
    const late = new AbortController();
    const timer = setTimeout(() => late.abort(), TIMEOUT_MS);
    try {
      const response = await call(method, path, { ...options, signal: late.signal });
      return response.status === 204 ? null : await response.json();
    } catch (error) {
      throw error instanceof ApiError ? error : new ApiError(0, "network", T.unreachable);
    } finally {
      clearTimeout(timer);
    }
  }

  return {
    /** @returns {Promise<{conversation: string, token: string}>} */
    start: () => ask("POST", "/conversations"),
    /** @returns {Promise<{id: string}>} the same id when the same client_message_id is sent again */
    send: (token, body) => ask("POST", "/messages", { token, body }),
    /** @returns {Promise<any[]>} the messages after this id, oldest first; without an id, all of them */
    messages: async (token, after) =>
      (await ask("GET", after ? `/messages?after=${encodeURIComponent(after)}` : "/messages", { token })).messages,
    /** These messages stood on the screen. */
    seen: (token, ids) => ask("POST", "/messages/seen", { token, body: { ids } }),
    /** Erases the conversation. */
    erase: (token) => ask("DELETE", "/conversation", { token }),
    /** @returns {Promise<Response>} a stream that stays open until `signal` */
    events: (token, after, signal) =>
      call("GET", "/events", {
        token,
        signal,
        headers: { Accept: "text/event-stream", ...(after ? { "Last-Event-ID": after } : {}) },
      }),
  };
}
