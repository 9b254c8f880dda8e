// Talks with what is spoken: pushed to talk, or hands-free, where talking holds the answer at once,
// silence lets it go on, and words that are recognised become the next prompt.

import {choices} from './choices.js';
import {Ear} from './ear.js';
import {Microphone} from './microphone.js';
import {Trouble} from './trouble.js';
import {WORDS} from './words.js';

export class Conversation {
  #talk;
  #view;
  #ear;
  #microphone;
  #held = false; // an answer waits, since it would be talked over
  #talks = false;
  #asks = false; // the browser asks whether it may listen
  #words = ''; // recognised until now

  /**
   * @param talk what is spoken
   * @param view prompt(text) while it is recognised, ask(text), listens('no', 'yes', or 'asks' while the
   *     browser asks for it), trouble(Trouble)
   */
  constructor(speaker, talk, view) {
    this.#talk = talk;
    this.#view = view;
    this.#ear = new Ear(speaker, (talks) => this.#onTalk(talks));
    this.#microphone = new Microphone({
      heard: (text) => this.#onWords(text),
      said: (text) => this.#onSaid(text),
      listens: (listens) => {
        if (!listens) {
          this.#ear.close();
          this.#talks = false;
        }
        view.listens(listens ? 'yes' : 'no');
      },
      trouble: (trouble) => view.trouble(trouble),
    });
  }

  /** Begins to listen, or ends. To be called from within a click. */
  async toggle() {
    if (this.#microphone.listens) {
      this.#microphone.stop();
    } else if (this.#asks) {
      this.#asksNoMore();
    } else if (choices.handsFree) {
      this.#asks = true;
      this.#view.listens('asks');
      try {
        if (await this.#ear.open(() => this.#lost())) {
          this.#asks = false;
          this.#microphone.start(choices.language, this.#ear.track);
        }
      } catch (trouble) {
        this.#asksNoMore();
        this.#view.trouble(trouble);
      }
    } else {
      this.#hold();
      this.#microphone.start(choices.language);
    }
  }

  /** What was said until now is forgotten, and what waits does not go on. */
  stop() {
    this.#held = false;
    if (this.#microphone.listens) {
      this.#microphone.drop();
    } else if (this.#asks) {
      this.#asksNoMore();
    }
  }

  #asksNoMore() {
    this.#asks = false;
    this.#ear.close();
    this.#view.listens('no');
  }

  #lost() {
    this.#microphone.stop();
    this.#view.trouble(new Trouble(WORDS.microphone, WORDS.microphoneGone));
  }

  #hold() {
    if (this.#talk.state === 'speaking' || this.#talk.state === 'thinking') {
      this.#held = true;
      this.#talk.pause();
    }
  }

  #release() {
    if (this.#held) {
      this.#held = false;
      this.#talk.resume();
    }
  }

  #onTalk(talks) {
    this.#talks = talks;
    if (talks) {
      this.#hold();
    } else if (this.#words === '') {
      this.#release(); // it was a cough
    }
  }

  #onWords(text) {
    this.#words = text;
    if (text !== '') {
      this.#hold();
    }
    this.#view.prompt(text);
  }

  #onSaid(text) {
    this.#words = '';
    if (text !== '') {
      this.#held = false;
      this.#view.prompt('');
      this.#view.ask(text);
    } else if (!this.#talks) {
      this.#release();
    }
  }
}
