// Whether somebody talks, by how much louder it is than the room. Knows nothing of microphones.

/** Louder than the room by so much is talk, in dB. */
const ABOVE_DB = 12;

/** What is softer is no talk, however still the room is: what is left of the answer's echo. */
const LEAST_DB = -42;

/** How long it must be loud to be talk, and soft to be none: a knock, and a pause between words. */
const BEGINS_MS = 120;
const ENDS_MS = 900;

/** How fast the room is believed to become louder, in dB a second. */
const ROOM_RISES = 3;

export class TalkDetector {
  #room = 0;
  #changes = 0; // ms for which it has been otherwise than it is

  talks = false;

  /**
   * @param level the root mean square of the latest sound, of full scale
   * @param ms since the last time
   * @return whether somebody talks
   */
  hear(level, ms) {
    const db = 20 * Math.log10(level + 1e-6);
    const loud = db > Math.max(LEAST_DB, this.#room + ABOVE_DB);
    if (!loud) {
      this.#room = Math.min(db, this.#room);
    }
    this.#room += (ROOM_RISES * ms) / 1000;
    this.#changes = loud === this.talks ? 0 : this.#changes + ms;
    if (this.#changes >= (this.talks ? ENDS_MS : BEGINS_MS)) {
      this.talks = !this.talks;
      this.#changes = 0;
    }
    return this.talks;
  }
}
