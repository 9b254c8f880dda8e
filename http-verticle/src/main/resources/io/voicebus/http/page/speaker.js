// The browser's audio: one context for as long as the page lives. Of its tracks one is heard at a time.

import {insistently, within} from './server.js';
import {Trouble} from './trouble.js';
import {WORDS} from './words.js';

/** For how long sound may not begin before it is told. */
const HELD_BACK_MS = 1500;

/** How long the server may take to say why it does not give the audio's module. */
const ANSWER_MS = 4000;

/** How long nothing must have to be played before the audio is suspended. */
const REST_MS = 2000;

export class Speaker {
  #context = null;
  #node = null;
  #ready = null;
  #lates = 0; // how often its module did not come in time: a browser waits for an equal request
  #tracks = new Set();
  #ids = 0;
  #resting = null;
  #volume = 1;
  #speed = 1;
  #listens = false;

  /** Whether a track that is paused leaves the others alone. */
  holds = true;

  /** Whether something is to be heard, and the browser does not let it: a call, no device, no gesture. */
  isHeldBack = false;

  #waking = null;
  #onHeldBack;

  /**
   * Wakes the audio when the page is seen or touched again, should it have been put to sleep.
   *
   * @param onHeldBack isHeldBack has changed
   */
  constructor(onHeldBack) {
    this.#onHeldBack = onHeldBack;
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
    this.#ready ??= this.#opened().catch((why) => {
      this.#ready = null;
      throw why;
    });
    this.#settle();
    return this.#ready;
  }

  async #opened() {
    if (typeof AudioWorkletNode === 'undefined') {
      throw new Trouble(WORDS.noSound, isSecureContext ? WORDS.noWorklet : WORDS.insecure);
    }
    try {
      await insistently((signal) => this.#make(signal), () => true, {late: () => this.#lates++});
    } catch (why) {
      throw why.name === 'AbortError' || why.name === 'TimeoutError' ? await refused() : new Trouble(WORDS.noSound, why.message);
    }
  }

  /** @param signal it comes too late */
  async #make(signal) {
    // It has the loudspeaker's own rate, which suits all tracks: the worklet resamples.
    const context = this.#context ?? new AudioContext({latencyHint: 'interactive'});
    if (this.#context === null) {
      this.#context = context;
      // A locked screen or a call suspends it from outside.
      context.addEventListener('statechange', () => (context.state === 'closed' ? this.#lost(context) : this.#settle()));
    }
    try {
      if (this.#lates > 0) {
        // What is broken off takes its dead connection with it; a module is not.
        await fetch('v1/status', {signal}).catch(() => {});
        if (signal.aborted) {
          return;
        }
      }
      await context.audioWorklet.addModule(`page/worklet.js${this.#lates > 0 ? `?${this.#lates}` : ''}`);
    } catch (why) {
      if (!signal.aborted) {
        // Nothing can have sounded in it, and it does not ask for its module again.
        context.close().catch(() => {});
        this.#context = null;
      }
      throw why;
    }
    if (signal.aborted) {
      return;
    }
    const options = {numberOfInputs: 0, outputChannelCount: [1]};
    const node = new AudioWorkletNode(context, 'voicebus-playout', options);
    node.port.onmessage = ({data}) => this.#tracks.forEach((track) => track.reported(data));
    node.addEventListener('processorerror', () => this.#lost(context));
    node.connect(context.destination);
    this.#node = node;
    this.volume(this.#volume);
    this.speed(this.#speed);
  }

  /** The browser has ended its audio: what is to be heard fails, and the next open() makes another one. */
  #lost(context) {
    if (context === this.#context) {
      this.#context = null;
      this.#node = null;
      this.#ready = null;
      this.#heldBack(false);
      context.close().catch(() => {});
      this.#tracks.forEach((track) => track.fail(new Trouble(WORDS.noSound, WORDS.soundEnded)));
    }
  }

  /** @param share of what the voice has, 0 to 1 */
  volume(share) {
    this.#volume = share;
    this.#node?.port.postMessage({type: 'volume', share});
  }

  /** @param speed how many times as fast as it was spoken, at the same pitch; holds at once */
  speed(speed) {
    this.#speed = speed;
    this.#node?.port.postMessage({type: 'speed', speed});
  }

  /**
   * Listens to a microphone, and keeps the audio awake for it.
   *
   * @return {level() the root mean square of its latest sound, unplug()}
   */
  listen(stream) {
    const source = this.#context.createMediaStreamSource(stream);
    const analyser = new AnalyserNode(this.#context, {fftSize: 1024});
    const samples = new Float32Array(analyser.fftSize);
    source.connect(analyser);
    this.#listens = true;
    this.#settle();
    return {
      level() {
        analyser.getFloatTimeDomainData(samples);
        return Math.sqrt(samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length);
      },
      unplug: () => {
        source.disconnect();
        this.#listens = false;
        this.#settle();
      },
    };
  }

  /**
   * A track. Its caller has paused or stopped the others. The audio is kept awake until it
   * is done, paused or stopped.
   *
   * @param onReport is given {played, queued, underruns, peak, done}, some 30 times a second while
   *     it plays; or {trouble} if it cannot go on
   */
  track(onReport) {
    const track = new Track(
        ++this.#ids,
        (message, transfer) => this.#node?.port.postMessage(message, transfer ?? []),
        onReport,
        () => this.#changed(track));
    this.#tracks.add(track);
    this.#settle();
    return track;
  }

  #changed(track) {
    if (track.over) {
      this.#tracks.delete(track);
    }
    this.#settle();
  }

  /** Awake while something is to be played; asleep when nothing is, but not at once. */
  #settle() {
    const context = this.#context;
    if (context === null || context.state === 'closed') {
      return;
    }
    if (this.#listens || [...this.#tracks].some(({paused}) => !paused)) {
      clearTimeout(this.#resting);
      this.#resting = null;
      if (context.state !== 'running') {
        context.resume().catch(() => {}); // not yet: the page is seen or touched later
        this.#waking ??= setTimeout(() => this.#heldBack(true), HELD_BACK_MS);
      } else {
        this.#heldBack(false);
      }
      return;
    }
    this.#heldBack(false);
    if (context.state === 'running') {
      this.#resting ??= setTimeout(() => {
        this.#resting = null;
        context.suspend().catch(() => {});
      }, REST_MS);
    }
  }

  #heldBack(is) {
    clearTimeout(this.#waking);
    this.#waking = is ? this.#waking : null;
    if (is !== this.isHeldBack) {
      this.isHeldBack = is;
      this.#onHeldBack();
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
    this.#send({type: 'begin', rate, paused: this.paused});
  }

  /** Hands over a buffer of signed 16-bit little-endian samples. */
  play(pcm) {
    this.#send({type: 'pcm', pcm}, [pcm]);
  }

  /** Nothing more will come. */
  end() {
    this.#send({type: 'end'});
  }

  pause() {
    this.paused = true;
    this.#send({type: 'pause', paused: true});
    this.#changed();
  }

  /** @param at the sample at which it goes on; not after the one that it has come to */
  resume(at) {
    this.paused = false;
    this.#send({type: 'pause', paused: false, at});
    this.#changed();
  }

  /** Silence at once. */
  stop() {
    this.#send({type: 'stop'});
    this.over = true;
    this.#changed();
  }

  fail(trouble) {
    this.#onReport({trouble});
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
  const answer = await within(ANSWER_MS, (signal) => fetch('v1/source', {signal})).catch(() => null);
  return answer?.status === 401 ? Trouble.signedOut() : Trouble.unreachable();
}
