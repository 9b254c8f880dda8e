// One of the browser's own voices in place of the server's. It says the same chunks, and how far it
// is is told in the server's samples, so that marks, positions and what is remembered stay true.

import {Trouble} from './trouble.js';
import {WORDS} from './words.js';

/** Chrome breaks longer utterances off after 15 s. */
const MAX_CHARS = 180;

/** Between two reports. */
const TICK_MS = 100;

/** What its sound counts as, of full scale: the browser does not tell. */
const LEVEL = 0.3;

/** Until it is known how fast a voice speaks, or how long a chunk is, in characters a second. */
const CHARS_PER_SECOND = 14;

const PREFIX = 'browser/';
const synthesis = globalThis.speechSynthesis;

/** @return {id, name, language} of each, as the server's own are told */
export function browserVoices() {
  return (synthesis?.getVoices() ?? []).map(
      (voice) => ({id: idOf(voice), name: voice.name, language: voice.lang}));
}

/** Some browsers give their voices no address. */
function idOf({voiceURI, name}) {
  return PREFIX + (voiceURI || name);
}

/** Browsers may know their voices late. */
export function onBrowserVoices(changed) {
  synthesis?.addEventListener?.('voiceschanged', changed);
}

/** Whether it names a voice of a browser, of this one or of another. */
export function isBrowserVoice(id) {
  return id.startsWith(PREFIX);
}

/**
 * What plays the track of a turn with a voice; null for one of the server's, or unknown here.
 *
 * @param choices its volume and speed hold from the next piece on
 */
export function browserSpeaker(id, choices) {
  const voice = synthesis?.getVoices().find((one) => idOf(one) === id);
  return voice === undefined
    ? null
    : {
        open: async () => {},
        track: (onReport) => new BrowserTrack(voice, choices, onReport),
        holds: false, // a browser has one voice, which would say nothing else meanwhile
      };
}

class BrowserTrack {
  #voice;
  #choices;
  #onReport;
  #rate = 24000;
  #chunks = new Map(); // number → {text, from, to, skipped}
  #next = 0;
  #saying = false;
  #ended = false;
  #received = 0;
  #played = 0;
  #over = false;
  #ticks;
  #tellsWords = false; // not all voices do
  #piece = null; // that is being said: {chunk, from, to} in characters
  #said = 0; // of it, in ms
  #tickedAt = 0;
  #pace = CHARS_PER_SECOND;

  constructor(voice, choices, onReport) {
    this.#voice = voice;
    this.#choices = choices;
    this.#onReport = onReport;
    this.#ticks = setInterval(() => {
      this.#reckon();
      this.#report();
    }, TICK_MS);
  }

  begin(rate) {
    this.#rate = rate;
  }

  /** The server's sound only tells how far it has come. */
  play(pcm) {
    this.#received += pcm.byteLength / 2;
  }

  end() {
    this.#ended = true;
    this.#go();
  }

  /** An event of the turn. */
  told(name, data) {
    const chunk = this.#chunks.get(data.chunk) ?? {};
    if (name === 'chunk') {
      this.#chunks.set(data.chunk, Object.assign(chunk, {text: data.text}));
    } else if (name === 'skipped') {
      chunk.skipped = true;
    } else if (name === 'mark' && data.mark === 'chunk-start') {
      chunk.from = data.at_sample;
    } else if (name === 'mark' && data.mark === 'chunk-end') {
      chunk.to = data.at_sample;
    }
    this.#go();
  }

  pause() {
    synthesis.pause();
  }

  resume() {
    synthesis.resume();
  }

  stop() {
    if (!this.#over) {
      this.#over = true;
      clearInterval(this.#ticks);
      synthesis.cancel();
      synthesis.resume();
    }
  }

  #go() {
    if (this.#over || this.#saying) {
      return;
    }
    const chunk = this.#chunks.get(this.#next);
    if (chunk?.skipped) {
      this.#next++;
      this.#go();
    } else if (chunk?.from !== undefined) {
      this.#saying = true;
      this.#say(chunk, pieces(chunk.text));
    } else if (this.#ended) {
      this.#played = this.#received;
      this.#report(true);
    }
  }

  #say(chunk, [piece, ...rest]) {
    if (piece === undefined) {
      this.#played = chunk.to ?? this.#played;
      this.#saying = false;
      this.#next++;
      this.#go();
      return;
    }
    const utterance = new SpeechSynthesisUtterance(piece.text);
    utterance.voice = this.#voice;
    utterance.lang = this.#voice.lang;
    utterance.volume = this.#choices.volume;
    utterance.rate = this.#choices.speed;
    utterance.onstart = () => {
      this.#piece = {chunk, from: piece.at, to: piece.at + piece.text.length};
      this.#said = 0;
      this.#tickedAt = performance.now();
    };
    utterance.onboundary = ({charIndex}) => {
      this.#tellsWords = true;
      this.#reached(chunk, piece.at + charIndex);
    };
    utterance.onend = () => {
      if (!this.#over) {
        this.#learn();
        this.#reached(chunk, piece.at + piece.text.length);
        this.#say(chunk, rest);
      }
    };
    utterance.onerror = () => {
      if (!this.#over) {
        this.#onReport({trouble: new Trouble(WORDS.noSound, WORDS.browserFailed)});
      }
    };
    synthesis.speak(utterance);
  }

  /** Where a voice does not tell its words, they are reckoned by the time that it has spoken. */
  #reckon() {
    const now = performance.now();
    if (this.#piece !== null && !synthesis.paused) {
      const {chunk, from, to} = this.#piece;
      this.#said += now - this.#tickedAt;
      if (!this.#tellsWords) {
        this.#reached(chunk, Math.min(to - 1, from + (this.#pace * this.#said) / 1000));
      }
    }
    this.#tickedAt = now;
  }

  #learn() {
    this.#reckon();
    if (this.#piece !== null && this.#said > TICK_MS) {
      this.#pace = (1000 * (this.#piece.to - this.#piece.from)) / this.#said;
    }
    this.#piece = null;
  }

  #reached(chunk, char) {
    const samples =
      chunk.to === undefined
        ? (char * this.#rate) / CHARS_PER_SECOND
        : ((chunk.to - chunk.from) * char) / Math.max(1, chunk.text.length);
    this.#played = Math.max(this.#played, Math.floor(chunk.from + samples));
  }

  #report(done = false) {
    const peak = synthesis.speaking && !synthesis.paused ? LEVEL : 0;
    const played = Math.min(this.#played, this.#received);
    this.#onReport({played, queued: this.#received - played, underruns: 0, peak, done});
  }
}

/** A chunk's text in parts that are short enough, each with its place. */
function pieces(text) {
  const found = [];
  for (let at = 0; at < text.length;) {
    let end = Math.min(text.length, at + MAX_CHARS);
    const blank = end < text.length ? text.lastIndexOf(' ', end) : -1;
    end = blank > at ? blank + 1 : end;
    found.push({at, text: text.slice(at, end)});
    at = end;
  }
  return found;
}
