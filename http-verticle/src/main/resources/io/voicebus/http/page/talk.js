// What is being spoken: one answer at a time, anew, once more, or a voice on trial.

import {browserSpeaker, isBrowserVoice} from './browser-voice.js';
import {choices} from './choices.js';
import {Exchange} from './exchange.js';
import {Replay} from './replay.js';
import {Timeline} from './timeline.js';
import {Turn} from './turn.js';

export class Talk {
  #speaker;
  #thread;
  #view;
  #turn = null;
  #exchange = null; // whose answer it is; none of a voice on trial
  #end = () => {}; // of what is under way, when it is broken in upon

  state = 'idle';

  /**
   * @param view state('idle', 'thinking', 'speaking' or 'paused'), source(name, model),
   *     reads() whether there is no model, so that prompts are read aloud, free() a voice of the
   *     server that costs nothing,
   *     level(0 to 1), changed(exchange), inside(exchange), trouble(Trouble) of a voice on trial
   */
  constructor(speaker, thread, view) {
    this.#speaker = speaker;
    this.#thread = thread;
    this.#view = view;
  }

  /** An exchange in which what can be done with an answer is joined to this. */
  exchange(prompt) {
    const exchange = new Exchange(prompt, {
      play: (one, place) => this.#play(one, place),
      from: (one, place) => this.#from(one, place),
      retry: (one) => this.ask(one.prompt, one),
      inside: (one) => this.#view.inside(one),
    });
    exchange.onDraw = () => this.#thread.reveal(exchange);
    return exchange;
  }

  /**
   * Whatever is being said falls silent. To be called from within a click or a key press.
   *
   * @param failed the exchange that is tried again
   */
  ask(prompt, failed = null) {
    const before = this.#silence();
    const exchange = failed ?? this.exchange(prompt);
    exchange.reads = this.#view.reads();
    if (failed === null) {
      this.#thread.add(exchange);
    }
    const askedAt = performance.now();
    const {speaker, options, keeps} = this.#voiced(choices.voice);
    const turn = new Turn(prompt, speaker, {
      ...this.#shown(exchange),
      accepted: () => exchange.accepted(askedAt),
      busy: (seconds) => exchange.busy(seconds),
      event: (name, data) => {
        exchange.event(name, data);
        if (name === 'answer') {
          this.#view.source(data.source, data.model);
        }
        this.#view.changed(exchange);
      },
      audio: (pcm) => exchange.audio(keeps ? pcm : null),
      progress: (report) => this.#progress(exchange, report),
      over: (trouble, wholly) => {
        exchange.over(trouble, wholly);
        this.#over(exchange);
      },
    });
    exchange.tell(null);
    this.#begin(turn, exchange, () => exchange.stopped());
    turn.begin({conversation: this.#thread.conversation, ...options}, before);
  }

  /** A text, as it is, in a voice that may be chosen. */
  trial(text, voice) {
    this.#silence();
    const {speaker, options} = this.#voiced(voice);
    const turn = new Turn(text, speaker, {
      ...this.#shown(null),
      accepted() {},
      busy() {},
      event() {},
      audio() {},
      progress: ({peak}) => this.#view.level(peak),
      over: (trouble) => {
        this.#over(null);
        if (trouble !== null) {
          this.#view.trouble(trouble);
        }
      },
    });
    this.#begin(turn, null, () => {});
    turn.begin({mode: 'say', ...options}, null);
  }

  stop() {
    this.#silence();
    this.#go('idle');
  }

  togglePause() {
    this.#turn?.togglePause();
  }

  pause() {
    if (this.state === 'speaking') {
      this.togglePause();
    }
  }

  resume() {
    if (this.state === 'paused') {
      this.togglePause();
    }
  }

  leave() {
    this.#turn?.leave();
    this.stop();
  }

  #play(exchange, place) {
    if (exchange === this.#exchange) {
      this.togglePause();
    } else {
      this.#again(exchange, place);
    }
  }

  /** A word that is chosen in an answer which is still coming breaks nothing off. */
  #from(exchange, place) {
    if (exchange !== this.#exchange || this.#turn instanceof Replay) {
      this.#again(exchange, place);
    }
  }

  /** Hears an answer once more, from a place in its text: as it was kept, or else spoken anew. */
  #again(exchange, place) {
    this.#silence();
    const from = exchange.timeline.sampleOf(place);
    if (exchange.recording.isPlayable && from !== null && from < exchange.recording.samples) {
      const replay = new Replay(this.#speaker, exchange.recording, exchange.timeline.rate, from, {
        ...this.#shown(exchange),
        progress: (report) => this.#progress(exchange, report, true),
        over: () => this.#heardAgain(exchange),
      });
      this.#begin(replay, exchange, () => this.#heardAgain(exchange));
      replay.begin();
    } else if (exchange.text.slice(place).trim() !== '') {
      this.#say(exchange, place);
    }
  }

  #say(exchange, place) {
    const timeline = new Timeline(() => exchange.text);
    const moved = (data) => ({
      ...data, source_start: data.source_start + place, source_end: data.source_end + place});
    if (place === 0) {
      exchange.recording.clear();
      exchange.timeline = timeline;
    }
    const {speaker, options, keeps} = this.#voiced(choices.voice);
    const turn = new Turn(exchange.text.slice(place), speaker, {
      ...this.#shown(exchange),
      accepted: () => exchange.tell(null),
      busy: (seconds) => exchange.busy(seconds),
      event(name, data) {
        if (name === 'format') {
          timeline.rate = data.sample_rate_hz;
        } else if (name === 'chunk' || name === 'word') {
          timeline[name](moved(data));
        } else if (name === 'mark') {
          timeline.mark(data);
        }
      },
      audio(pcm) {
        if (place === 0 && keeps) {
          exchange.recording.add(pcm);
        }
      },
      progress: (report) => {
        exchange.mark(timeline, report.samples);
        this.#heard(exchange, report);
      },
      over: (trouble) => {
        this.#heardAgain(exchange);
        exchange.tell(trouble, false);
      },
    });
    this.#begin(turn, exchange, () => this.#heardAgain(exchange));
    turn.begin({mode: 'say', ...options}, null);
  }

  /** What plays a turn in this voice, what the server is asked for, and whether its sound is heard. */
  #voiced(voice) {
    const own = browserSpeaker(voice, choices.volume);
    const {language} = choices;
    return own === null
      ? {speaker: this.#speaker, options: chosen({voice: served(voice), language}), keeps: true}
      : {speaker: own, options: chosen({voice: this.#view.free(), language}), keeps: false};
  }

  #heardAgain(exchange) {
    exchange.show(exchange.before);
    exchange.rest();
    this.#over(exchange);
  }

  #shown(exchange) {
    return {
      state: (state) => {
        exchange?.show(state);
        this.#go(state);
      },
    };
  }

  #progress(exchange, report, again = false) {
    exchange.progress(report, again);
    this.#heard(exchange, report);
  }

  #heard(exchange, {peak}) {
    this.#thread.reveal(exchange);
    this.#view.level(peak);
    this.#view.changed(exchange);
  }

  #begin(turn, exchange, end) {
    this.#turn = turn;
    this.#exchange = exchange;
    this.#end = end;
    if (exchange !== null) {
      exchange.before = exchange.state;
      exchange.show('thinking');
    }
    this.#go('thinking');
    this.#thread.follow();
  }

  /** @return resolves when the server knows how far the turn was heard that is broken in upon */
  #silence() {
    const told = this.#turn?.stop();
    const end = this.#end;
    const exchange = this.#exchange;
    this.#turn = null;
    this.#end = () => {};
    this.#exchange = null;
    end();
    this.#thread.save();
    if (exchange !== null) {
      this.#thread.reveal(exchange);
      this.#view.changed(exchange);
    }
    return told;
  }

  #over(exchange) {
    if (exchange === null || exchange === this.#exchange) {
      this.#turn = null;
      this.#exchange = null;
      this.#end = () => {};
      this.#go('idle');
    }
    this.#thread.save();
    if (exchange !== null) {
      this.#thread.reveal(exchange);
      this.#view.changed(exchange);
    }
  }

  #go(state) {
    this.state = state;
    this.#view.state(state);
    if (state === 'idle') {
      this.#view.level(0);
    }
  }
}

/** A browser's voice that is not there just now leaves it to the server. */
function served(voice) {
  return isBrowserVoice(voice) ? '' : voice;
}

/** Without what is left to the server. */
function chosen(fields) {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== ''));
}
