// An answer that is heard once more from what the page has kept of it; can do what a turn can.

const AUDIBLE = 0.001;

export class Replay {
  #speaker;
  #recording;
  #rate;
  #from;
  #view;
  #track;
  #state = 'thinking';
  #played = 0; // samples behind the first

  /**
   * @param from the first sample that is to be heard
   * @param view as a turn's: state(), progress(), edge(sample), over()
   */
  constructor(speaker, recording, rate, from, view) {
    this.#speaker = speaker;
    this.#recording = recording;
    this.#rate = rate;
    this.#from = from;
    this.#view = view;
    this.#track = speaker.track((report) => this.#onReport(report));
  }

  /** To be called from within a click or a key press. */
  async begin() {
    try {
      await this.#speaker.open();
    } catch (why) {
      this.#end(why);
      return;
    }
    if (this.#state !== 'over') {
      this.#track.begin(this.#rate);
      this.#recording.from(this.#from).forEach((pcm) => this.#track.play(pcm));
      this.#track.end();
    }
  }

  #onReport({played, queued, underruns, peak, done, trouble}) {
    if (trouble) {
      this.#end(trouble);
      return;
    }
    this.#played = played;
    const samples = this.#from + played;
    const seconds = samples / this.#rate;
    this.#view.progress({seconds, samples, queuedSeconds: queued / this.#rate, underruns, peak});
    if (peak > AUDIBLE && this.#state === 'thinking') {
      this.#go('speaking');
    }
    if (done) {
      this.#end(null);
    }
  }

  hold() {
    if (this.#state === 'speaking') {
      this.#go('paused');
      this.#track.pause();
    }
    return Promise.resolve();
  }

  resume() {
    if (this.#state === 'paused') {
      this.#go('speaking');
      this.#track.resume(Math.max(0, this.#view.edge(this.#from + this.#played) - this.#from));
    }
  }

  #go(state) {
    this.#state = state;
    this.#view.state(state);
  }

  stop() {
    this.#state = 'over';
    this.#track.stop();
    return Promise.resolve();
  }

  leave() {
    this.stop();
  }

  #end(trouble) {
    if (this.#state !== 'over') {
      this.#state = 'over';
      this.#track.stop();
      this.#view.over(trouble, trouble === null);
    }
  }
}
