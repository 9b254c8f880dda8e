// The answer's text as it streams, with the chunk that is being heard marked.

/**
 * The text is one text node, and marks are ranges over it (the CSS Custom Highlight API): nothing
 * that a screen reader follows changes but the text itself. Older browsers show no marks.
 */
export class Transcript {
  #box;
  #text = document.createTextNode('');
  #chunks = new Map(); // chunk → [start, end), in UTF-16 units, which are a string's own
  #starts = []; // {chunk, at}: the sample at which the chunk begins, ascending
  #heard = -1;
  #stopped = false;

  constructor(box) {
    this.#box = box;
    box.replaceChildren(this.#text);
    box.classList.add('empty');
  }

  clear() {
    this.#box.classList.remove('empty');
    this.#text = document.createTextNode('');
    this.#box.replaceChildren(this.#text);
    this.#chunks.clear();
    this.#starts = [];
    this.#heard = -1;
    this.#stopped = false;
    this.#mark();
  }

  /** As it was before the first answer. */
  empty() {
    this.clear();
    this.#box.classList.add('empty');
  }

  append(text) {
    this.#text.appendData(text);
    this.#mark();
  }

  /** What was written behind this place is taken back. */
  cut(at) {
    this.#text.deleteData(at, this.#text.length - at);
    this.#mark();
  }

  chunk(index, start, end) {
    this.#chunks.set(index, [start, end]);
  }

  startsAt(chunk, sample) {
    this.#starts.push({chunk, at: sample});
  }

  /** The turn has been played up to this sample. */
  played(samples) {
    let heard = -1;
    for (const {chunk, at} of this.#starts) {
      if (at < samples) {
        heard = chunk;
      }
    }
    if (heard !== this.#heard) {
      this.#heard = heard;
      this.#mark();
      this.#reveal();
    }
  }

  /** Everything has been heard. */
  finish() {
    this.#starts = [];
    this.#heard = Infinity;
    this.#mark();
  }

  /** No more will be heard: what was not stays as it is. */
  stop() {
    this.#stopped = true;
    this.#mark();
  }

  #range(start, end) {
    const range = new Range();
    range.setStart(this.#text, Math.min(start, this.#text.length));
    range.setEnd(this.#text, Math.min(end, this.#text.length));
    return range;
  }

  #mark() {
    if (!globalThis.CSS?.highlights) {
      return;
    }
    CSS.highlights.clear();
    if (this.#heard === Infinity) {
      return;
    }
    const [from, end] = this.#chunks.get(this.#heard) ?? [0, 0];
    if (!this.#stopped) {
      const blanks = this.#text.data.slice(from, end).search(/\S|$/);
      CSS.highlights.set('heard', new Highlight(this.#range(from + blanks, end)));
    }
    CSS.highlights.set('ahead', new Highlight(this.#range(end, this.#text.length)));
  }

  /** Keeps what is being heard in sight. */
  #reveal() {
    const place = this.#chunks.get(this.#heard);
    if (place) {
      const words = this.#range(...place).getBoundingClientRect();
      const box = this.#box.getBoundingClientRect();
      if (words.bottom > box.bottom || words.top < box.top) {
        this.#box.scrollTop += words.top - box.top - box.height / 3;
      }
    }
  }
}
