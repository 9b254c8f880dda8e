// The page: joins its controls, one turn at a time, and the browser's audio.

import {Listener, Trouble} from './listener.js';
import {Speaker} from './speaker.js';
import {Stages} from './stages.js';
import {Transcript} from './transcript.js';

/** Between two reports of the position. */
const REPORT_MS = 250;

/** Louder than this counts as heard; of full scale. */
const AUDIBLE = 0.001;

/** How long a new prompt waits until the server knows what was heard of the old one. */
const TOLD_MS = 300;

const STATES = {idle: 'Ready', thinking: 'Thinking…', speaking: 'Speaking', paused: 'Paused'};

const $ = (id) => document.getElementById(id);
const transcript = new Transcript($('answer'));
const stages = new Stages($('stages'));
const speaker = new Speaker(onReport);

let conversation = newName();
let state = 'idle';
let listener = null;
let rate = 0; // of the turn; 0 while it is not known
let played = 0; // samples
let reportedAt = 0;

/** Who knows a conversation's name can read it: 128 random bits, also where there is no https. */
function newName() {
  return [...crypto.getRandomValues(new Uint32Array(4))].map(String).join('-');
}

function show(next) {
  state = next;
  $('state').dataset.state = next;
  $('state-text').textContent = STATES[next];
  $('stop').disabled = next === 'idle';
  $('pause').disabled = next !== 'speaking' && next !== 'paused';
  $('pause').textContent = next === 'paused' ? 'Resume' : 'Pause';
  $('pause').setAttribute('aria-pressed', String(next === 'paused'));
  if (next === 'idle') {
    $('level').style.setProperty('--level', 0);
    $('answer').setAttribute('aria-busy', 'false');
  }
}

function tell(trouble) {
  $('trouble').hidden = trouble === null;
  $('trouble-title').textContent = trouble?.title ?? '';
  $('trouble-detail').textContent = trouble?.message ?? '';
}

/** Sends the prompt; whatever is being said falls silent. */
async function speak() {
  const prompt = $('prompt').value;
  if (prompt.trim() === '') {
    $('prompt').focus();
    return;
  }
  const told = silence();
  tell(null);
  transcript.clear();
  stages.begin();
  facts({played: 0, queued: 0, underruns: 0});
  account(null);
  rate = played = reportedAt = 0;
  show('thinking');
  $('answer').setAttribute('aria-busy', 'true');
  const turn = new Listener({event: onEvent, audio: onAudio, trouble: onTrouble, closed: onClosed});
  listener = turn;
  try {
    await speaker.open();
  } catch (why) {
    if (listener === turn) {
      onTrouble(new Trouble('No sound here', why.message));
    }
    return;
  }
  await Promise.race([told, new Promise((waited) => setTimeout(waited, TOLD_MS))]);
  if (listener === turn) {
    await turn.start({prompt, conversation, pace: 'realtime'});
  }
}

/** @return resolves when the server knows how far the turn was heard */
function silence() {
  const told = listener?.stop(playedMs());
  speaker.stop();
  listener = null;
  return told;
}

function stop() {
  if (state !== 'idle') {
    silence();
    transcript.stop();
    facts({played, queued: 0, underruns: $('underruns').textContent});
    show('idle');
  }
}

/** Forgets what was said, here and at the server. */
function beginAnew() {
  stop();
  fetch(`/v1/conversations/${conversation}`, {method: 'DELETE'}).catch(() => {});
  conversation = newName();
  transcript.empty();
  tell(null);
  $('prompt').focus();
}

function pause() {
  if (state === 'speaking' || state === 'paused') {
    show(state === 'paused' ? 'speaking' : 'paused');
    speaker.pause(state === 'paused');
    report();
  }
}

function report() {
  reportedAt = performance.now();
  if (rate > 0) {
    listener?.report(playedMs(), state === 'paused');
  }
}

function playedMs() {
  return rate === 0 ? 0 : Math.floor((1000 * played) / rate);
}

const EVENTS = {
  text: ({text}) => {
    stages.reached('first_delta');
    transcript.append(text);
  },
  chunk: (chunk) => {
    stages.reached('first_chunk');
    transcript.chunk(chunk.chunk, chunk.source_start, chunk.source_end);
  },
  format: (format) => {
    rate = format.sample_rate_hz;
    speaker.begin(rate);
  },
  mark: ({mark, chunk, at_sample: sample}) => {
    if (mark === 'first-frame') {
      stages.reached('first_frame');
    } else if (mark === 'chunk-start') {
      transcript.startsAt(chunk, sample);
    }
  },
  skipped: ({failure}) => tell(new Trouble('Something was left out', failure.detail)),
  unspoken: ({content}) => tell(new Trouble('The end was not spoken', `it is ${content} that nothing closes`)),
  end: ({outcome, failure, timings, characters}) => {
    stages.correct(timings);
    account(characters);
    $('answer').setAttribute('aria-busy', 'false');
    if (outcome !== 'finished') {
      onTrouble(new Trouble(outcome === 'failed' ? 'It did not work' : 'It was ended', failure.detail));
    }
  },
};

function onAudio(pcm) {
  stages.reached('first_audio');
  speaker.play(pcm);
}

function onEvent(name, data) {
  EVENTS[name]?.(data);
}

/** All has come; what waits in the worklet is still to be heard. */
function onClosed() {
  if (rate === 0) {
    show('idle');
  } else {
    speaker.end();
  }
}

function onTrouble(trouble) {
  stop();
  tell(trouble);
}

function onReport(reported) {
  if (rate === 0 || state === 'idle') {
    return;
  }
  played = reported.played;
  facts(reported);
  transcript.played(played);
  $('level').style.setProperty('--level', Math.min(1, 1.6 * reported.peak).toFixed(3));
  if (reported.peak > AUDIBLE) {
    stages.reached('heard');
    if (state === 'thinking') {
      show('speaking');
    }
  }
  if (reported.done) {
    report();
    transcript.finish();
    listener = null;
    show('idle');
  } else if (state !== 'paused' && performance.now() - reportedAt >= REPORT_MS) {
    report();
  }
}

function facts({played: samples, queued, underruns}) {
  const seconds = (count) => `${(rate === 0 ? 0 : count / rate).toFixed(1)} s`;
  $('played').textContent = seconds(samples);
  $('queued').textContent = seconds(queued);
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
  speak();
});
$('prompt').addEventListener('keydown', (event) => {
  // While an input method composes a character, Enter only chooses it.
  if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) {
    event.preventDefault();
    speak();
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
$('pause').addEventListener('click', pause);
$('anew').addEventListener('click', beginAnew);
window.addEventListener('pagehide', stop);
show('idle');
