// Changes the rate of samples as they come, with a windowed sinc. Knows nothing of audio threads.

/** Zero crossings of the sinc on either side, at the lower of the two rates. */
const HALF = 32;

/** Places between two samples for which the filter is computed; those between are blended. */
const PHASES = 256;

/** Kaiser's window: what is filtered out is 80 dB down. */
const BETA = 8;

/** Of half the lower rate: where the filter has fallen to a half. Images begin at 1. */
const CUTOFF = 0.92;

/** Turns samples of one rate into samples of another: give it as many as are due, then take one. */
export class Resampler {
  #step; // input samples for each output sample, as a fraction with the denominator below
  #denominator;
  #position = 0; // of the next output sample behind the middle one, in parts of the denominator
  #taps;
  #kernels;
  #window; // the last samples, twice, so that they can be read in a row
  #at = 0;

  /** Samples that come in before one is heard. */
  lookahead;

  /** How many samples it must be given before the next one can be taken. */
  due;

  /**
   * @param from rate of what is given, in Hz
   * @param to rate of what is taken, in Hz
   */
  constructor(from, to) {
    const cutoff = CUTOFF * Math.min(1, to / from);
    this.#step = from;
    this.#denominator = to;
    this.lookahead = from === to ? 0 : Math.ceil(HALF * Math.max(1, from / to));
    this.#taps = Math.max(1, 2 * this.lookahead);
    this.#kernels = from === to ? null : kernels(this.lookahead, cutoff);
    this.#window = new Float32Array(2 * this.#taps);
    this.due = this.lookahead + 1;
  }

  push(sample) {
    this.#window[this.#at] = this.#window[this.#at + this.#taps] = sample;
    this.#at = (this.#at + 1) % this.#taps;
    this.due--;
  }

  /** The next sample; none must be due. */
  next() {
    const sample = this.#kernels === null ? this.#window[0] : this.#filtered();
    this.#position += this.#step;
    this.due += Math.floor(this.#position / this.#denominator);
    this.#position %= this.#denominator;
    return sample;
  }

  #filtered() {
    const taps = this.#taps;
    const kernels = this.#kernels;
    const window = this.#window;
    const place = (this.#position * PHASES) / this.#denominator;
    const phase = Math.floor(place);
    const blend = place - phase;
    let early = phase * taps;
    let late = early + taps;
    let sum = 0;
    for (let i = this.#at; i < this.#at + taps; i++, early++, late++) {
      sum += window[i] * (kernels[early] + blend * (kernels[late] - kernels[early]));
    }
    return sum;
  }
}

/** For each place between two samples what each sample around it counts; together they count 1. */
function kernels(half, cutoff) {
  const taps = 2 * half;
  const table = new Float32Array((PHASES + 1) * taps);
  for (let phase = 0; phase <= PHASES; phase++) {
    const row = table.subarray(phase * taps, (phase + 1) * taps);
    let sum = 0;
    for (let tap = 0; tap < taps; tap++) {
      const distance = tap - half + 1 - phase / PHASES;
      row[tap] = sinc(cutoff * distance) * kaiser(distance / half);
      sum += row[tap];
    }
    row.forEach((value, tap) => (row[tap] = value / sum));
  }
  return table;
}

function sinc(x) {
  return x === 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x);
}

function kaiser(x) {
  return x <= -1 || x >= 1 ? 0 : bessel(BETA * Math.sqrt(1 - x * x)) / bessel(BETA);
}

/** The modified Bessel function of the first kind and order 0, as its power series. */
function bessel(x) {
  let sum = 1;
  let term = 1;
  for (let k = 1; term > 1e-9 * sum; k++) {
    term *= (x / (2 * k)) ** 2;
    sum += term;
  }
  return sum;
}
