// When which words of an answer are heard. Places are UTF-16 units of the text, times samples of
// the voice's rate. A word's time is the server's, once it has told; until then it is estimated.
// Knows nothing of a page.

import {spread} from './word-times.js';

/** A voice says so many characters in a second, until a chunk has been spoken. */
const CHARS_PER_SECOND = 14;

/** So far from a word the next one may be in the text, with what is not spoken in between. */
const MAX_UNSPOKEN = 200;

/** Whether a place is between the two units of one character: 1, else 0. */
function isInside(text, at) {
  return Number(text.codePointAt(at - 1) > 0xffff);
}

/** What stands around a word, and is not marked with it. */
const AROUND = /^[\s.,;:!?…"'“”‘’«»()[\]{}*_~`—–-]$/u;

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
  #chunks = new Map(); // number → {text, start, end, from, to, told, words}
  #sorted = null;
  #rate = 24000;

  /** @param source gives the answer's text as far as it has come */
  constructor(source) {
    this.#source = source;
  }

  get rate() {
    return this.#rate;
  }

  /** Words may be told before it is. */
  set rate(hz) {
    this.#rate = hz;
    this.#chunks.forEach((chunk) => (chunk.words = undefined));
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

  /** The event 'word': its time takes the place of the estimate. */
  word({chunk, source_start: start, source_end: end, start_ms: fromMs, end_ms: toMs}) {
    this.#of(chunk, {words: undefined}).told.push({start, end, fromMs, toMs});
  }

  #of(chunk, known) {
    const all = this.#chunks.get(chunk) ?? {told: []};
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

  /** Characters that the voice says in a sample, by the chunks that it has said. */
  get #pace() {
    const said = this.#sounding.filter(({from, to, text}) => to > from && text.length > 0);
    const chars = said.reduce((sum, {text}) => sum + text.length, 0);
    const samples = said.reduce((sum, {from, to}) => sum + to - from, 0);
    return said.length === 0 ? CHARS_PER_SECOND / this.#rate : chars / samples;
  }

  #sample(ms) {
    return (ms * this.#rate) / 1000;
  }

  #end(chunk) {
    const last = chunk.told.at(-1);
    const said = last ? Math.min(chunk.text.length, last.end - chunk.start) : 0;
    return chunk.to
      ?? (last ? this.#sample(last.toMs) : chunk.from) + (chunk.text.length - said) / this.#pace;
  }

  /** The words of a chunk: {start, end} in the text, {from, to} in samples. */
  #words(chunk) {
    const end = this.#end(chunk);
    const written = Math.min(chunk.end, this.#source().length);
    if (chunk.words?.until !== end || chunk.words.written !== written) {
      const told = chunk.told.map(({start, end, fromMs, toMs}) => (
        {start, end, from: this.#sample(fromMs), to: this.#sample(toMs)}));
      chunk.words = spread(this.#places(chunk), told, {from: chunk.from, to: end, chars: chunk.text.length});
      Object.assign(chunk.words, {until: end, written});
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

  /** What is heard at this sample: {start, end} of the word, without the marks around it; or null. */
  wordAt(sample) {
    const chunk = this.#sounding.findLast(({from}) => from < sample);
    if (chunk === undefined) {
      return null;
    }
    const words = this.#words(chunk);
    const word = words.findLast(({from}) => from < sample) ?? words[0];
    return word === undefined ? null : (word.bare ??= this.#bare(word));
  }

  #bare({start, end}) {
    const text = this.#source();
    const word = {start, end};
    while (word.start < word.end && AROUND.test(text[word.start])) {
      word.start++;
    }
    while (word.end > word.start && AROUND.test(text[word.end - 1])) {
      word.end--;
    }
    const bare = word.start < word.end ? word : {start, end};
    return {start: bare.start - isInside(text, bare.start), end: bare.end + isInside(text, bare.end)};
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

  /** Where the last word ended that was wholly heard by this sample; a chunk begins like a word. */
  edge(sample) {
    const chunk = this.#sounding.findLast(({from}) => from < sample);
    const word = chunk && this.#words(chunk).findLast(({to}) => to <= sample);
    return Math.floor(word?.to ?? chunk?.from ?? 0);
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

  /** What is kept of it over a reload, without the times of single words; and back. */
  save() {
    const kept = ({text, start, end, from, to}) => ({text, start, end, from, to});
    return {rate: this.rate, chunks: [...this.#chunks].map(([at, chunk]) => [at, kept(chunk)])};
  }

  load({rate, chunks}) {
    this.#chunks = new Map(chunks.map(([at, chunk]) => [at, {...chunk, told: []}]));
    this.#sorted = null;
    this.rate = rate;
  }
}
