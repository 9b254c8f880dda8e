// Prompts by voice, where the browser recognises speech: push to talk, or hands-free.

import {Trouble} from './trouble.js';
import {WORDS} from './words.js';

const Recognition = globalThis.SpeechRecognition ?? globalThis.webkitSpeechRecognition;

export class Microphone {
  static get isThere() {
    return Recognition !== undefined;
  }

  #view;
  #recognition = null;

  /** @param view heard(text so far), said(text, or '' for nothing), listens(whether), trouble(Trouble) */
  constructor(view) {
    this.#view = view;
  }

  get listens() {
    return this.#recognition !== null;
  }

  /** Listens to one sentence. To be called from within a click. @param language or '' */
  start(language) {
    if (this.#recognition !== null) {
      return;
    }
    const recognition = new Recognition();
    this.#recognition = recognition;
    recognition.interimResults = true;
    recognition.lang = language || navigator.language;
    let said = '';
    recognition.onresult = ({results}) => {
      said = [...results].map(([best]) => best.transcript).join(' ').trim();
      this.#view.heard(said);
    };
    recognition.onerror = ({error}) => {
      if (error === 'not-allowed' || error === 'service-not-allowed') {
        this.#view.trouble(new Trouble(WORDS.microphone, WORDS.microphoneDenied));
      } else if (error !== 'no-speech' && error !== 'aborted') {
        this.#view.trouble(new Trouble(WORDS.microphone, WORDS.microphoneFailed));
      }
    };
    recognition.onend = () => {
      this.#recognition = null;
      this.#view.listens(false);
      this.#view.said(said);
    };
    recognition.start();
    this.#view.listens(true);
  }

  /** What has been said until now counts. */
  stop() {
    this.#recognition?.stop();
  }
}
