// A prompt and its answer in the thread: what has come of it, what is shown, what can be done.

import {$, copied, fill} from './dom.js';
import {Markdown} from './markdown.js';
import {NextFrame} from './next-frame.js';
import {Reading} from './reading.js';
import {Recording} from './recording.js';
import {Timeline} from './timeline.js';
import {Times} from './times.js';
import {Tools} from './tools.js';
import {Trouble} from './trouble.js';
import {WORDS} from './words.js';

/** Louder than this counts as heard; of full scale. */
const AUDIBLE = 0.001;

/** So many characters of a prompt are shown: a browser takes long over millions. */
const MAX_SHOWN = 20_000;

/** So many events of an answer are kept to be looked at. */
const MAX_EVENTS = 2000;

/** A prompt that is longer is shown in part, and can be scrolled. */
const LONG_PROMPT = 500;

/** Why an answer, or a later one, does not know what was said, by the server's name for it. */
const MEMORY = new Map([['no-history', WORDS.noHistory], ['not-remembered', WORDS.notRemembered]]);

/** Nothing has been played. */
const NO_FACTS = {seconds: 0, queuedSeconds: 0, underruns: 0};

export class Exchange {
  #parts;
  #markdown;
  #reading;
  #tools;
  #noted = '';
  #frame = new NextFrame(() => this.#flush());

  element;
  prompt;
  marked = null; // the word that is heard
  before = 'thinking'; // its state before it is heard again
  onDraw = () => {}; // text has come into sight
  text = '';
  state = 'thinking';
  turn = ''; // the server's name of the latest
  written = false; // to its end
  remembers = true; // what was said before, as far as the server keeps conversations at all
  aside = false; // it waits until the next one is heard
  samples = 0; // played
  heardTo = 0; // null: all of it
  trouble = null;
  characters = null;
  source = '';
  model = '';
  reads = false; // the prompt itself is read aloud
  facts = NO_FACTS;
  events = [];
  times = new Times();
  timeline = new Timeline(() => this.text);
  recording = new Recording(() => this.show(this.state));

  /** @param actions play(exchange), from(exchange, place), rest(exchange), retry(exchange), inside(exchange) */
  constructor(prompt, actions) {
    this.prompt = prompt;
    this.element = $('exchange').content.cloneNode(true).firstElementChild;
    fill(this.element, WORDS);
    const part = (name) => this.element.querySelector(`[data-part="${name}"]`);
    this.#parts = Object.fromEntries(
        ['question', 'answer', 'text', 'trouble', 'title', 'detail', 'note', 'play', 'copy', 'save',
          'sound', 'captions', 'latency', 'retry', 'rest'].map((name) => [name, part(name)]));
    this.#parts.question.append(
        prompt.length > MAX_SHOWN ? WORDS.shownInPart(prompt.slice(0, MAX_SHOWN), prompt.length - MAX_SHOWN) : prompt);
    if (prompt.length > LONG_PROMPT || prompt.split('\n').length > 8) {
      this.#parts.question.tabIndex = 0;
    }
    this.#markdown = new Markdown(this.#parts.text);
    this.#reading = new Reading(this.#markdown);
    this.#tools = new Tools(this.#parts, this, {
      play: () => actions.play(this, this.#selected()),
      inside: () => actions.inside(this),
    });
    const {retry, rest, text} = this.#parts;
    retry.addEventListener('click', () => actions.retry(this));
    rest.addEventListener('click', () => actions.rest(this));
    text.addEventListener('click', ({target}) => {
      const code = target.closest('[data-copies="code"]');
      if (code) {
        copied(code, code.closest('.code').querySelector('pre').textContent);
      }
    });
    text.addEventListener('dblclick', () => actions.from(this, this.#selected()));
  }

  /** Where in the text the selection begins; 0 where nothing is selected. */
  #selected() {
    const selection = getSelection();
    if (selection.isCollapsed || !this.#parts.text.contains(selection.anchorNode)) {
      return 0;
    }
    const {startContainer, startOffset} = selection.getRangeAt(0);
    return this.#markdown.placeOf(startContainer, startOffset) ?? 0;
  }

  /**
   * What a Turn tells of itself.
   *
   * @param id the server's name of the turn
   */
  accepted(askedAt, id) {
    this.turn = id;
    this.text = '';
    this.written = false;
    this.remembers = true;
    this.samples = 0;
    this.heardTo = 0;
    this.characters = null;
    this.#parts.text.lang = '';
    this.facts = NO_FACTS;
    this.events = [];
    this.timeline.clear();
    this.recording.clear();
    this.times.begin(askedAt);
    this.tell(null);
    this.#note('');
    this.#tools.latency(this.times.reached.heard);
    this.#frame.ask();
  }

  busy(seconds) {
    this.tell(Object.assign(new Trouble(WORDS.busy, WORDS.busyWaits(seconds)), {mild: true}), false);
  }

  /** Whether its connection was lost, and is sought again while what has come is heard. */
  away(away) {
    if (!this.aside) {
      this.#parts.note.setAttribute('aria-live', away ? 'polite' : 'off'); // nothing else tells it to those who do not see it
      this.#showNote(away ? WORDS.reconnecting : this.#noted);
    }
  }

  event(name, data) {
    this.events.push({at: performance.now(), name, data});
    if (this.events.length > MAX_EVENTS) {
      this.events.shift();
    }
    const now = performance.now();
    switch (name) {
      case 'format':
        this.timeline.rate = data.sample_rate_hz;
        break;
      case 'text':
        this.times.reach('first_delta', now);
        this.text += data.text;
        if (this.text === data.text) {
          this.#tools.show(this.state); // there is something to copy
        }
        this.#frame.ask();
        break;
      case 'text-cut':
        this.text = this.text.slice(0, data.at);
        this.#frame.ask();
        break;
      case 'again':
        this.text = '';
        this.timeline.clear();
        break;
      case 'chunk':
        this.times.reach('first_chunk', now);
        this.#parts.text.lang = data.language ?? this.#parts.text.lang;
        this.timeline.chunk(data);
        break;
      case 'word':
        this.timeline.word(data);
        break;
      case 'mark':
        if (data.mark === 'first-frame') {
          this.times.reach('first_frame', now);
        }
        this.timeline.mark(data);
        break;
      case 'answer':
        this.written = data.ending === 'complete';
        this.source = data.source;
        this.model = data.model;
        break;
      case 'timing':
        this.remembers &&= data.name !== 'history-off';
        if (MEMORY.has(data.name)) {
          this.tell(Trouble.notice(MEMORY.get(data.name)), false);
        }
        break;
      case 'end':
        this.times.correct(data.timings);
        this.characters = data.characters;
        break;
      default:
        this.lacks(name, data);
    }
  }

  /** An event of a turn that speaks it, for the first time or once more: something is not heard, or not as it was meant. */
  lacks(name, data) {
    if (name === 'skipped') {
      this.tell(new Trouble(WORDS.leftOut, data.failure.detail), false);
    } else if (name === 'notice') {
      this.tell(Trouble.notice(data.detail), false);
    } else if (name === 'unspoken') {
      this.tell(new Trouble(WORDS.notSpoken, WORDS.notSpokenWhy(data.content)), false);
    }
  }

  /** @param pcm null where the sound is another one's */
  audio(pcm) {
    this.times.reach('first_audio', performance.now());
    if (pcm !== null) {
      this.recording.add(pcm);
    }
  }

  /** @param again whether it is heard once more */
  progress(report, again = false) {
    this.facts = report;
    if (!again) {
      this.samples = report.samples;
    }
    if (report.peak > AUDIBLE && this.times.reached.heard === undefined) {
      this.times.reach('heard', performance.now());
      this.#tools.latency(this.times.reached.heard);
    }
    if (this.aside) {
      this.#cut(); // the last of it has been played since
      this.rest();
      return;
    }
    this.mark(this.timeline, report.samples);
  }

  /** Marks the word that is heard at this sample. */
  mark(timeline, samples) {
    this.#flush();
    const word = timeline.wordAt(samples);
    if (word !== null && word !== this.marked) {
      this.marked = word;
      this.#reading.at(word);
    }
  }

  /** Where the word is that is being heard, or null. */
  get place() {
    return this.#reading.place;
  }

  /** Where it was stopped, or null. */
  get cut() {
    return this.state === 'stopped' ? this.#reading.cut : null;
  }

  /** @param state 'thinking', 'speaking', 'paused', or when it is over 'heard', 'stopped', 'failed' */
  show(state) {
    this.state = state;
    this.#parts.answer.dataset.state = state;
    const goesOn = !isOver(state);
    this.element.setAttribute('aria-busy', String(goesOn));
    this.#parts.rest.hidden = goesOn || this.heardTo === null || this.heardTo === 0;
    this.#tools.show(state);
  }

  /** It is over, heard to its end or not. */
  over(trouble, wholly) {
    this.#flush(false);
    if (wholly) {
      this.heardTo = null;
      this.show('heard');
    } else {
      this.#cut();
      this.tell(trouble?.restarted && this.text === '' ? new Trouble(trouble.title, WORDS.nothingWritten) : trouble);
      this.#note(this.heardTo !== null && this.heardTo > 0 ? WORDS.brokenAt : '');
      this.show('failed');
    }
    this.rest();
  }

  /**
   * Something else is to be heard first.
   *
   * @param note says what
   */
  setAside(note) {
    this.aside = true;
    this.#cut();
    this.#note(note);
    this.rest();
  }

  /** It was answered as if nothing had been said before, for this reason. */
  forgotten(why) {
    if (this.trouble === null) {
      this.tell(Trouble.notice(why), false);
    }
  }

  /** It goes on, or can. */
  takenBack() {
    this.aside = false;
    this.heardTo = 0;
    this.#note('');
    this.mark(this.timeline, this.samples);
  }

  /**
   * It was broken off or stopped, and what had been written has been heard since.
   *
   * @param trouble that was told of it then, or null
   */
  goneOn(trouble) {
    this.heardTo = null;
    this.#note('');
    if (this.written || this.before === 'stopped') {
      this.before = 'heard';
    }
    if (this.written && this.trouble === trouble) {
      this.tell(null);
    }
  }

  /** @param left whether the page is left; else the listener wants no more of it */
  stopped(left = false) {
    this.aside = false;
    this.#flush(false);
    this.#cut();
    const [before, at] =
      left ? [WORDS.leftBefore, WORDS.leftAt] : [WORDS.stoppedBefore, WORDS.stoppedAt];
    this.#note(this.heardTo === null ? '' : this.heardTo === 0 ? before : at);
    this.show('stopped');
    this.rest();
  }

  #cut() {
    this.heardTo = this.#reached;
  }

  /** How far it has been heard, as heardTo. */
  get #reached() {
    const heardTo = this.timeline.heardTo(this.samples);
    return this.text.slice(heardTo).trim() === '' && heardTo > 0 ? null : heardTo;
  }

  /** Nothing of it is being heard: what never was is marked. */
  rest() {
    this.marked = null;
    this.#reading.ends(this.heardTo);
  }

  /** Whether something had been written that was not heard. */
  get lacksSound() {
    return this.heardTo !== null && this.text.slice(this.heardTo).trim() !== '';
  }

  /** @param again whether trying again may help */
  tell(trouble, again = true) {
    this.trouble = trouble;
    const {trouble: box, title, detail, retry} = this.#parts;
    title.textContent = trouble?.title ?? '';
    detail.textContent = sentence(trouble?.message ?? '');
    retry.hidden = !again;
    box.classList.toggle('mild', trouble?.mild ?? false);
    box.hidden = trouble === null;
  }

  #note(words) {
    this.#noted = words;
    this.#showNote(words);
  }

  #showNote(words) {
    this.#parts.note.textContent = words;
    this.#parts.note.hidden = words === '';
  }

  /** A prompt that is read aloud need not be seen twice. */
  #showPrompt() {
    this.#parts.question.classList.toggle('unseen', this.reads && this.text !== '');
  }

  /** Text that has come is shown. */
  #flush(open = true) {
    if (this.#frame.isAsked || !open) {
      this.#frame.done();
      this.#markdown.show(this.text, open);
      this.#showPrompt();
      if (this.aside) {
        this.#reading.ends(this.heardTo);
      } else if (this.marked) {
        this.#reading.at(this.marked);
      } else if (open) {
        this.#reading.begins();
      }
      this.onDraw();
    }
  }

  /** What is kept of it over a reload, also while it is heard: the page may be lost just then. */
  save() {
    const {prompt, text, samples, characters, source, model, reads, trouble} = this;
    const first = this.heardTo === 0; // else it may be heard once more
    return {
      prompt, text, state: first || isOver(this.state) ? this.state : this.before,
      heardTo: first ? this.#reached : this.heardTo, samples, characters, source, model, reads,
      trouble: trouble === null
        ? null : {title: trouble.title, detail: trouble.message, mild: trouble.mild, again: !this.#parts.retry.hidden},
      note: this.#noted,
      language: this.#parts.text.lang,
      times: this.times.save(),
      timeline: this.timeline.save(),
    };
  }

  load(kept) {
    const {text, heardTo, samples, characters, source, model, reads, trouble, note} = kept;
    Object.assign(this, {text, heardTo, samples, characters, source, model, reads});
    this.times.load(kept.times);
    this.timeline.load(kept.timeline);
    this.recording.drop();
    this.#parts.text.lang = kept.language ?? '';
    const [before, at] = [WORDS.leftBefore, WORDS.leftAt];
    this.#note(isOver(kept.state) || heardTo === null ? note : heardTo === 0 ? before : at);
    this.tell(
        trouble === null ? null : Object.assign(new Trouble(trouble.title, trouble.detail), {mild: trouble.mild}),
        trouble?.again);
    this.#tools.latency(this.times.reached.heard);
    this.#flush(false);
    this.show(isOver(kept.state) ? kept.state : 'stopped');
    this.rest();
  }
}

function isOver(state) {
  return state === 'heard' || state === 'stopped' || state === 'failed';
}

function sentence(text) {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
