// The dialog that shows where an answer's time went, the server, events, and how programs do it.

import {transcript} from './captions.js';
import {$, button, copied, download, make} from './dom.js';
import {programs} from './program.js';
import {engines, nodes, source, status} from './server.js';
import {MILESTONES, percentile} from './times.js';
import {WORDS} from './words.js';

/** The bar of the end may be so many times as long as the others, uncut. */
const ROOM = 2;

/** Is asked some times a second: to make one takes long. */
const NUMBER = new Intl.NumberFormat('en');

/** So many events are shown at a time, the newest. */
const MAX_SHOWN = 400;

export class Inside {
  #dialog = $('inside');
  #exchange = null;
  #thread;
  #request;
  #sequential;
  #running = false;
  #drawing = 0;
  #rows;

  /**
   * @param thread of the exchanges
   * @param request gives what a program would send
   * @param sequential runs an exchange's prompt as others do it; resolves with what was measured
   */
  constructor(thread, request, sequential) {
    this.#thread = thread;
    this.#request = request;
    this.#sequential = sequential;
    this.#rows = new Map(MILESTONES.map((name) => [name, this.#row(name)]));
    $('stages').querySelector('tbody').append(...this.#rows.values());
    $('inside-button').addEventListener('click', () => this.open(thread.last));
    $('run-others').addEventListener('click', () => this.#run());
    $('filter').addEventListener('input', () => this.#lists());
    for (const section of ['chunks-section', 'events-section']) {
      $(section).addEventListener('toggle', () => this.#lists());
    }
    $('transcript').addEventListener('click', () => {
      const text = transcript(thread.exchanges, WORDS.transcriptWords);
      download('voicebus.txt', new Blob([text], {type: 'text/plain'}));
    });
    this.#draw();
  }

  /** @param exchange that is looked at, or null */
  open(exchange) {
    this.#exchange = exchange;
    this.#draw();
    this.#programs();
    this.#dialog.showModal();
    this.#server();
  }

  /** Something has come of this one; the latest is looked at unless another was asked for. */
  changed(exchange) {
    if (!this.#dialog.open) {
      this.#exchange = exchange;
    }
    if (exchange === this.#exchange) {
      this.#drawing ||= requestAnimationFrame(() => this.#draw());
    }
  }

  clear() {
    this.#exchange = null;
    this.#draw();
  }

  #row(name) {
    const row = make(
        'tr',
        {'data-stage': name},
        make('th', {scope: 'row'}, WORDS.milestones[name]),
        make('td', {}, make('div', {class: 'bar'})),
        make('td', {}, make('span', {class: 'figure'}, '–')));
    row.classList.toggle('own', name === 'heard');
    return row;
  }

  #draw() {
    this.#drawing = 0;
    const exchange = this.#exchange;
    const facts = exchange?.facts ?? {seconds: 0, queuedSeconds: 0, underruns: 0};
    const active = exchange?.element.matches('[aria-busy="true"]') ?? false;
    $('played').textContent = `${facts.seconds.toFixed(1)} s`;
    $('queued').textContent = `${(active ? facts.queuedSeconds : 0).toFixed(1)} s`;
    $('underruns').textContent = facts.underruns;
    this.#characters(exchange?.heardTo === null ? exchange.characters : null);
    this.#stages(exchange?.times ?? null);
    this.#asOthers(exchange);
    this.#session();
    if (this.#dialog.open) {
      this.#lists();
    }
  }

  /** What the turn asked its voice for; null while that is not known. */
  #characters(characters) {
    $('characters').hidden = characters === null;
    for (const figure of this.#dialog.querySelectorAll('[data-characters]')) {
      const count = characters?.[figure.dataset.characters];
      figure.textContent = count === undefined ? '' : NUMBER.format(count);
    }
  }

  /** The bars are to one scale; the end's is cut where it would leave the others no room. */
  #stages(times) {
    const reached = times?.reached ?? {};
    const early = MILESTONES.filter((name) => name !== 'end').map((name) => reached[name] ?? 0);
    const most = ROOM * Math.max(1, ...early);
    const longest = Math.max(1, ...early, reached.end <= most ? reached.end : 0);
    for (const [name, row] of this.#rows) {
      const ms = reached[name];
      const bar = row.querySelector('.bar');
      bar.style.width = `${(100 * (ms === undefined ? 0 : Math.min(1, ms / longest))).toFixed(1)}%`;
      bar.classList.toggle('cut', ms > longest);
      row.querySelector('.figure').textContent = ms === undefined ? '–' : written(ms);
    }
    const slowest = times?.slowest ?? null;
    $('owed').textContent =
      slowest === null || reached.heard === undefined
        ? ''
        : WORDS.owed(WORDS.stages[slowest.stage], written(slowest.to - slowest.from));
  }

  /** The bars are to one scale. */
  #asOthers(exchange) {
    const others = exchange?.times.sequential ?? null;
    const ours = exchange?.times.reached.heard;
    $('as-others').hidden = ours === undefined || exchange.reads || exchange.source === 'reader';
    $('run-others').textContent = this.#running ? WORDS.asOthersRuns : WORDS.asOthersRun;
    $('run-others').setAttribute('aria-disabled', String(this.#running));
    $('compared').hidden = $('compared-how').hidden = others === null || ours === undefined;
    if (others === null || ours === undefined) {
      return;
    }
    const width = (part, ms) => {
      part.style.width = `${(100 * ms) / Math.max(ours, others.heard)}%`;
    };
    const [text, pause, voice] = $('others').querySelectorAll('i');
    width($('ours').querySelector('.bar'), ours);
    width(text, others.written);
    width(pause, others.asked - others.written);
    width(voice, others.heard - others.asked);
    $('ours').querySelector('.figure').textContent = written(ours);
    $('others').querySelector('.figure').textContent = written(others.heard);
    const sooner = others.heard - ours;
    const seconds = `${(Math.abs(sooner) / 1000).toFixed(1)} s`;
    $('sooner').textContent = sooner > 0 ? WORDS.sooner(seconds) : WORDS.later(seconds);
  }

  async #run() {
    const exchange = this.#exchange;
    if (this.#running || exchange === null) {
      return;
    }
    this.#running = true;
    $('others-trouble').hidden = true;
    this.#draw();
    try {
      const measured = await this.#sequential(exchange);
      exchange.times.sequential = measured ?? exchange.times.sequential;
      this.#thread.save();
    } catch (trouble) {
      $('others-trouble').textContent = `${trouble.title}. ${trouble.message}`;
      $('others-trouble').hidden = false;
    }
    this.#running = false;
    this.#draw();
  }

  #session() {
    const heard = this.#thread.exchanges
        .map(({times}) => times.reached.heard)
        .filter((ms) => ms !== undefined);
    $('session').textContent =
      heard.length === 0
        ? WORDS.sessionNone
        : WORDS.sessionFigures(
            heard.length, written(percentile(heard, 0.5)), written(percentile(heard, 0.95)));
  }

  /** What is long is made only while it is looked at. */
  #lists() {
    if ($('chunks-section').open) {
      this.#chunks();
    }
    if ($('events-section').open) {
      this.#events();
    }
  }

  /** Each chunk with a bar for its way through the voice. */
  #chunks() {
    const events = this.#exchange?.events ?? [];
    const texts = new Map(
        events.filter(({name}) => name === 'chunk').map(({data}) => [data.chunk, data.text]));
    const spoken = events.filter(({name}) => name === 'spoken').slice(-MAX_SHOWN)
        .map(({data}) => data);
    const took = (chunk) =>
      [chunk.wait_ms, chunk.first_frame_ms, chunk.speech_ms].map((ms) => ms ?? 0);
    const sum = (parts) => parts.reduce((all, ms) => all + ms, 0);
    const longest = Math.max(1, ...spoken.map((chunk) => sum(took(chunk))));
    $('chunks').replaceChildren(
        ...spoken.map((chunk) => {
          const parts = took(chunk).map((ms) => {
            const part = make('i');
            part.style.width = `${(100 * ms) / longest}%`;
            return part;
          });
          return make(
              'li',
              {},
              make('span', {dir: 'auto'}, texts.get(chunk.chunk) ?? ''),
              make('span', {class: 'figure'}, WORDS.chunkTook(written(sum(took(chunk))), chunk.attempts)),
              make('div', {class: 'parts', 'aria-hidden': 'true'}, ...parts));
        }));
  }

  #events() {
    const filter = $('filter').value.trim().toLowerCase();
    const all = (this.#exchange?.events ?? [])
        .map((event) => ({...event, json: JSON.stringify(event.data)}))
        .filter(({name, json}) => `${name} ${json}`.toLowerCase().includes(filter))
        .slice(-MAX_SHOWN);
    const began = this.#exchange?.events[0]?.at ?? 0;
    $('events').replaceChildren(
        ...all.map(({at, name, json}) =>
          make(
              'li',
              {},
              make('span', {class: 'quiet'}, `${Math.round(at - began)} ms`),
              make('strong', {}, name),
              make('code', {}, json))));
    $('events-none').hidden = all.length > 0;
  }

  #programs() {
    const origin = new URL('.', location.href).href;
    $('programs').replaceChildren(
        ...programs(origin, this.#request(this.#exchange)).map(({language, text}) => {
          const copy = button('copy', WORDS.copy, {class: 'small', 'aria-label': `${WORDS.copy} ${language}`});
          copy.addEventListener('click', () => copied(copy, text));
          const head = make('div', {class: 'code-head'}, make('span', {}, language), copy);
          return make('div', {class: 'code'}, head, make('pre', {tabindex: '0'}, make('code', {}, text)));
        }));
  }

  async #server() {
    const [turns, from, voices, all] = await Promise.all([status(), source(), engines(), nodes()]);
    const count = (number) => NUMBER.format(number);
    const usable = (voices ?? []).filter((engine) => engine.usable)
        .map(({engine}) => WORDS.engines[engine] ?? engine);
    const lines =
      turns === null
        ? [WORDS.serverUnknown]
        : [
            ...(from === null
              ? [] : [WORDS.serverSource(WORDS.serverSources[from.source] ?? from.source, from.model ?? '')]),
            ...(usable.length === 0 ? [] : [WORDS.serverEngines(usable.join(', '))]),
            WORDS.serverTurns(count(turns.turns), count(turns.max_turns)),
            WORDS.serverCharacters(count(turns.characters.asked), count(turns.characters.wasted)),
            ...(all === null ? [] : [WORDS.serverNodes(all.length)]),
            ...(turns.stopping ? [WORDS.serverStopping] : []),
          ];
    $('server').replaceChildren(...lines.map((line) => make('li', {}, line)));
  }
}

function written(ms) {
  return ms < 10000 ? `${NUMBER.format(Math.round(ms))} ms` : `${(ms / 1000).toFixed(1)} s`;
}
