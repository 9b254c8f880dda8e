// The page: joins its controls, one turn at a time, and what is shown of it.

import {Speaker} from './speaker.js';
import {Stages} from './stages.js';
import {Transcript} from './transcript.js';
import {Trouble} from './trouble.js';
import {Turn} from './turn.js';

/** Louder than this counts as heard; of full scale. */
const AUDIBLE = 0.001;

const STATES = {idle: 'Ready', thinking: 'Thinking…', speaking: 'Speaking', paused: 'Paused'};

const $ = (id) => document.getElementById(id);
const transcript = new Transcript($('answer'));
const stages = new Stages($('stages'));
const speaker = new Speaker();

let conversation = newName();
let turn = null;
let failed = null; // the prompt that can be tried again

/** Who knows a conversation's name can read it: 128 random bits, also where there is no https. */
function newName() {
  return [...crypto.getRandomValues(new Uint32Array(4))].map(String).join('-');
}

function show(state) {
  $('state').dataset.state = state;
  $('state-text').textContent = STATES[state];
  const lost = document.activeElement?.matches('#stop:focus-visible, #pause:focus-visible');
  $('stop').disabled = state === 'idle';
  $('pause').disabled = state !== 'speaking' && state !== 'paused';
  $('pause').textContent = state === 'paused' ? 'Resume' : 'Pause';
  if (lost && document.activeElement?.disabled !== false) {
    $('prompt').focus(); // who uses the keyboard keeps a place
  }
  if (state === 'idle') {
    $('level').style.setProperty('--level', 0);
    $('answer').setAttribute('aria-busy', 'false');
  }
}

/** @param prompt to try again with, if that may help */
function tell(trouble, prompt = null) {
  failed = prompt;
  $('trouble').hidden = trouble === null;
  $('trouble-title').textContent = trouble?.title ?? '';
  $('trouble-detail').textContent = sentence(trouble?.message ?? '');
  $('retry').hidden = prompt === null;
}

function sentence(text) {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** Whether the prompt itself is read aloud, because there is no model to answer it. */
function showSource(source) {
  $('reader').hidden = source !== 'reader';
}

/** Sends the prompt; whatever is being said falls silent. */
function speak(prompt) {
  if (prompt.trim() === '') {
    $('prompt').focus();
    return;
  }
  const before = turn?.stop();
  transcript.stop();
  tell(null);
  turn = new Turn(prompt, speaker, view(prompt, performance.now()));
  show('thinking');
  turn.begin(conversation, before);
}

/** What is shown of a turn, of which nothing is told any more once another one has begun. */
function view(prompt, askedAt) {
  let characters = null;
  return {
    state: show,
    accepted() {
      tell(null);
      clear();
      stages.begin(askedAt);
      $('answer').setAttribute('aria-busy', 'true');
    },
    busy(seconds) {
      tell(new Trouble('Voicebus is busy', `Trying again in ${seconds} s…`));
    },
    event(name, data) {
      EVENTS[name]?.(data);
      characters = data.characters ?? characters;
    },
    audio: () => stages.reached('first_audio'),
    progress(report) {
      facts(report);
      transcript.played(report.samples);
      $('level').style.setProperty('--level', Math.min(1, 1.6 * report.peak).toFixed(3));
      if (report.peak > AUDIBLE) {
        stages.reached('heard');
      }
    },
    over(trouble, wholly) {
      if (wholly) {
        transcript.finish();
        account(characters); // only now has all been heard that was sent
      } else {
        transcript.stop();
        tell(trouble, prompt);
      }
      turn = null;
      show('idle');
    },
  };
}

const EVENTS = {
  text: ({text}) => {
    stages.reached('first_delta');
    transcript.append(text);
  },
  'text-cut': ({at}) => transcript.cut(at),
  again: () => transcript.clear(),
  chunk: (chunk) => {
    stages.reached('first_chunk');
    transcript.chunk(chunk.chunk, chunk.source_start, chunk.source_end);
  },
  mark: ({mark, chunk, at_sample: sample}) => {
    if (mark === 'first-frame') {
      stages.reached('first_frame');
    } else if (mark === 'chunk-start') {
      transcript.startsAt(chunk, sample);
    }
  },
  skipped: ({failure}) => tell(new Trouble('Something was left out', failure.detail)),
  unspoken: ({content}) => tell(new Trouble('The end was not spoken', `It is ${content} that nothing closes`)),
  answer: ({source}) => showSource(source),
  end: ({timings}) => stages.correct(timings),
};

function stop() {
  if (turn !== null) {
    turn.stop();
    turn = null;
    transcript.stop();
    tell(null);
    $('queued').textContent = '0.0 s';
    show('idle');
  }
}

/** Forgets what was said, here and at the server. */
function beginAnew() {
  stop();
  fetch(`v1/conversations/${conversation}`, {method: 'DELETE'}).catch(() => {});
  conversation = newName();
  clear();
  transcript.empty();
  tell(null);
  $('prompt').value = '';
  $('prompt').focus();
}

/** Nothing is shown of a turn. */
function clear() {
  transcript.clear();
  stages.clear();
  facts({seconds: 0, queuedSeconds: 0, underruns: 0});
  account(null);
}

function facts({seconds, queuedSeconds, underruns}) {
  $('played').textContent = `${seconds.toFixed(1)} s`;
  $('queued').textContent = `${queuedSeconds.toFixed(1)} s`;
  $('underruns').textContent = underruns;
}

/** What the turn asked its voice for; null while that is not known. */
function account(characters) {
  $('characters').hidden = characters === null;
  for (const figure of document.querySelectorAll('[data-characters]')) {
    figure.textContent = characters?.[figure.dataset.characters].toLocaleString('en') ?? '';
  }
}

$('form').addEventListener('submit', (event) => {
  event.preventDefault();
  speak($('prompt').value);
});
$('prompt').addEventListener('keydown', (event) => {
  // While an input method composes a character, Enter only chooses it.
  if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) {
    event.preventDefault();
    speak($('prompt').value);
  }
});
document.addEventListener('keydown', (event) => {
  if (event.key === 'Escape' && !event.isComposing) {
    stop();
  }
});
// The audio takes a quarter of a second to open: that is done while the first prompt is typed.
for (const gesture of ['pointerdown', 'keydown']) {
  document.addEventListener(gesture, () => speaker.open().catch(() => {}), {once: true});
}
$('stop').addEventListener('click', stop);
$('pause').addEventListener('click', () => turn?.togglePause());
$('anew').addEventListener('click', beginAnew);
$('retry').addEventListener('click', () => speak(failed));
window.addEventListener('pagehide', () => turn?.leave());
show('idle');
fetch('v1/source')
    .then((answer) => (answer.ok ? answer.json() : {}))
    .then(({source}) => showSource(source))
    .catch(() => {});
