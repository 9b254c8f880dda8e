// Where the time of a turn goes, in milliseconds from the prompt. Knows nothing of a page.

/** In the order in which they come; the server's names, and our own for what is heard here. */
export const MILESTONES = ['first_delta', 'first_chunk', 'first_frame', 'first_audio', 'heard', 'end'];

/** What others wait for before they ask for speech, besides the whole text: see docs/benchmarks.md. */
const SEQUENTIAL_PAUSE_MS = 625;

export class Times {
  #began = 0;

  /** Milestone → milliseconds. */
  reached = {};

  /** When the model had written all of it, by this page's clock. */
  written = null;

  begin(now) {
    this.#began = now;
    this.reached = {};
    this.written = null;
  }

  /** Only the first time counts. */
  reach(name, now) {
    this.reached[name] ??= now - this.#began;
  }

  textEnded(now) {
    this.written = now - this.#began;
  }

  /** The server's own times, from when it took the prompt, take the place of the page's. */
  correct(timings) {
    for (const name of MILESTONES) {
      const ms = timings[`${name}_ms`];
      if (ms !== undefined) {
        this.reached[name] = ms;
      }
    }
  }

  /** What each stage took until the first sound: {stage, from, to}, those that are known. */
  get stages() {
    const {first_delta: delta, first_chunk: chunk, first_audio: audio, heard} = this.reached;
    return [
      ['model', 0, delta],
      ['chunker', delta, chunk],
      ['voice', chunk, audio],
      ['player', audio, heard],
    ].filter(([, from, to]) => from !== undefined && to !== undefined)
        .map(([stage, from, to]) => ({stage, from, to: Math.max(from, to)}));
  }

  /** The stage that took longest, or null. */
  get slowest() {
    const took = ({from, to}) => to - from;
    return this.stages.reduce(
        (most, next) => (most === null || took(next) > took(most) ? next : most), null);
  }

  /**
   * When it would have been heard if speech were asked for once all is written, as most programs
   * do: by this turn's own times. Null while they are not known.
   */
  get sequential() {
    const {first_chunk: chunk, heard} = this.reached;
    return this.written === null || chunk === undefined || heard === undefined
      ? null
      : Math.max(this.written, chunk) + SEQUENTIAL_PAUSE_MS + Math.max(0, heard - chunk);
  }

  save() {
    return {reached: this.reached, written: this.written};
  }

  load({reached, written}) {
    this.reached = reached;
    this.written = written;
  }
}

/** The value that a share of all does not exceed: the nearest rank. */
export function percentile(values, share) {
  const sorted = [...values].sort((one, other) => one - other);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)];
}
