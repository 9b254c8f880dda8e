// Prompts by voice, where the browser recognises speech: one at a time, or one after the other.

import {Trouble} from './trouble.js';
import {WORDS} from './words.js';

const Recognition = globalThis.SpeechRecognition ?? globalThis.webkitSpeechRecognition;

export class Microphone {
  static get isThere() {
    return Recognition !== undefined;
  }

  #view;
  #recognition = null;
  #drops = false;

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
    if (this.#recognition !== null) {
      return;
    }
    const recognition = new Recognition();
    this.#recognition = recognition;
    this.#drops = false;
    recognition.interimResults = true;
    recognition.continuous = endless !== null;
    recognition.lang = language || navigator.language;
    let said = '';
    let failed = false;
    recognition.onresult = ({results, resultIndex}) => {
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
      const goesOn = endless?.readyState === 'live' && !failed && this.#recognition === recognition;
      if (this.#recognition === recognition) {
        this.#recognition = null;
      }
      if (goesOn) {
        this.start(language, endless); // browsers end it by themselves after a while
      } else {
        this.#view.listens(false);
      }
      this.#view.said(this.#drops ? '' : said);
    };
    // A browser that cannot be told the track listens to the usual one.
    endless === null ? recognition.start() : recognition.start(endless);
    this.#view.listens(true);
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
    recognition?.stop();
  }
}
