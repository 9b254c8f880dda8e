// Prompts by voice, where the browser recognises speech: one at a time, or one after the other.

import {Trouble} from './trouble.js';
import {WORDS} from './words.js';

const Recognition = globalThis.SpeechRecognition ?? globalThis.webkitSpeechRecognition;

/** Browsers end it by themselves after a while. What ends sooner, in ms, without a word has failed. */
const LEAST_MS = 2000;

/** How long it then waits before it listens again, in ms; after the last of them it is told. */
const AGAIN_AFTER_MS = [250, 1000, 3000];

export class Microphone {
  static get isThere() {
    return Recognition !== undefined;
  }

  #view;
  #recognition = null;
  #drops = false;
  #failures = 0; // in a row
  #waiting = null; // to listen again

  /** @param view heard(text so far), said(text, or '' for nothing), listens(whether), trouble(Trouble) */
  constructor(view) {
    this.#view = view;
  }

  get listens() {
    return this.#recognition !== null;
  }

  /**
   * Listens to one prompt. To be called from within a click.
   *
   * @param language or ''
   * @param endless the track to listen to, prompt after prompt, until stop(); else null
   */
  start(language, endless = null) {
    if (this.#recognition === null) {
      this.#failures = 0;
      this.#listen(language, endless);
    }
  }

  #listen(language, endless) {
    const recognition = new Recognition();
    const beganAt = performance.now();
    this.#recognition = recognition;
    this.#drops = false;
    recognition.interimResults = true;
    recognition.continuous = endless !== null;
    recognition.lang = language || navigator.language;
    let said = '';
    let failed = false;
    let hears = false;
    recognition.onresult = ({results, resultIndex}) => {
      hears = true;
      const rest = [...results].slice(endless === null ? 0 : resultIndex);
      const text = (parts) => parts.map(([best]) => best.transcript).join(' ').trim();
      const whole = endless === null ? '' : text(rest.filter(({isFinal}) => isFinal));
      said = text(whole === '' ? rest : rest.filter(({isFinal}) => !isFinal));
      if (whole !== '') {
        this.#view.said(whole);
      }
      this.#view.heard(said);
    };
    recognition.onerror = ({error}) => {
      if (error === 'no-speech' || error === 'aborted') {
        return;
      }
      failed = true;
      this.#view.trouble(new Trouble(
          WORDS.microphone, WORDS.microphoneErrors[error] ?? WORDS.microphoneFailed));
    };
    recognition.onend = () => {
      const isWanted = this.#recognition === recognition;
      if (endless?.readyState === 'live' && !failed && isWanted && this.#mayTryAgain(hears || performance.now() - beganAt >= LEAST_MS)) {
        this.#again(language, endless);
      } else {
        if (isWanted) {
          this.#recognition = null;
        }
        this.#view.listens(false);
      }
      this.#view.said(this.#drops ? '' : said);
    };
    try {
      // A browser that cannot be told the track listens to the usual one.
      endless === null ? recognition.start() : recognition.start(endless);
    } catch {
      this.#recognition = null;
      this.#view.listens(false);
      this.#view.trouble(new Trouble(WORDS.microphone, WORDS.microphoneFailed));
      return;
    }
    this.#view.listens(true);
  }

  /** Tells if it may not. */
  #mayTryAgain(worked) {
    this.#failures = worked ? 0 : this.#failures + 1;
    if (this.#failures > AGAIN_AFTER_MS.length) {
      this.#view.trouble(new Trouble(WORDS.microphone, WORDS.microphoneEnds));
      return false;
    }
    return true;
  }

  /** Until then it counts as listening. */
  #again(language, endless) {
    if (this.#failures === 0) {
      this.#listen(language, endless);
    } else {
      this.#waiting = setTimeout(() => {
        this.#waiting = null;
        this.#listen(language, endless);
      }, AGAIN_AFTER_MS[this.#failures - 1]);
    }
  }

  /** What has been said until now is forgotten. */
  drop() {
    this.#drops = true;
    this.#view.heard('');
    this.stop();
  }

  /** What has been said until now counts. */
  stop() {
    const recognition = this.#recognition;
    if (recognition?.continuous) {
      this.#recognition = null;
    }
    if (this.#waiting !== null) {
      clearTimeout(this.#waiting);
      this.#waiting = null;
      this.#view.listens(false);
    } else {
      recognition?.stop();
    }
  }
}
