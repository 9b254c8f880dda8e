// The browser's audio: one context for as long as the page lives, and one track at a time in it.

import {Trouble} from './trouble.js';
import {WORDS} from './words.js';

/** How long nothing must have to be played before the audio is suspended. */
const REST_MS = 2000;

export class Speaker {
  #context = null;
  #node = null;
  #ready = null;
  #track = null;
  #ids = 0;
  #resting = null;
  #volume = 1;

  /** Wakes the audio when the page is seen or touched again, should it have been put to sleep. */
  constructor() {
    document.addEventListener('visibilitychange', () => this.#settle());
    navigator.mediaDevices?.addEventListener('devicechange', () => this.#settle());
    for (const gesture of ['pointerdown', 'keydown']) {
      document.addEventListener(gesture, () => this.#settle());
    }
  }

  /**
   * Makes the audio ready, once. To be called from within a click or a key press: browsers let
   * nothing sound before one.
   *
   * @return rejects with a Trouble; the next call then tries again
   */
  open() {
    this.#ready ??= this.#make().catch((why) => {
      // Nothing can have sounded in this context. One whose module has not come is of no use.
      this.#context?.close();
      this.#context = null;
      this.#ready = null;
      throw why;
    });
    this.#settle();
    return this.#ready;
  }

  async #make() {
    if (typeof AudioWorkletNode === 'undefined') {
      throw new Trouble(WORDS.noSound, isSecureContext ? WORDS.noWorklet : WORDS.insecure);
    }
    // It has the loudspeaker's own rate, which suits all tracks: the worklet resamples.
    const context = new AudioContext({latencyHint: 'interactive'});
    this.#context = context;
    // A locked screen or a call suspends it from outside.
    context.addEventListener('statechange', () => this.#settle());
    try {
      await context.audioWorklet.addModule('page/worklet.js');
    } catch (why) {
      throw why.name === 'AbortError' ? await refused() : new Trouble(WORDS.noSound, why.message);
    }
    const options = {numberOfInputs: 0, outputChannelCount: [1]};
    const node = new AudioWorkletNode(context, 'voicebus-playout', options);
    node.port.onmessage = ({data}) => this.#track?.reported(data);
    node.connect(context.destination);
    this.#node = node;
    this.volume(this.#volume);
  }

  /** @param share of what the voice has, 0 to 1 */
  volume(share) {
    this.#volume = share;
    this.#node?.port.postMessage({type: 'volume', share});
  }

  /**
   * A track in place of the one that plays, which falls silent. The audio is kept awake for it until
   * it is done or stopped.
   *
   * @param onReport is given {played, queued, underruns, peak, done}, some 30 times a second while
   *     it plays
   */
  track(onReport) {
    this.#track?.stop();
    const track = new Track(
        ++this.#ids,
        (message, transfer) => this.#node?.port.postMessage(message, transfer ?? []),
        onReport,
        () => this.#changed(track));
    this.#track = track;
    this.#settle();
    return track;
  }

  #changed(track) {
    if (this.#track === track && track.over) {
      this.#track = null;
    }
    this.#settle();
  }

  /** Awake while something is to be played; asleep when nothing is, but not at once. */
  #settle() {
    const context = this.#context;
    if (context === null || context.state === 'closed') {
      return;
    }
    if (this.#track !== null && !this.#track.paused) {
      clearTimeout(this.#resting);
      this.#resting = null;
      if (context.state !== 'running') {
        context.resume().catch(() => {}); // not yet: the page is seen or touched later
      }
    } else if (context.state === 'running') {
      this.#resting ??= setTimeout(() => {
        this.#resting = null;
        context.suspend().catch(() => {});
      }, REST_MS);
    }
  }
}

/** One stream of samples. What is asked of it after stop(), or once it is done, does nothing. */
class Track {
  #id;
  #post;
  #onReport;
  #changed;

  paused = false;
  over = false;

  constructor(id, post, onReport, changed) {
    this.#id = id;
    this.#post = post;
    this.#onReport = onReport;
    this.#changed = changed;
  }

  /** Samples of this rate follow. */
  begin(rate) {
    this.#send({type: 'begin', rate});
    this.#send({type: 'pause', paused: this.paused});
  }

  /** Hands over a buffer of signed 16-bit little-endian samples. */
  play(pcm) {
    this.#send({type: 'pcm', pcm}, [pcm]);
  }

  /** Nothing more will come. */
  end() {
    this.#send({type: 'end'});
  }

  pause(paused) {
    this.paused = paused;
    this.#send({type: 'pause', paused});
    this.#changed();
  }

  /** Silence at once. */
  stop() {
    this.#send({type: 'stop'});
    this.over = true;
    this.#changed();
  }

  /** The worklet's report, of this track or of one before it. */
  reported(report) {
    if (!this.over && report.track === this.#id) {
      this.over = report.done;
      this.#onReport(report);
      this.#changed();
    }
  }

  #send(message, transfer) {
    if (!this.over) {
      this.#post({track: this.#id, ...message}, transfer);
    }
  }
}

/** Why the worklet's module did not come, of which the browser tells nothing. */
async function refused() {
  const answer = await fetch('v1/source').catch(() => null);
  return answer?.status === 401 ? Trouble.signedOut() : Trouble.unreachable();
}
