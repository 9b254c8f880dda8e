// Plays PCM in the browser's audio thread, as it comes. Nothing here knows of turns or sockets.

/** Samples over which sound fades in, and out at a pause: 4 ms at 24 kHz. */
const FADE = 96;

/** What is left of the last sample after each further one, so that a cut is no click. */
const DECAY = 0.93;

/** What nobody can hear. */
const NOTHING = 1e-4;

/** Blocks of 128 samples between two reports: about 32 ms at 24 kHz. */
const REPORT_BLOCKS = 6;

/**
 * Messages in:  {type: 'turn', epoch, rate}   forgets all, and plays samples of this rate
 *               {type: 'pcm', epoch, pcm}     an Int16Array's buffer, handed over
 *               {type: 'end', epoch}          no more will come
 *               {type: 'pause', paused}
 *               {type: 'stop'}                forgets all
 * Messages out: {epoch, played, queued, underruns, peak, done}; played and queued in samples of
 *               the turn's rate, played being those that have really been rendered.
 */
class Playout extends AudioWorkletProcessor {
  constructor() {
    super();
    this.gain = 0;
    this.paused = false;
    this.blocks = 0;
    this.peak = 0;
    this.last = 0;
    this.reset(0, sampleRate);
    this.port.onmessage = ({data}) => this.on(data);
  }

  reset(epoch, rate) {
    this.epoch = epoch;
    this.step = rate / sampleRate;
    this.pieces = [];
    this.at = 0; // in pieces[0]
    this.fraction = 0;
    this.window = [0, 0, 0, 0]; // the samples around the place that is played
    this.played = 0;
    this.queued = 0;
    this.underruns = 0;
    this.begun = false;
    this.dry = true;
    this.ended = false;
    this.done = false;
  }

  on(message) {
    switch (message.type) {
      case 'turn':
        this.reset(message.epoch, message.rate);
        break;
      case 'stop':
        this.reset(-1, sampleRate);
        this.done = true;
        break;
      case 'pause':
        this.paused = message.paused;
        break;
      case 'pcm':
        if (message.epoch === this.epoch) {
          const piece = new Int16Array(message.pcm);
          this.pieces.push(piece);
          this.queued += piece.length;
          this.dry = false;
        }
        break;
      case 'end':
        this.ended ||= message.epoch === this.epoch;
        break;
    }
  }

  /** Moves the window on by one sample of the turn; false when there is none. */
  advance() {
    if (this.queued === 0) {
      return false;
    }
    const piece = this.pieces[0];
    this.window.shift();
    this.window.push(piece[this.at++] / 32768);
    this.queued--;
    this.played++;
    if (this.at === piece.length) {
      this.pieces.shift();
      this.at = 0;
    }
    return true;
  }

  /** The next output sample. */
  next() {
    if (this.step === 1) {
      return this.advance() ? this.window[3] : this.starve();
    }
    this.fraction += this.step;
    while (this.fraction >= 1) {
      if (!this.advance()) {
        return this.starve();
      }
      this.fraction--;
    }
    // Catmull-Rom: through all four samples, smooth between the middle two.
    const [a, b, c, d] = this.window;
    const t = this.fraction;
    return b + 0.5 * t * (c - a + t * (2 * a - 5 * b + 4 * c - d + t * (3 * (b - c) + d - a)));
  }

  starve() {
    this.fraction = 0;
    this.window.fill(0);
    if (this.begun && !this.dry && !this.ended) {
      this.underruns++;
    }
    this.dry = true;
    return Math.abs(this.last) < NOTHING ? 0 : this.last * DECAY;
  }

  process(inputs, [[output]]) {
    if (!this.paused || this.gain > 0) {
      for (let i = 0; i < output.length; i++) {
        this.gain += (this.paused ? -1 : 1) / FADE;
        this.gain = Math.min(1, Math.max(0, this.gain));
        // The fade-out of a pause plays on; what it renders has been heard.
        this.last = this.next();
        const sample = this.gain * this.last;
        output[i] = sample;
        this.begun ||= sample !== 0;
        this.peak = Math.max(this.peak, Math.abs(sample));
      }
    }
    const done = this.ended && this.queued === 0;
    if (++this.blocks >= REPORT_BLOCKS || done !== this.done) {
      this.done = done;
      this.report();
    }
    return true;
  }

  report() {
    const {epoch, played, queued, underruns, peak, done} = this;
    this.port.postMessage({epoch, played, queued, underruns, peak, done});
    this.blocks = 0;
    this.peak = 0;
  }
}

registerProcessor('voicebus-playout', Playout);
