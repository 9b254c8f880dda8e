// Of this browser's tabs one speaks at a time.

export class Tabs {
  #channel = channel();

  /** @param hush another tab has begun to speak */
  constructor(hush) {
    this.#channel?.addEventListener('message', hush);
  }

  speaks() {
    this.#channel?.postMessage('speaks');
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
