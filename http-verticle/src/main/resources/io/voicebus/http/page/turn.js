// One prompt and its answer: owns its connection, its place in the loudspeaker, and its rate.

import {Listener} from './listener.js';

/** Between two reports of the position. */
const REPORT_MS = 250;

/** Louder than this counts as heard; of full scale. */
const AUDIBLE = 0.001;

/** How long the audio's module may take, in ms, before it is told that the connection is at fault. */
const SLOW_MS = 5000;

/** How long it waits until the server knows what was heard of the turn before. */
const TOLD_MS = 300;

/** How long nothing must have come before it is told, while all that came has been played. */
const DRY_MS = 1000;

/** No word is longer: where it goes on after a pause is not further back, in seconds. */
const MAX_BACK_S = 3;

export class Turn {
  #speaker;
  #view;
  #track;
  #listener;
  #state = 'thinking';
  #heard = false;
  #edge = null; // the sample at which the last word ended before it was held
  #rate = 0; // 0 while it is not known
  #played = 0; // samples
  #queued = 0; // samples
  #received = 0; // samples
  #reportedAt = 0;
  #drySince = null; // all that came has been played, and more is to come
  #trouble = null; // told once what came before it has been played

  prompt;

  /**
   * @param speaker silences what it plays at once
   * @param view is told of the turn, until it is over or stopped:
   *     state('speaking' or 'paused'); accepted(id); busy(seconds) until it is tried again;
   *     away(whether its connection was lost and is sought again);
   *     progress({seconds, queuedSeconds, samples, underruns, peak, waits}) as it is played;
   *     and last over(Trouble or null, whether all of it was heard)
   */
  constructor(prompt, speaker, view) {
    this.prompt = prompt;
    this.#speaker = speaker;
    this.#view = view;
    this.#track = speaker.track((report) => this.#onReport(report));
    this.#listener = new Listener({
      accepted: (id) => view.accepted(id),
      busy: (seconds) => view.busy(seconds),
      away: (away) => view.away(away),
      event: (name, data) => this.#onEvent(name, data),
      audio: (pcm) => this.#onAudio(pcm),
      closed: (trouble) => this.#onClosed(trouble),
      plays: () => this.#queued > 0,
    });
  }

  /**
   * To be called from within a click or a key press.
   *
   * @param options of POST /v1/turns, besides the prompt
   * @param before resolves when the server knows how far the turn before was heard
   */
  async begin(options, before) {
    let slow = false;
    const timer = setTimeout(() => {
      slow = this.#state !== 'over';
      if (slow) {
        this.#view.away(true);
      }
    }, SLOW_MS);
    try {
      await this.#speaker.open();
    } catch (why) {
      this.#end(why, false);
      return;
    } finally {
      clearTimeout(timer);
      if (slow) {
        this.#view.away(false);
      }
    }
    await Promise.race([before, new Promise((waited) => setTimeout(waited, TOLD_MS))]);
    if (this.#state !== 'over') {
      await this.#listener.start({prompt: this.prompt, pace: 'realtime', ...options});
    }
  }

  /**
   * Falls silent at once, and ends the turn at the server.
   *
   * @return resolves when the server knows how far it was heard
   */
  stop() {
    if (this.#state === 'over') {
      return Promise.resolve();
    }
    this.#state = 'over';
    this.#track.stop();
    return this.#listener.stop(this.#playedMs);
  }

  /** The same, while the page is being left. */
  leave() {
    this.stop();
    this.#listener.leave();
  }

  /** Whether it can wait while another one is asked for, and go on. */
  get holds() {
    return this.#speaker.holds && this.#heard && this.#state !== 'over';
  }

  /**
   * Falls silent. Nothing more is asked of the model or the voice until it goes on.
   *
   * @return resolves when the server knows how far it was heard
   */
  hold() {
    if (this.#state === 'over' || this.#state === 'paused') {
      return Promise.resolve();
    }
    this.#go('paused');
    this.#track.pause();
    this.#edge = null;
    return this.#listener.hold(this.#playedMs);
  }

  /** Goes on at the end of the last word that was wholly heard. */
  resume() {
    if (this.#state === 'paused') {
      this.#go(this.#heard ? 'speaking' : 'thinking');
      this.#track.resume(this.#resumeAt());
      this.#listener.resume(this.#playedMs);
    }
  }

  #resumeAt() {
    const most = this.#played;
    const least = Math.max(0, most - MAX_BACK_S * this.#rate);
    const known = [this.#edge, this.#view.edge(most)].find(
        (sample) => sample !== null && sample >= least && sample <= most);
    return known ?? most;
  }

  #go(state) {
    this.#state = state;
    this.#view.state(state);
  }

  #onEvent(name, data) {
    this.#track.told?.(name, data);
    if (name === 'format') {
      this.#rate = data.sample_rate_hz;
      this.#track.begin(this.#rate);
    } else if (name === 'held') {
      this.#edge = data.at_sample;
    } else if (name === 'end' && data.outcome === 'finished') {
      this.#track.end(); // the socket takes a while to close, which is no gap
    }
    this.#view.event(name, data);
  }

  #onAudio(pcm) {
    this.#received += pcm.byteLength / 2;
    this.#view.audio(pcm);
    this.#track.play(pcm);
  }

  /** No more will come; what waits in the worklet is still to be heard. */
  #onClosed(trouble) {
    this.#trouble = trouble;
    if (this.#received === 0) {
      this.#end(trouble, trouble === null);
    } else {
      this.#track.end();
    }
  }

  #onReport({played, queued, underruns, peak, done, trouble}) {
    if (trouble) {
      this.#listener.stop(this.#playedMs);
      this.#end(trouble, false);
      return;
    }
    this.#played = played;
    this.#queued = queued;
    const dry = queued === 0 && peak <= AUDIBLE && !done && this.#state === 'speaking';
    this.#drySince = dry ? this.#drySince ?? performance.now() : null;
    this.#view.progress({
      seconds: this.#seconds(played),
      queuedSeconds: this.#seconds(queued),
      samples: played,
      underruns,
      peak,
      waits: dry && performance.now() - this.#drySince >= DRY_MS,
    });
    this.#heard ||= peak > AUDIBLE;
    if (this.#heard && this.#state === 'thinking') {
      this.#go('speaking');
    }
    if (done) {
      this.#report();
      this.#end(this.#trouble, this.#trouble === null);
    } else if (this.#state !== 'paused' && performance.now() - this.#reportedAt >= REPORT_MS) {
      this.#report();
    }
  }

  #report() {
    this.#reportedAt = performance.now();
    if (this.#rate > 0) {
      this.#listener.report(this.#playedMs, this.#state === 'paused');
    }
  }

  get #playedMs() {
    return Math.floor(1000 * this.#seconds(this.#played));
  }

  #seconds(samples) {
    return this.#rate === 0 ? 0 : samples / this.#rate;
  }

  #end(trouble, wholly) {
    if (this.#state !== 'over') {
      this.#state = 'over';
      this.#track.stop();
      this.#view.over(trouble, wholly);
    }
  }
}
