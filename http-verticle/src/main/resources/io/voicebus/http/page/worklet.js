// Plays PCM in the browser's audio thread, as it comes. Nothing here knows of turns or sockets.

import {Resampler} from './resampler.js';
import {Samples} from './samples.js';
import {Stretch} from './stretch.js';

/** Output samples over which sound fades out at a pause, and in after it: 2 ms at 48 kHz. */
const FADE = 96;

/** What is left of the last sample after each further one, so that a cut is no click. */
const DECAY = 0.93;

/** What nobody can hear. */
const NOTHING = 1e-4;

/** Between two reports, in seconds. */
const REPORT_S = 0.032;

/** So much of what was played can be gone back to, in seconds. */
const KEPT_S = 5;

/** One stream of samples: what waits to be played, and how far it is. */
class Track {
  #rate;
  #samples = new Samples();
  #stretch;
  #resampler;
  #heard; // the place of each sample that is still in the resampler
  #given = 0; // samples to the resampler
  #gain;
  #last = 0;
  #dry = true;
  #begun = false;
  #audible = false;
  #ended = false;
  #paused;
  #silent = false; // paused, and told so
  #underruns = 0;
  #played = 0; // samples of its own rate that have sounded
  #peak = 0;
  #frames = 0; // since the last report

  id;
  out = 0; // the last sample that was rendered
  done = false;

  constructor({track, rate, paused}) {
    this.id = track;
    this.#rate = rate;
    this.#paused = paused;
    this.#gain = paused ? 0 : 1; // it is heard from its first sample on
    this.#stretch = new Stretch(this.#samples, rate);
    this.#resampler = new Resampler(rate, sampleRate);
    this.#heard = new Float64Array(this.#resampler.lookahead + 1);
  }

  add(pcm) {
    this.#samples.add(new Int16Array(pcm));
    this.#dry &&= pcm.byteLength === 0;
  }

  end() {
    this.#ended = true;
  }

  /** @param at the place at which it goes on, if not where it is */
  pause(paused, at) {
    this.#paused = paused;
    this.#silent = false;
    if (!paused && at !== undefined && at < this.#stretch.position) {
      const place = Math.max(this.#samples.begin, at);
      this.#stretch.seek(place);
      this.#heard.fill(place);
      this.#played = place;
    }
  }

  get #queued() {
    return this.#samples.end - this.#stretch.position;
  }

  /** The next output sample. The fade-out of a pause plays on; what it renders has been heard. */
  render(speed) {
    this.#gain = Math.min(1, Math.max(0, this.#gain + (this.#paused ? -1 : 1) / FADE));
    this.#stretch.speed = speed;
    this.out = this.#gain === 0 ? 0 : this.#gain * this.#sounding();
    this.#peak = Math.max(this.#peak, Math.abs(this.out));
    return this.out;
  }

  #sounding() {
    const resampler = this.#resampler;
    if (!this.#begun) {
      if (this.#queued < resampler.due && !(this.#ended && this.#queued > 0)) {
        return 0;
      }
      this.#begun = true;
    }
    while (resampler.due > 0) {
      resampler.push(this.#take());
    }
    this.#played = this.#heard[this.#given % this.#heard.length];
    const sample = resampler.next();
    this.#audible ||= sample !== 0;
    return sample;
  }

  #take() {
    const sample = this.#stretch.next();
    if (sample !== null) {
      this.#last = sample;
    } else {
      if (this.#audible && !this.#dry && !this.#ended) {
        this.#underruns++;
      }
      this.#dry = true;
      this.#last = Math.abs(this.#last) < NOTHING ? 0 : this.#last * DECAY;
    }
    this.#heard[this.#given++ % this.#heard.length] = this.#stretch.position;
    return this.#last;
  }

  /** What is to be told after so many output samples; null for nothing. */
  report(frames) {
    const silent = this.#paused && this.#gain === 0;
    if (this.done || this.#silent) {
      return null;
    }
    this.#frames += frames;
    this.#silent = silent;
    this.done = this.#ended && this.#queued === 0 && this.#played === this.#samples.end;
    if (this.#frames < REPORT_S * sampleRate && !this.done && !silent) {
      return null;
    }
    const report = {
      track: this.id, played: this.#played, queued: this.#queued, underruns: this.#underruns,
      peak: this.#peak, done: this.done,
    };
    this.#frames = 0;
    this.#peak = 0;
    this.#samples.forget(this.#played - KEPT_S * this.#rate);
    return report;
  }
}

/**
 * Messages in:  {type: 'begin', track, rate, paused}  rate in Hz
 *               {type: 'pcm', track, pcm}       an Int16Array's buffer, handed over
 *               {type: 'end', track}            no more will come
 *               {type: 'pause', track, paused, at}  at: the sample at which it goes on, if not
 *                                               where it is; up to some seconds back
 *               {type: 'stop', track}
 *               {type: 'volume', share}         of all tracks, 0 to 1
 *               {type: 'speed', speed}          of all tracks, 1 being the voice's own
 * Messages out: {track, played, queued, underruns, peak, done}; played and queued in samples of
 *               the track's rate, played being those that have really been rendered. None are sent
 *               while nothing plays. The peak is the voice's own, whatever the volume.
 *
 * All tracks that are not paused are heard. A message for one that there is not is ignored.
 */
class Playout extends AudioWorkletProcessor {
  #tracks = [];
  #volume = 1;
  #speed = 1;
  #loudness = 1; // on its way to the volume
  #tail = 0; // of what was cut off

  constructor() {
    super();
    this.port.onmessage = ({data}) => this.#on(data);
  }

  #on(message) {
    switch (message.type) {
      case 'volume':
        this.#volume = message.share;
        return;
      case 'speed':
        this.#speed = message.speed;
        return;
      case 'begin':
        this.#remove(message.track);
        this.#tracks.push(new Track(message));
        return;
      case 'stop':
        this.#remove(message.track);
        return;
    }
    const track = this.#tracks.find(({id}) => id === message.track);
    switch (track && message.type) {
      case 'pcm':
        track.add(message.pcm);
        break;
      case 'end':
        track.end();
        break;
      case 'pause':
        track.pause(message.paused, message.at);
        break;
    }
  }

  #remove(id) {
    const index = this.#tracks.findIndex((track) => track.id === id);
    if (index >= 0) {
      this.#tail += this.#tracks[index].out;
      this.#tracks.splice(index, 1);
    }
  }

  process(inputs, [[output]]) {
    for (let i = 0; i < output.length; i++) {
      this.#tail = Math.abs(this.#tail) < NOTHING ? 0 : this.#tail * DECAY;
      this.#loudness += Math.min(1 / FADE, Math.max(-1 / FADE, this.#volume - this.#loudness));
      let sum = this.#tail;
      for (let track = 0; track < this.#tracks.length; track++) {
        sum += this.#tracks[track].render(this.#speed);
      }
      output[i] = this.#loudness * sum;
    }
    const over = []; // what has been played to its end is not rendered for ever
    for (const track of this.#tracks) {
      const report = track.report(output.length);
      if (report !== null) {
        this.port.postMessage(report);
        if (report.done) {
          over.push(track.id);
        }
      }
    }
    over.forEach((id) => this.#remove(id));
    return true;
  }
}

registerProcessor('voicebus-playout', Playout);
