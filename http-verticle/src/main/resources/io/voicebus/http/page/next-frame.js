// Has something drawn with the browser's next frame.

/** A page that is not seen has no frames: it is brought up to date that often. */
const HIDDEN_MS = 250;

export class NextFrame {
  #draw;
  #cancel = null;

  constructor(draw) {
    this.#draw = draw;
  }

  get isAsked() {
    return this.#cancel !== null;
  }

  /** However often it is asked until then, it is drawn once. */
  ask() {
    if (this.#cancel !== null) {
      return;
    }
    if (document.hidden) {
      const timer = setTimeout(this.#draw, HIDDEN_MS);
      this.#cancel = () => clearTimeout(timer);
    } else {
      const frame = requestAnimationFrame(this.#draw);
      this.#cancel = () => cancelAnimationFrame(frame);
    }
  }

  /** It has been drawn, or need not be. */
  done() {
    this.#cancel?.();
    this.#cancel = null;
  }
}
