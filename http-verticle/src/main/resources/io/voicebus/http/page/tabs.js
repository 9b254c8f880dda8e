// Of this browser's tabs one speaks at a time, and a copy of a tab has the same conversation.

/** How long it is waited for another tab's word, in ms. */
const WORD_MS = 500;

export class Tabs {
  #channel = channel();

  /**
   * @param hush another tab has begun to speak
   * @param conversation gives the name of this tab's
   */
  constructor(hush, conversation) {
    this.#channel?.addEventListener('message', ({data}) => {
      if (data === 'speaks') {
        hush();
      } else if (data.whoHas === conversation()) {
        this.#channel.postMessage({has: data.whoHas});
      }
    });
  }

  speaks() {
    this.#channel?.postMessage('speaks');
  }

  /** Resolves with whether another tab has this conversation, too. */
  share(conversation) {
    return new Promise((known) => {
      const heard = ({data}) => data.has === conversation && done(true);
      const done = (shared) => {
        this.#channel?.removeEventListener('message', heard);
        known(shared);
      };
      this.#channel?.addEventListener('message', heard);
      this.#channel?.postMessage({whoHas: conversation});
      setTimeout(() => done(false), this.#channel === null ? 0 : WORD_MS);
    });
  }
}

/** Null where there is none, or where the browser keeps pages apart. */
function channel() {
  try {
    return new BroadcastChannel('voicebus');
  } catch {
    return null;
  }
}
