// Where the prompt is written, and the one button that sends or stops.

import {$, icon, isComposing} from './dom.js';
import {keep, kept, loseKept} from './kept.js';
import {WORDS} from './words.js';

/** A telephone or a tablet: its keyboard would cover the answer. */
export const touch = matchMedia('(hover: none) and (pointer: coarse)');

/** Kept by the browser for this tab. */
const KEY = 'voicebus.draft';

/** Browsers take minutes to lay out a field of some millions of characters, which is no prompt. */
const MAX_CHARS = 500_000;

/** How long after a key what is being written is kept, in ms. */
const KEPT_AFTER_MS = 400;

export class Composer {
  #field = $('prompt');
  #main = $('main-button');
  #busy = false;
  #keeping = null;

  /** @param actions send(prompt), stop(), tooLong(characters, most) of what was pasted and not taken */
  constructor(actions) {
    const submit = () => {
      const prompt = this.#field.value;
      if (prompt.trim() !== '') {
        this.set('');
        actions.send(prompt);
        touch.matches ? this.#field.blur() : this.focus();
      } else {
        this.focus();
      }
    };
    $('form').addEventListener('submit', (event) => {
      event.preventDefault();
      this.#stops ? actions.stop() : submit();
    });
    this.#field.addEventListener('keydown', (event) => {
      // While an input method composes a character, Enter only chooses it.
      if (event.key === 'Enter' && !event.shiftKey && !isComposing(event)) {
        event.preventDefault();
        submit();
      }
    });
    this.#field.addEventListener('beforeinput', (event) => {
      const more = event.data ?? event.dataTransfer?.getData('text/plain') ?? '';
      const {selectionStart, selectionEnd} = this.#field; // is replaced
      if (more !== '' && this.text.length - (selectionEnd - selectionStart) + more.length > MAX_CHARS) {
        event.preventDefault();
        actions.tooLong(more.length, MAX_CHARS);
      }
    });
    this.#field.addEventListener('input', () => this.#changed());
    this.#field.value = kept(KEY) ?? this.#field.value;
    this.#show();
  }

  /** @param options of the browser's own focus() */
  focus(options) {
    this.#field.focus(options);
  }

  get text() {
    return this.#field.value;
  }

  set(text) {
    this.#field.value = text;
    this.#changed();
  }

  #changed() {
    this.#show();
    this.#keeping ??= setTimeout(() => this.save(), KEPT_AFTER_MS);
  }

  /** What is being written outlives the page, also when that is not left but lost. */
  save() {
    clearTimeout(this.#keeping);
    this.#keeping = null;
    const text = this.text;
    if (text === '' || !keep(KEY, text)) {
      loseKept(KEY);
    }
  }

  placeholder(words) {
    this.#field.placeholder = words;
  }

  /** @param busy whether something is under way that can be stopped */
  busy(busy) {
    this.#busy = busy;
    this.#show();
  }

  /** With a prompt the button sends it, also into the middle of an answer. */
  get #stops() {
    return this.#busy && this.#field.value.trim() === '';
  }

  #show() {
    const words = this.#stops ? WORDS.stop : WORDS.send;
    if (this.#main.getAttribute('aria-label') !== words) {
      this.#main.setAttribute('aria-label', words);
      this.#main.title = words;
      this.#main.dataset.does = this.#stops ? 'stop' : 'send';
      this.#main.replaceChildren(icon(this.#stops ? 'stop' : 'send'));
    }
    // Browsers that cannot grow the field by themselves.
    if (!globalThis.CSS?.supports('field-sizing', 'content')) {
      this.#field.style.height = 'auto';
      this.#field.style.height = `${this.#field.scrollHeight}px`;
    }
  }
}
