// Of this browser's tabs one speaks at a time.

export class Tabs {
  #channel = globalThis.BroadcastChannel ? new BroadcastChannel('voicebus') : null;

  /** @param hush another tab has begun to speak */
  constructor(hush) {
    this.#channel?.addEventListener('message', hush);
  }

  speaks() {
    this.#channel?.postMessage('speaks');
  }
}
