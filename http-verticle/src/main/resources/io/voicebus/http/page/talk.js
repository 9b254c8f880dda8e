// What is being spoken: one answer at a time, for the first time or again, or a voice on trial.

import {Exchange} from './exchange.js';
import {Replay} from './replay.js';
import {Sequential} from './sequential.js';
import {back} from './server.js';
import {Timeline} from './timeline.js';
import {Trouble} from './trouble.js';
import {Turn} from './turn.js';
import {served, voiced} from './voiced.js';
import {WORDS} from './words.js';

/**
 * What is under way: the turn; the exchange whose answer it is, none of a voice on trial; its end, when
 * it is broken in upon; and whether it may go on if what breaks in upon it fails.
 */
const NOTHING = {turn: null, exchange: null, end() {}, waits: false};

export class Talk {
  #speaker;
  #thread;
  #view;
  #now = NOTHING;
  #marked = null; // the word that was brought into sight
  #aside = null; // what was under way, on hold until what broke in upon it is heard
  #waitsFor = null; // the server, to go on; {ends()}

  state = 'idle';

  /**
   * @param view state('idle', 'thinking', 'speaking' or 'paused'), answered(exchange), spoke(the engine of what comes),
   *     failed() of a turn,
   *     reads() whether there is no model, so that prompts are read aloud, voice() that was chosen
   *     and is there, free() a voice of the server that costs nothing,
   *     level(0 to 1), waits(whether all that came has been heard, and more is to come), changed(exchange), inside(exchange), trouble(Trouble) of a voice on trial
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
      rest: (one) => {
        this.#silenceAll();
        this.#say(one, one.heardTo, one.trouble, true);
      },
      retry: (one) => this.ask(one.prompt, one),
      inside: (one) => this.#view.inside(one),
    });
    exchange.onDraw = () => this.#thread.reveal(exchange);
    return exchange;
  }

  /**
   * Whatever is being said falls silent. An answer goes on, or can, if this one is never heard. To be
   * called from within a click or a key press.
   *
   * @param failed the exchange that is tried again
   */
  ask(prompt, failed = null) {
    const before = this.#breakIn(failed);
    const exchange = failed ?? this.exchange(prompt);
    exchange.reads = this.#view.reads();
    if (failed === null) {
      this.#thread.add(exchange);
    }
    const askedAt = performance.now();
    const {speaker, options, keeps} = this.#voiced();
    const turn = new Turn(prompt, speaker, {
      ...this.#shown(exchange),
      accepted: (id) => exchange.accepted(askedAt, id),
      busy: (seconds) => exchange.busy(seconds),
      away: (away) => exchange.away(away),
      event: (name, data) => {
        exchange.event(name, data);
        if (name === 'answer') {
          this.#view.answered(exchange);
        } else if (name === 'mark' && data.engine) {
          this.#view.spoke(data.engine);
        }
        this.#view.changed(exchange);
      },
      audio: (pcm) => exchange.audio(keeps ? pcm : null),
      edge: (sample) => exchange.timeline.edge(sample),
      progress: (report) => this.#progress(exchange, report),
      over: (trouble, wholly) => {
        const isPaused = this.state === 'paused';
        exchange.over(trouble, wholly);
        if (trouble !== null) {
          this.#view.failed();
        }
        if (!this.#goOn(exchange, trouble)) {
          this.#over(exchange, trouble);
          if (trouble?.lost && !isPaused) {
            this.#goOnWhenBack(exchange, trouble);
          }
        }
      },
    });
    exchange.tell(null);
    this.#begin(turn, exchange, (left) => exchange.stopped(left), true);
    turn.begin({conversation: this.#thread.conversation, ...options}, before);
  }

  /** A text, as it is, in a voice that may be chosen. An answer that is heard waits, and can go on. */
  trial(text, voice) {
    this.#breakIn(null, WORDS.setAsideForTrial);
    const {speaker, options} = voiced(voice, this.#speaker, this.#view.free());
    const turn = new Turn(text, speaker, {
      state: (state) => this.#go(state),
      accepted() {},
      busy() {},
      away() {},
      event() {},
      audio() {},
      edge: (sample) => sample,
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

  /**
   * The same prompt once more, as others do it, to be compared with. To be called from within a click
   * or a key press.
   *
   * @param messages as a chat has them
   * @return what was measured, or null; rejects with a Trouble
   */
  sequential(messages) {
    this.#silenceAll();
    const {options} = voiced(served(this.#view.voice()), this.#speaker, this.#view.free());
    return new Promise((done, fail) => {
      const run = new Sequential(this.#speaker, {
        ...this.#shown(null),
        level: (level) => this.#view.level(level),
        over: (trouble, measured) => {
          this.#over(null);
          trouble === null ? done(measured) : fail(trouble);
        },
      });
      this.#begin(run, null, () => done(null));
      run.begin(messages, options);
    });
  }

  /** Whose answer is under way, or '' */
  get prompt() {
    return this.#now.exchange?.prompt ?? '';
  }

  /** @param left whether the page is left */
  stop(left = false) {
    this.#waitNoMore();
    this.#silenceAll(left);
    this.#go('idle');
  }

  togglePause() {
    this.state === 'paused' ? this.resume() : this.pause();
  }

  /** Also before a word is heard: then none is. */
  pause() {
    this.#waitNoMore();
    this.#now.turn?.hold();
  }

  resume() {
    this.#now.turn?.resume();
  }

  leave() {
    this.#now.turn?.leave();
    this.#aside?.turn.leave();
    this.stop(true);
  }

  #play(exchange, place) {
    if (exchange === this.#aside?.exchange) {
      this.#silence();
      this.#takeBack();
    }
    if (exchange === this.#now.exchange) {
      this.togglePause();
    } else {
      this.#again(exchange, place);
    }
  }

  /** A word that is chosen in an answer which is still coming breaks nothing off. */
  #from(exchange, place) {
    if (exchange !== this.#now.exchange || this.#now.turn instanceof Replay) {
      this.#again(exchange, place);
    }
  }

  /** Hears an answer once more, from a place in its text: from the kept audio, or else spoken again. */
  #again(exchange, place) {
    this.#silenceAll();
    const from = exchange.timeline.sampleOf(place);
    if (exchange.recording.isPlayable && from !== null && from < exchange.recording.samples) {
      const replay = new Replay(this.#speaker, exchange.recording, exchange.timeline.rate, from, {
        ...this.#shown(exchange),
        progress: (report) => this.#progress(exchange, report, true),
        edge: (sample) => exchange.timeline.edge(sample),
        over: (trouble) => {
          if (trouble !== null) {
            exchange.tell(trouble, false);
          }
          this.#heardAgain(exchange);
        },
      });
      this.#begin(replay, exchange, () => this.#heardAgain(exchange));
      replay.begin();
    } else if (exchange.text.slice(place).trim() !== '') {
      this.#say(exchange, place);
    }
  }

  /**
   * The server has forgotten the turn: what it had written by then is spoken all the same.
   *
   * @return whether there is anything
   */
  #goOn(exchange, trouble) {
    const goesOn = trouble?.restarted && exchange === this.#now.exchange && exchange.lacksSound;
    if (goesOn) {
      this.#say(exchange, exchange.heardTo, trouble);
    }
    return goesOn;
  }

  /** The server cannot be reached: the same once it can, unless something else is wanted before. */
  async #goOnWhenBack(exchange, trouble) {
    if (this.state !== 'idle' || !exchange.lacksSound) {
      return;
    }
    const told = new Trouble(trouble.title, WORDS.goesOn);
    const waiting = {ends: () => exchange.trouble === told && exchange.tell(trouble)};
    this.#waitsFor = waiting;
    exchange.tell(told);
    if (await back(() => this.#waitsFor === waiting)) {
      this.#say(exchange, exchange.heardTo, Trouble.late());
    } else if (this.#waitsFor === waiting) {
      this.#waitNoMore();
    }
  }

  #waitNoMore() {
    this.#waitsFor?.ends();
    this.#waitsFor = null;
  }

  /**
   * @param goesOn the trouble after which it goes on, if it does
   * @param rest whether what never was heard is heard now
   */
  #say(exchange, place, goesOn = null, rest = goesOn !== null) {
    const timeline = new Timeline(() => exchange.text);
    const moved = (data) => ({
      ...data, source_start: data.source_start + place, source_end: data.source_end + place});
    if (place === 0) {
      exchange.recording.clear();
      exchange.timeline = timeline;
    }
    const {speaker, options, keeps} = this.#voiced();
    const turn = new Turn(exchange.text.slice(place), speaker, {
      ...this.#shown(exchange),
      accepted() {
        if (exchange.trouble !== goesOn) {
          exchange.tell(goesOn);
        }
      },
      busy: (seconds) => exchange.busy(seconds),
      away: (away) => exchange.away(away),
      event(name, data) {
        if (name === 'format') {
          timeline.rate = data.sample_rate_hz;
        } else if (name === 'chunk' || name === 'word') {
          timeline[name](moved(data));
        } else if (name === 'mark') {
          timeline.mark(data);
        } else {
          exchange.lacks(name, data);
        }
      },
      audio(pcm) {
        if (place === 0 && keeps) {
          exchange.recording.add(pcm);
        }
      },
      edge: (sample) => timeline.edge(sample),
      progress: (report) => {
        exchange.mark(timeline, report.samples);
        this.#heard(exchange, report);
      },
      over: (trouble) => {
        if (trouble !== null) {
          exchange.tell(trouble, false);
          this.#view.failed();
        } else if (rest) {
          exchange.goneOn(goesOn);
        }
        this.#heardAgain(exchange);
      },
    });
    this.#begin(turn, exchange, () => this.#heardAgain(exchange));
    turn.begin({mode: 'say', ...options}, null);
  }

  #heardAgain(exchange) {
    exchange.away(false);
    exchange.show(exchange.before);
    exchange.rest();
    this.#over(exchange);
  }

  #shown(exchange) {
    return {
      state: (state) => {
        exchange?.show(state);
        this.#go(state);
        if (state === 'speaking') {
          this.#dropAside();
        }
      },
    };
  }

  #progress(exchange, report, again = false) {
    exchange.progress(report, again);
    this.#heard(exchange, report);
  }

  #heard(exchange, {peak, waits = false}) {
    if (exchange.marked !== this.#marked) {
      this.#marked = exchange.marked;
      this.#thread.reveal(exchange);
    }
    this.#view.level(peak);
    this.#view.waits(waits);
    this.#view.changed(exchange);
  }

  #voiced() {
    return voiced(this.#view.voice(), this.#speaker, this.#view.free());
  }

  #begin(turn, exchange, end, waits = false) {
    this.#waitNoMore();
    this.#now = {turn, exchange, end, waits};
    if (exchange !== null) {
      exchange.before = exchange.state;
      exchange.show('thinking');
    }
    this.#go('thinking');
    this.#thread.follow();
  }

  /**
   * An answer that is heard waits, should the next one fail; all else ends.
   *
   * @param next the exchange that is tried again
   * @param note says for what it waits
   * @return resolves when the server knows how far the turn was heard that is broken in upon
   */
  #breakIn(next, note = WORDS.setAside) {
    const {turn, exchange, waits} = this.#now;
    if (!waits || exchange === next || !turn.holds) {
      return this.#silence();
    }
    const told = turn.hold();
    this.#dropAside();
    this.#aside = this.#now;
    this.#now = NOTHING;
    exchange.setAside(note);
    this.#shows(exchange);
    return told;
  }

  /** Nothing is left to break in upon: what waited will not go on. */
  #dropAside(left = false) {
    const aside = this.#aside;
    this.#aside = null;
    if (aside !== null) {
      aside.turn.stop();
      aside.end(left);
      this.#shows(aside.exchange);
    }
  }

  /** What waited can go on. @return whether there was any */
  #takeBack() {
    const aside = this.#aside;
    if (aside === null) {
      return false;
    }
    this.#aside = null;
    this.#now = aside;
    aside.exchange.takenBack();
    this.#go('paused');
    this.#shows(aside.exchange);
    return true;
  }

  #silenceAll(left = false) {
    this.#dropAside(left);
    return this.#silence(left);
  }

  /** @return resolves when the server knows how far the turn was heard that is broken in upon */
  #silence(left = false) {
    const {turn, exchange, end} = this.#now;
    const told = turn?.stop();
    this.#now = NOTHING;
    end(left);
    this.#shows(exchange);
    return told;
  }

  /** @param trouble why it could not be heard to its end, or null */
  #over(exchange, trouble = null) {
    if (exchange === null || exchange === this.#now.exchange) {
      this.#now = NOTHING;
      const takesPlace = trouble === null && exchange !== null;
      if (takesPlace || !this.#takeBack()) {
        this.#dropAside();
        this.#go('idle');
      }
    }
    this.#shows(exchange);
  }

  #shows(exchange) {
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
