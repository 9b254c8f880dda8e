// The browser's audio: one worklet that plays what it is given, and tells how far it is.

/** The rate that most voices have; the context is made before the turn's own is known. */
const USUAL_RATE_HZ = 24000;

export class Speaker {
  #onReport;
  #context = null;
  #node = null;
  #ready = null;
  #rate = USUAL_RATE_HZ;
  #epoch = 0;

  /** @param onReport is given {played, queued, underruns, peak, done} of the turn, often */
  constructor(onReport) {
    this.#onReport = onReport;
  }

  /**
   * Makes the audio ready. To be called from within a click or a key press: browsers let nothing
   * sound before one.
   */
  open() {
    if (this.#context === null || this.#context.sampleRate !== this.#rate) {
      this.#close();
      this.#ready = this.#make();
      this.#ready.catch(() => this.#close());
    }
    this.#context?.resume();
    return this.#ready;
  }

  async #make() {
    if (typeof AudioWorkletNode === 'undefined') {
      throw new Error(
          isSecureContext
              ? 'This browser has no AudioWorklet: use a newer one.'
              : 'Browsers play live audio only from localhost or over https: open the page so.');
    }
    // A context of the turn's own rate lets the browser do the resampling, which it does well; for
    // a first turn of another rate the worklet does it.
    const context = new AudioContext({sampleRate: this.#rate, latencyHint: 'interactive'});
    this.#context = context;
    await context.audioWorklet.addModule('/page/worklet.js');
    const options = {numberOfInputs: 0, outputChannelCount: [1]};
    const node = new AudioWorkletNode(context, 'voicebus-playout', options);
    node.port.onmessage = ({data}) => {
      if (data.epoch === this.#epoch) {
        this.#onReport(data);
      }
    };
    node.connect(context.destination);
    this.#node = node;
  }

  #close() {
    this.#node?.disconnect();
    this.#context?.close();
    this.#node = null;
    this.#context = null;
  }

  /** Samples of a new turn follow; whatever was playing is forgotten. */
  begin(rate) {
    this.#rate = rate;
    this.#post({type: 'turn', epoch: ++this.#epoch, rate});
    this.pause(false);
  }

  /** Hands over a buffer of signed 16-bit little-endian samples. */
  play(pcm) {
    this.#node?.port.postMessage({type: 'pcm', epoch: this.#epoch, pcm}, [pcm]);
  }

  /** Nothing more will come. */
  end() {
    this.#post({type: 'end', epoch: this.#epoch});
  }

  pause(paused) {
    this.#post({type: 'pause', paused});
  }

  /** Silence at once. */
  stop() {
    this.#epoch++;
    this.#post({type: 'stop'});
  }

  #post(message) {
    this.#node?.port.postMessage(message);
  }
}
