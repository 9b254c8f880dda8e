// A bar for each milestone of a turn, in milliseconds from the prompt.

/** In the order in which they come; the server's names, and our own for what is heard here. */
const NAMES = ['first_delta', 'first_chunk', 'first_frame', 'first_audio', 'heard', 'end'];

/** The bar of the end may be so many times as long as the others, uncut. */
const ROOM = 2;

export class Stages {
  #rows;
  #times = {};
  #began = 0;

  /** @param table whose rows have data-stage, a bar and a figure */
  constructor(table) {
    this.#rows = new Map(
        NAMES.map((name) => [name, table.querySelector(`[data-stage="${name}"]`)]));
  }

  /** A prompt was sent then, by the clock of performance.now(). */
  begin(sentAt) {
    this.#began = sentAt;
    this.clear();
  }

  /** Nothing has been reached. */
  clear() {
    this.#times = {};
    this.#show();
  }

  /** It was reached just now, by this page's clock; only the first time counts. */
  reached(name) {
    if (!(name in this.#times)) {
      this.#times[name] = performance.now() - this.#began;
      this.#show();
    }
  }

  /** The server's own times, from when it took the prompt, take the place of the page's. */
  correct(timings) {
    for (const name of NAMES) {
      const ms = timings[`${name}_ms`];
      if (ms !== undefined) {
        this.#times[name] = ms;
      }
    }
    this.#show();
  }

  /** The bars are to one scale; the end's is cut where it would leave the others no room. */
  #show() {
    const early = NAMES.filter((name) => name !== 'end').map((name) => this.#times[name] ?? 0);
    const most = ROOM * Math.max(1, ...early);
    const longest = Math.max(1, ...early, this.#times.end <= most ? this.#times.end : 0);
    for (const [name, row] of this.#rows) {
      const ms = this.#times[name];
      const bar = row.querySelector('.bar');
      const share = ms === undefined ? 0 : Math.min(1, ms / longest);
      bar.style.width = `${(100 * share).toFixed(1)}%`;
      bar.classList.toggle('cut', ms > longest);
      row.querySelector('.figure').textContent = ms === undefined ? '–' : format(ms);
    }
  }
}

function format(ms) {
  return ms < 10000 ? `${Math.round(ms).toLocaleString('en')} ms` : `${(ms / 1000).toFixed(1)} s`;
}
