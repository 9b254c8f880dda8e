// Plays PCM in the browser's audio thread, as it comes. Nothing here knows of turns or sockets.

import {Resampler} from './resampler.js';

/** Output samples over which sound fades out at a pause, and in after it: 2 ms at 48 kHz. */
const FADE = 96;

/** What is left of the last sample after each further one, so that a cut is no click. */
const DECAY = 0.93;

/** What nobody can hear. */
const NOTHING = 1e-4;

/** Between two reports, in seconds. */
const REPORT_S = 0.032;

/** One stream of samples: what waits to be played, and how far it is. */
class Track {
  #pieces = [];
  #at = 0; // in the first piece
  #resampler;
  #given = 0; // samples to the resampler
  #starved = 0; // samples that were missing since the last one
  #last = 0;
  #dry = true;

  queued = 0;
  underruns = 0;
  played = 0; // samples of its own rate that have sounded
  audible = false;
  ended = false;
  done = false;
  paused = false;

  constructor(id, rate) {
    this.id = id;
    this.#resampler = new Resampler(rate, sampleRate);
  }

  add(pcm) {
    const piece = new Int16Array(pcm);
    if (piece.length > 0) {
      this.#pieces.push(piece);
      this.queued += piece.length;
      this.#dry = false;
    }
  }

  /** The next output sample. */
  next() {
    const resampler = this.#resampler;
    if (this.#given === 0 && this.queued < resampler.due && !(this.ended && this.queued > 0)) {
      return 0; // it has not begun
    }
    while (resampler.due > 0) {
      resampler.push(this.#take());
    }
    const missing = Math.max(0, resampler.lookahead - this.#starved);
    this.played = Math.max(this.played, this.#given - missing);
    const sample = resampler.next();
    this.audible ||= sample !== 0;
    return sample;
  }

  #take() {
    if (this.queued === 0) {
      if (this.audible && !this.#dry && !this.ended) {
        this.underruns++;
      }
      this.#dry = true;
      this.#starved++;
      this.#last = Math.abs(this.#last) < NOTHING ? 0 : this.#last * DECAY;
      return this.#last;
    }
    const piece = this.#pieces[0];
    this.#last = piece[this.#at++] / 32768;
    this.queued--;
    this.#given++;
    this.#starved = 0;
    if (this.#at === piece.length) {
      this.#pieces.shift();
      this.#at = 0;
    }
    return this.#last;
  }

  get over() {
    return this.ended && this.queued === 0 && this.played === this.#given;
  }
}

/**
 * Messages in:  {type: 'begin', track, rate}    silences any other track; rate in Hz
 *               {type: 'pcm', track, pcm}       an Int16Array's buffer, handed over
 *               {type: 'end', track}            no more will come
 *               {type: 'pause', track, paused}
 *               {type: 'stop', track}
 *               {type: 'volume', share}         of all tracks, 0 to 1
 * Messages out: {track, played, queued, underruns, peak, done}; played and queued in samples of
 *               the track's rate, played being those that have really been rendered. None are sent
 *               while nothing plays. The peak is the voice's own, whatever the volume.
 *
 * A message for another track than the one that plays is ignored.
 */
class Playout extends AudioWorkletProcessor {
  #track = null;
  #gain = 0;
  #volume = 1;
  #loudness = 1; // on its way to the volume
  #tail = 0; // of what was cut off
  #last = 0;
  #peak = 0;
  #frames = 0; // since the last report

  constructor() {
    super();
    this.port.onmessage = ({data}) => this.#on(data);
  }

  #on(message) {
    if (message.type === 'volume') {
      this.#volume = message.share;
      return;
    }
    if (message.type === 'begin') {
      this.#cut();
      this.#track = new Track(message.track, message.rate);
      this.#gain = 1; // it is heard from its first sample on
      return;
    }
    const track = this.#track;
    if (track?.id !== message.track) {
      return;
    }
    switch (message.type) {
      case 'pcm':
        track.add(message.pcm);
        break;
      case 'end':
        track.ended = true;
        break;
      case 'pause':
        track.paused = message.paused;
        break;
      case 'stop':
        this.#cut();
        break;
    }
  }

  #cut() {
    this.#track = null;
    this.#tail = this.#last;
  }

  process(inputs, [[output]]) {
    const track = this.#track;
    const wasSilent = this.#gain === 0;
    for (let i = 0; i < output.length; i++) {
      this.#tail = Math.abs(this.#tail) < NOTHING ? 0 : this.#tail * DECAY;
      this.#last = this.#tail + (track === null ? 0 : this.#sampleOf(track));
      output[i] = this.#last;
    }
    if (track !== null && !track.done) {
      this.#report(track, output.length, wasSilent);
    }
    return true;
  }

  #sampleOf(track) {
    this.#gain += (track.paused ? -1 : 1) / FADE;
    this.#gain = Math.min(1, Math.max(0, this.#gain));
    // The fade-out of a pause plays on; what it renders has been heard.
    this.#loudness += Math.min(1 / FADE, Math.max(-1 / FADE, this.#volume - this.#loudness));
    const sample = this.#gain === 0 ? 0 : this.#gain * track.next();
    this.#peak = Math.max(this.#peak, Math.abs(sample));
    return this.#loudness * sample;
  }

  #report(track, frames, wasSilent) {
    if (track.paused && this.#gain === 0 && wasSilent) {
      return;
    }
    this.#frames += frames;
    track.done = track.over;
    const pausedJustNow = track.paused && this.#gain === 0;
    if (this.#frames >= REPORT_S * sampleRate || track.done || pausedJustNow) {
      const {id, played, queued, underruns, done} = track;
      this.port.postMessage({track: id, played, queued, underruns, peak: this.#peak, done});
      this.#frames = 0;
      this.#peak = 0;
    }
  }
}

registerProcessor('voicebus-playout', Playout);
