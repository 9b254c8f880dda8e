// The samples of one track as they come, and for a while after they were played. Knows nothing of
// audio threads.

export class Samples {
  #pieces = []; // {from, pcm}
  #near = 0; // the piece that was last looked into

  /** The first that is kept, and the one behind the last that has come. */
  begin = 0;
  end = 0;

  /** @param pcm an Int16Array, which is kept as it is */
  add(pcm) {
    if (pcm.length > 0) {
      this.#pieces.push({from: this.end, pcm});
      this.end += pcm.length;
    }
  }

  /** Whole pieces before this place are forgotten. */
  forget(before) {
    while (this.#pieces.length > 1 && this.#pieces[1].from <= before) {
      this.#pieces.shift();
      this.begin = this.#pieces[0].from;
      this.#near = Math.max(0, this.#near - 1);
    }
  }

  /** The sample at a place that is kept, of full scale 1. */
  at(place) {
    const {from, pcm} = this.#piece(place);
    return pcm[place - from] / 32768;
  }

  /** Copies what follows a place; silence where nothing is kept. */
  copy(place, into) {
    for (let i = 0; i < into.length; i++) {
      into[i] = place + i >= this.begin && place + i < this.end ? this.at(place + i) : 0;
    }
  }

  #piece(place) {
    while (this.#near > 0 && this.#pieces[this.#near].from > place) {
      this.#near--;
    }
    while (this.#near + 1 < this.#pieces.length && this.#pieces[this.#near + 1].from <= place) {
      this.#near++;
    }
    return this.#pieces[this.#near];
  }
}
