// The sound of the answers, so that they can be heard again and taken away.

/** So much is kept of all answers together, in bytes: half an hour at 24 kHz. The oldest go first. */
const MAX_BYTES = 96 * 1024 * 1024;

const kept = new Set();
let bytes = 0;

export class Recording {
  pieces = [];
  samples = 0;
  whole = true;
  #lost;

  /** @param lost it is told when others have taken its room */
  constructor(lost = () => {}) {
    this.#lost = lost;
  }

  /** Copies the samples: the buffer itself goes to the audio thread. */
  add(pcm) {
    if (!this.whole) {
      return;
    }
    kept.add(this);
    const piece = new Int16Array(pcm.slice(0));
    this.pieces.push(piece);
    this.samples += piece.length;
    bytes += piece.byteLength;
    for (const oldest of kept) {
      if (bytes <= MAX_BYTES) {
        break;
      }
      oldest.drop();
      oldest.#lost();
    }
  }

  get isPlayable() {
    return this.whole && this.samples > 0;
  }

  /** From a sample on: buffers that may be handed over. */
  from(sample) {
    const rest = [];
    let at = 0;
    for (const piece of this.pieces) {
      if (at + piece.length > sample) {
        rest.push(piece.slice(Math.max(0, sample - at)).buffer);
      }
      at += piece.length;
    }
    return rest;
  }

  drop() {
    kept.delete(this);
    bytes -= 2 * this.samples;
    this.pieces = [];
    this.samples = 0;
    this.whole = false;
  }

  clear() {
    this.drop();
    this.whole = true;
  }
}
