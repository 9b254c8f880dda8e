// Where the time of a turn goes, in milliseconds from the prompt. Knows nothing of a page.

/** In the order in which they come; the server's names, and our own for what is heard here. */
export const MILESTONES = ['first_delta', 'first_chunk', 'first_frame', 'first_audio', 'heard', 'end'];

export class Times {
  #began = 0;

  /** Milestone → milliseconds. */
  reached = {};

  /** The same prompt one after the other, if it was run: {written, asked, heard}, in milliseconds. */
  sequential = null;

  begin(now) {
    this.#began = now;
    this.reached = {};
    this.sequential = null;
  }

  /** Only the first time counts. */
  reach(name, now) {
    this.reached[name] ??= now - this.#began;
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

  save() {
    return {reached: this.reached, sequential: this.sequential};
  }

  load({reached, sequential}) {
    this.reached = reached;
    this.sequential = sequential ?? null;
  }
}

/** The value that a share of all does not exceed: the nearest rank. */
export function percentile(values, share) {
  const sorted = [...values].sort((one, other) => one - other);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)];
}
