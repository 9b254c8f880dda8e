// Plays samples faster or slower at their own pitch: WSOLA (Verhelst and Roelands 1993), which fits
// a single voice. Knows nothing of audio threads.

/** Blocks of this length are blended, in seconds: a period or two of a voice. */
const BLOCK_S = 0.015;

/** A block may be taken so far from its place, to fit what was heard last: the period of 80 Hz. */
const SEARCH_S = 0.0065;

/** At this rate, in Hz, blocks are compared first. */
const COARSE_HZ = 8000;

export class Stretch {
  #samples;
  #block; // samples in one
  #search;
  #stride;
  #out;
  #used; // of what is in it
  #from = 0; // the place of its first sample, for the position
  #next = 0; // the place that would follow if the speed were 1
  #ideal; // where the last block would have begun
  #fade;
  #last;
  #near;

  /** How many times as fast as it was spoken; at 1 samples are left as they are. */
  speed = 1;

  /** The place behind what has been given. */
  position = 0;

  /** @param samples Samples; @param rate in Hz */
  constructor(samples, rate) {
    this.#samples = samples;
    this.#block = Math.round(BLOCK_S * rate);
    this.#search = Math.round(SEARCH_S * rate);
    this.#stride = Math.max(1, Math.floor(rate / COARSE_HZ));
    this.#out = new Float32Array(this.#block);
    this.#last = new Float32Array(this.#block);
    this.#near = new Float32Array(this.#block + 2 * this.#search);
    this.#fade = this.#out.map((_, i) => 0.5 - 0.5 * Math.cos((Math.PI * (i + 0.5)) / this.#block));
    this.seek(0);
  }

  /** Goes on at another place. */
  seek(place) {
    this.#used = this.#block;
    this.#next = place;
    this.#ideal = place - this.#block;
    this.position = place;
  }

  /** The next sample; null where none has come. */
  next() {
    if (this.#used === this.#block && this.speed !== 1 && this.#reaches()) {
      this.#blend();
    }
    if (this.#used < this.#block) {
      const sample = this.#out[this.#used++];
      const heard = this.#from + ((this.#next - this.#from) * this.#used) / this.#block;
      this.position = Math.max(this.position, Math.floor(heard));
      return sample;
    }
    if (this.#next >= this.#samples.end) {
      return null;
    }
    this.#ideal = this.#next + 1 - this.#block;
    this.position = Math.max(this.position, this.#next + 1);
    return this.#samples.at(this.#next++);
  }

  /** Whether all has come that a block may be made of. */
  #reaches() {
    const furthest = this.#ideal + this.speed * this.#block + this.#search;
    return this.#samples.end >= Math.max(this.#next, Math.ceil(furthest)) + this.#block;
  }

  #blend() {
    this.#samples.copy(this.#next, this.#last);
    this.#ideal += this.speed * this.#block;
    const first = Math.round(this.#ideal) - this.#search;
    this.#samples.copy(first, this.#near);
    const shift = this.#alike();
    for (let i = 0; i < this.#block; i++) {
      const old = this.#last[i];
      this.#out[i] = old + this.#fade[i] * (this.#near[shift + i] - old);
    }
    this.#from = this.position;
    this.#next = first + shift + this.#block;
    this.#used = 0;
  }

  /** Where in what is near the part begins that is most like what would have followed. */
  #alike() {
    const stride = this.#stride;
    let best = this.#search;
    let most = this.#likeness(best, stride);
    const look = (shift, step) => {
      const likeness = this.#likeness(shift, step);
      if (likeness > most) {
        [best, most] = [shift, likeness];
      }
    };
    for (let shift = 0; shift <= 2 * this.#search; shift += stride) {
      look(shift, stride);
    }
    const coarse = best;
    most = this.#likeness(best, 1);
    for (let shift = coarse - stride + 1; shift < coarse + stride; shift++) {
      if (shift >= 0 && shift <= 2 * this.#search) {
        look(shift, 1);
      }
    }
    return best;
  }

  /** The normalised correlation; 0 of silence. */
  #likeness(shift, stride) {
    let product = 0;
    let energy = 1e-9;
    for (let i = 0; i < this.#block; i += stride) {
      const near = this.#near[shift + i];
      product += near * this.#last[i];
      energy += near * near;
    }
    return product / Math.sqrt(energy);
  }
}
