// The dialog of model and voice, and the chip that opens it.

import {browserVoices, isBrowserVoice, onBrowserVoices} from './browser-voice.js';
import {choices, choose} from './choices.js';
import {$, button, make} from './dom.js';
import {engines, source} from './server.js';
import {WORDS} from './words.js';

export class Voices {
  #dialog = $('voices');
  #list = $('voice-list');
  #engines = null;
  #source = null;
  #model = '';
  #spoke = ''; // the engine that did last
  #actions;

  /** @param actions trial(text, voice), volume(share), speed(times as fast), changed() */
  constructor(actions) {
    this.#actions = actions;
    $('chip').addEventListener('click', () => this.open());
    const volume = $('volume');
    const speed = $('speed');
    const told = () => {
      volume.setAttribute('aria-valuetext', WORDS.percent(choices.volume));
      speed.setAttribute('aria-valuetext', WORDS.times(choices.speed));
      $('volume-told').textContent = WORDS.percent(choices.volume);
      $('speed-told').textContent = WORDS.times(choices.speed);
    };
    // The controls take nothing that is out of their range.
    volume.value = choices.volume;
    speed.value = choices.speed;
    choices.volume = Number(volume.value);
    choices.speed = Number(speed.value);
    told();
    volume.addEventListener('input', () => {
      choose('volume', Number(volume.value));
      actions.volume(choices.volume);
      told();
    });
    speed.addEventListener('input', () => {
      choose('speed', Number(speed.value));
      actions.speed(choices.speed);
      told();
    });
    const language = $('language');
    for (const [value, name] of Object.entries(WORDS.languages)) {
      language.append(new Option(name, value));
    }
    language.value = Object.hasOwn(WORDS.languages, choices.language) ? choices.language : '';
    choices.language = language.value;
    language.addEventListener('change', () => {
      choose('language', language.value);
      actions.changed();
    });
    actions.volume(choices.volume);
    actions.speed(choices.speed);
    onBrowserVoices(() => {
      this.#chip();
      this.#show();
    });
    $('chip').title = WORDS.chooseVoice;
    this.load();
    // What did not answer then may do so now.
    addEventListener('online', () => this.#loadUnknown());
    document.addEventListener('visibilitychange', () => this.#loadUnknown());
    addEventListener('pageshow', ({persisted}) => persisted && this.load()); // the browser had kept it
  }

  #loadUnknown() {
    if (!document.hidden && (this.#source === null || this.#engines === null)) {
      this.load();
    }
  }

  async load() {
    // A server that does not answer just now has not changed. Voices may take a service's time.
    await Promise.all([
      source().then((from) => {
        if (from !== null) {
          this.#source = from.source;
          this.#model = from.model ?? '';
        }
        this.#chip();
        this.#actions.changed();
      }),
      engines().then((all) => {
        this.#engines = all ?? this.#engines;
        this.#chip();
        this.#show();
      }),
    ]);
  }

  /** Where answers come from, as the latest of them says, or the server. */
  answered(name, model) {
    this.#source = name;
    this.#model = model;
    this.#chip();
    this.#loadUnknown();
  }

  /** An engine speaks; it is another one than was expected where the server has others by now. */
  spoke(engine) {
    const expected = this.voice === '' ? this.#first?.engine : this.voice.split('/')[0];
    if (engine !== expected && engine !== this.#spoke && !isBrowserVoice(this.voice)) {
      this.load();
    }
    this.#spoke = engine;
  }

  get source() {
    return this.#source;
  }

  /** The server's cheapest voice: its sound gives the time where the browser speaks. */
  get free() {
    const [voice] = this.#engines?.find(({engine}) => engine === 'embedded')?.voices ?? [];
    return voice === undefined ? '' : `embedded/${voice.id}`;
  }

  /** The voice that was chosen; '' for the server's own choice, also where that one has gone. */
  get voice() {
    return this.#isGone ? '' : choices.voice;
  }

  /**
   * A voice whose engine is not there or not set up any more. An engine of those that speak where none is named (it has an
   * order) may be back at once, and has not told its voices: then the server decides.
   */
  get #isGone() {
    const {voice} = choices;
    if (voice === '' || this.#engines === null) {
      return false;
    }
    if (isBrowserVoice(voice)) {
      return !browserVoices().some(({id}) => id === voice);
    }
    const engine = this.#engines.find((one) => voice.startsWith(`${one.engine}/`));
    return !engine || (engine.usable
      ? !engine.voices.some(({id}) => `${engine.engine}/${id}` === voice)
      : engine.order === undefined);
  }

  open() {
    this.#dialog.showModal();
    this.load();
  }

  #chip() {
    const source = this.#source;
    const model = source === null ? '' : this.#model || WORDS.sources[source] || source;
    const voice = this.#voiceName();
    $('chip-model').textContent = model;
    $('chip-voice').textContent = voice;
    $('chip').classList.toggle('unknown', model === '' && voice === '');
    // Its name has what is seen of it, for those who speak to their browser.
    $('chip').setAttribute('aria-label', [WORDS.chooseVoice, model, voice].filter((words) => words !== '').join(' '));
    $('model').textContent = source === null
      ? WORDS.modelUnknown
      : `${WORDS.serverSource(WORDS.serverSources[source] ?? source, this.#model)} ${WORDS.modelHow}`;
  }

  #voiceName() {
    const all = (this.#engines ?? []).filter(({usable}) => usable);
    const own = browserVoices().find(({id}) => id === choices.voice);
    if (own) {
      return own.name;
    }
    for (const {engine, voices} of all) {
      const voice = voices.find(({id}) => `${engine}/${id}` === choices.voice);
      if (voice) {
        return voice.name === voice.id ? WORDS.voiceOf(engineName(engine), voice.id) : voice.name;
      }
    }
    return this.#firstName || (all.length === 0 ? '' : WORDS.anyVoice);
  }

  /** The voice that speaks where none is named, or ''. */
  get #firstName() {
    const first = this.#first;
    return first === null
      ? '' : nameOf(first.engine, first.voices.find(({id}) => id === first.default_voice));
  }

  /** The engine that speaks where no voice is named, or null. */
  get #first() {
    return (this.#engines ?? [])
        .filter(({usable, order}) => usable && order !== undefined)
        .reduce((best, next) => (best === null || next.order < best.order ? next : best), null);
  }

  /** The voices that there are, each to be tried, and why there are no others. */
  #show() {
    if (this.#engines === null) {
      this.#list.replaceChildren(make('p', {class: 'quiet'}, WORDS.voicesUnknown));
      return;
    }
    const usable = this.#engines.filter((engine) => engine.usable);
    const others = this.#engines.filter((engine) => !engine.usable);
    this.#list.replaceChildren(
        ...(this.#isGone ? [make('p', {class: 'quiet'}, WORDS.voiceGone)] : []),
        this.#row('', WORDS.anyVoice, this.#firstName),
        ...usable.map(({engine, voices}) => this.#group(engine, voices)),
        ...this.#browsers(),
        ...(others.length === 0 ? [] : [lacking(others)]));
    if (this.#list.querySelector(':checked') === null) {
      this.#list.prepend(make('p', {class: 'quiet'}, WORDS.voiceAway));
    }
  }

  #group(engine, voices) {
    const note = engine === 'embedded' ? ` · ${WORDS.robotic}` : '';
    return group(
        engineName(engine) + note,
        voices.map(({id, name, language}) => this.#row(`${engine}/${id}`, name, language)));
  }

  #browsers() {
    const rows = browserVoices().map(({id, name, language}) => this.#row(id, name, language));
    return rows.length === 0
      ? []
      : [group(WORDS.engines.browser, [make('p', {class: 'quiet'}, WORDS.browserHint), ...rows])];
  }

  #row(voice, name, language) {
    const input = make('input', {type: 'radio', name: 'voice', value: voice});
    input.checked = this.voice === voice;
    input.addEventListener('change', () => {
      choose('voice', voice);
      this.#chip();
      this.#actions.changed();
    });
    const label = make(
        'label', {}, input, make('span', {}, name), ' ', make('span', {class: 'quiet'}, language));
    const attempt = button('play', WORDS.tryVoice, {
      class: 'small',
      'aria-label': voice === '' ? WORDS.tryVoice : WORDS.tryVoiceOf(name),
    });
    attempt.addEventListener('click', () => {
      const text = voice === '' ? WORDS.sampleAny : WORDS.sample(name);
      $('voices-trouble').hidden = true;
      this.#actions.trial(text, voice);
    });
    return make('div', {class: 'voice'}, label, attempt);
  }
}

function group(title, rows) {
  return make('fieldset', {class: 'voices'}, make('legend', {}, title), ...rows);
}

/** A voice that is known by its id alone says less than its engine does. */
function nameOf(engine, voice) {
  return voice === undefined || voice.name === voice.id ? engineName(engine) : voice.name;
}

function engineName(engine) {
  return WORDS.engines[engine] ?? engine;
}

function lacking(engines) {
  const items = engines.map(({engine, reason}) =>
    make('li', {}, make('strong', {}, engineName(engine)), ` ${reason}`));
  return make(
      'details', {class: 'lacking'}, make('summary', {}, WORDS.others), make('ul', {}, ...items));
}
