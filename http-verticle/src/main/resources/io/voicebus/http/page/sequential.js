// The same prompt as most programs do it: the whole text is waited for, and only then is speech asked
// for. Really run, to be compared with; can do what a turn can.

import {Trouble} from './trouble.js';
import {Turn} from './turn.js';
import {WORDS} from './words.js';

/** Between the text's end and the request for speech, in ms: see docs/benchmarks.md. */
const PAUSE_MS = 625;

/** So much of it is heard, in seconds: enough to know that it speaks. */
const ENOUGH_S = 1.5;

export class Sequential {
  #speaker;
  #view;
  #began = 0;
  #written = 0;
  #asked = 0;
  #heard = null;
  #asking = new AbortController();
  #turn = null;
  #over = false;

  /**
   * @param view state('speaking' or 'paused'), level(0 to 1), and last over(Trouble or null, what was
   *     measured: {written, asked, heard}, in ms from the prompt; null if nothing was heard)
   */
  constructor(speaker, view) {
    this.#speaker = speaker;
    this.#view = view;
  }

  /**
   * To be called from within a click or a key press.
   *
   * @param messages the prompt, and what was said before, as a chat has it
   * @param options of POST /v1/turns
   */
  async begin(messages, options) {
    this.#began = performance.now();
    try {
      await this.#speaker.open();
      const text = await this.#write(messages);
      this.#written = this.#ms;
      await new Promise((waited) => setTimeout(waited, PAUSE_MS));
      if (!this.#over) {
        this.#asked = this.#ms;
        this.#say(text, options);
      }
    } catch (why) {
      this.#end(why instanceof Trouble ? why : Trouble.unreachable());
    }
  }

  get #ms() {
    return performance.now() - this.#began;
  }

  async #write(messages) {
    const answer = await fetch('v1/chat/completions', {
      method: 'POST',
      headers: {'Content-Type': 'application/json'},
      body: JSON.stringify({model: 'any', messages}),
      signal: this.#asking.signal,
    });
    const body = await answer.json();
    if (!answer.ok) {
      throw new Trouble(WORDS.failed, body.error?.message ?? WORDS.unreachableWhy);
    }
    return body.choices[0].message.content;
  }

  #say(text, options) {
    this.#turn = new Turn(text, this.#speaker, {
      state: (state) => {
        if (state === 'speaking') {
          this.#heard ??= this.#ms;
        }
        this.#view.state(state);
      },
      accepted() {},
      busy() {},
      away() {},
      event() {},
      audio() {},
      edge: (sample) => sample,
      progress: ({peak, seconds}) => {
        this.#view.level(peak);
        if (seconds > ENOUGH_S) {
          this.#turn.stop();
          this.#end(null);
        }
      },
      over: (trouble) => this.#end(trouble),
    });
    this.#turn.begin({mode: 'say', ...options}, null);
  }

  hold() {
    this.#turn?.hold();
  }

  resume() {
    this.#turn?.resume();
  }

  stop() {
    if (!this.#over) {
      this.#over = true;
      this.#asking.abort();
      this.#turn?.stop();
    }
    return Promise.resolve();
  }

  leave() {
    this.stop();
    this.#turn?.leave();
  }

  #end(trouble) {
    if (!this.#over) {
      this.#over = true;
      const [written, asked, heard] = [this.#written, this.#asked, this.#heard];
      this.#view.over(trouble, heard === null ? null : {written, asked, heard});
    }
  }
}
