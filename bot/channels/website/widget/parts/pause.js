/** Waiting that can be cut short, and how long to wait after the n-th failure. */

export class Pause {
  #wake = null;

  /** Resolves after ms, or earlier on wake(). */
  async wait(ms) {
    let timer;
    await new Promise((done) => {
      this.#wake = done;
      timer = setTimeout(done, ms);
    });
    clearTimeout(timer);
    this.#wake = null;
  }

  wake() {
    this.#wake?.();
  }
}

/** 1, 2, 4 … at most 30 s, plus up to half of that by chance, so that a restarted server is not met by everyone at once. */
export function backoff(failures) {
  const base = Math.min(1000 * 2 ** Math.max(failures - 1, 0), 30_000);
  return base * (1 + Math.random() / 2);
}
