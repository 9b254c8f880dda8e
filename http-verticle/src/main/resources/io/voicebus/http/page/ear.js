// The microphone's own sound: tells when somebody talks, long before their words are recognised.

import {TalkDetector} from './talk-detector.js';
import {Trouble} from './trouble.js';
import {WORDS} from './words.js';

/** How often it is looked how loud it is. */
const TICK_MS = 30;

/** The answer comes out of a loudspeaker next to it. */
const WANTED = {audio: {echoCancellation: true, noiseSuppression: true, autoGainControl: true}};

export class Ear {
  #speaker;
  #talks;
  #stream = null;
  #unplug = () => {};
  #timer = null;
  #opening = null; // the latest open(), until it is closed

  /** @param talks is told whether somebody talks, when that changes */
  constructor(speaker, talks) {
    this.#speaker = speaker;
    this.#talks = talks;
  }

  /** What recognises speech can take it from here: without the answer's echo. Null while closed. */
  get track() {
    return this.#stream?.getAudioTracks()[0] ?? null;
  }

  /**
   * To be called from within a click.
   *
   * @param lost the microphone has gone
   * @return whether it hears; not if it was closed while the browser asked. Rejects with a Trouble
   */
  async open(lost) {
    const opening = {};
    this.#opening = opening;
    let stream;
    try {
      await this.#speaker.open();
      stream = await navigator.mediaDevices.getUserMedia(WANTED);
    } catch (why) {
      if (this.#opening !== opening) {
        return false;
      }
      throw why instanceof Trouble ? why
        : new Trouble(WORDS.microphone, why.name === 'NotAllowedError'
          ? WORDS.microphoneDenied : WORDS.microphoneNone);
    }
    if (this.#opening !== opening) {
      stream.getTracks().forEach((track) => track.stop());
      return false;
    }
    this.#stream = stream;
    this.track.addEventListener('ended', lost);
    const {level, unplug} = this.#speaker.listen(this.#stream);
    this.#unplug = unplug;
    const detector = new TalkDetector();
    let heardAt = performance.now();
    this.#timer = setInterval(() => {
      const now = performance.now();
      const before = detector.talks;
      detector.hear(level(), now - heardAt);
      heardAt = now;
      if (detector.talks !== before) {
        this.#talks(detector.talks);
      }
    }, TICK_MS);
    return true;
  }

  close() {
    this.#opening = null;
    clearInterval(this.#timer);
    this.#unplug();
    this.#unplug = () => {};
    this.#stream?.getTracks().forEach((track) => track.stop());
    this.#stream = null;
  }
}
