// When which words of an answer are heard. Places are UTF-16 units of the text, times samples of
// the voice's rate. Knows nothing of a page.

/** A voice says so many characters in a second, where nothing better is known. */
const CHARS_PER_SECOND = 14;

/** So far from a word the next one may be in the text, with what is not spoken in between. */
const MAX_UNSPOKEN = 200;

const segmenter = Intl.Segmenter && new Intl.Segmenter(undefined, {granularity: 'word'});

/** @return {from, to} of each word */
function wordsIn(text) {
  if (!segmenter) {
    return [...text.matchAll(/[\p{L}\p{N}]+/gu)].map(
        ({index, 0: word}) => ({from: index, to: index + word.length}));
  }
  return [...segmenter.segment(text)]
      .filter(({isWordLike}) => isWordLike)
      .map(({index, segment}) => ({from: index, to: index + segment.length}));
}

export class Timeline {
  #source;
  #chunks = new Map(); // number → {text, start, end, from, to, words, timed}
  #sorted = null;

  rate = 24000;

  /** @param source gives the answer's text as far as it has come */
  constructor(source) {
    this.#source = source;
  }

  clear() {
    this.#chunks.clear();
    this.#sorted = null;
  }

  /** The event 'chunk'. */
  chunk({chunk, text, source_start: start, source_end: end}) {
    this.#of(chunk, {text, start, end});
  }

  /** The event 'mark'. */
  mark({mark, chunk, at_sample: sample}) {
    if (mark === 'chunk-start') {
      this.#of(chunk, {from: sample});
    } else if (mark === 'chunk-end') {
      this.#of(chunk, {to: sample});
    }
  }

  /** The event 'word': the server knows better. */
  word({chunk, source_start: start, source_end: end, start_ms: from, end_ms: to}) {
    const sample = (ms) => (ms * this.rate) / 1000;
    this.#of(chunk, {}).timed.push({start, end, from: sample(from), to: sample(to)});
  }

  #of(chunk, known) {
    const all = this.#chunks.get(chunk) ?? {timed: []};
    this.#chunks.set(chunk, Object.assign(all, known));
    this.#sorted = null;
    return all;
  }

  /** The chunks of which it is known what they say and where they begin to sound, in order. */
  get #sounding() {
    this.#sorted ??= [...this.#chunks.values()]
        .filter(({start, from}) => start !== undefined && from !== undefined)
        .sort((one, other) => one.from - other.from);
    return this.#sorted;
  }

  #end(chunk) {
    const guess = chunk.from + (this.rate * chunk.text.length) / CHARS_PER_SECOND;
    return chunk.to ?? Math.max(guess, chunk.timed.at(-1)?.to ?? 0);
  }

  /** The words of a chunk: {start, end} in the text, {from, to} in samples. */
  #words(chunk) {
    if (chunk.timed.length > 0) {
      return chunk.timed;
    }
    const end = this.#end(chunk);
    if (chunk.words?.until !== end) {
      const perChar = (end - chunk.from) / Math.max(1, chunk.text.length);
      chunk.places ??= this.#places(chunk);
      chunk.words = chunk.places.map((word) => ({
        ...word,
        from: chunk.from + word.from * perChar,
        to: chunk.from + word.to * perChar,
      }));
      chunk.words.until = end;
    }
    return chunk.words;
  }

  /** Where a chunk's words stand in the text, which has marks that the chunk has not. */
  #places({text, start, end}) {
    const source = this.#source();
    const places = [];
    let at = start;
    for (const {from, to} of wordsIn(text)) {
      const word = text.slice(from, to);
      const limit = Math.min(end, at + MAX_UNSPOKEN + word.length);
      const found = source.slice(at, limit).indexOf(word);
      if (found >= 0) {
        places.push({from, to, start: at + found, end: at + found + word.length});
        at += found + word.length;
      }
    }
    return places;
  }

  /** What is heard at this sample: {start, end} of the word, or null. */
  wordAt(sample) {
    const chunk = this.#sounding.findLast(({from}) => from < sample);
    if (chunk === undefined) {
      return null;
    }
    const words = this.#words(chunk);
    return words.findLast(({from}) => from < sample) ?? words[0] ?? null;
  }

  /** Where in the text the last word ends that was wholly heard by this sample. */
  heardTo(sample) {
    let heard = 0;
    for (const chunk of this.#sounding) {
      if (chunk.to !== undefined && chunk.to <= sample) {
        heard = Math.max(heard, chunk.end);
      } else {
        const last = this.#words(chunk).findLast(({to}) => to <= sample);
        heard = Math.max(heard, last?.end ?? 0);
      }
    }
    return heard;
  }

  /** The sample at which the word begins that is, or that follows, at this place; or null. */
  sampleOf(place) {
    for (const chunk of this.#sounding.filter(({end}) => end > place)) {
      if (chunk.start >= place) {
        return chunk.from;
      }
      const word = this.#words(chunk).find(({end}) => end > place);
      if (word) {
        return Math.floor(word.from);
      }
    }
    return null;
  }

  /** What is said from when to when: {text, from, to} in samples. */
  get captions() {
    return this.#sounding.map((chunk) => (
      {text: chunk.text, from: chunk.from, to: Math.floor(this.#end(chunk))}));
  }

  /** All of it, to be kept; and back. */
  save() {
    const kept = ({text, start, end, from, to, timed}) => ({text, start, end, from, to, timed});
    return {rate: this.rate, chunks: [...this.#chunks].map(([at, chunk]) => [at, kept(chunk)])};
  }

  load({rate, chunks}) {
    this.rate = rate;
    this.#chunks = new Map(chunks);
    this.#sorted = null;
  }
}
