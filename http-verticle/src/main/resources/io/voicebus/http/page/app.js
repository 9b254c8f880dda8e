// The page: joins its controls, the conversation, and what is spoken.

import {choices, choose} from './choices.js';
import {Composer, touch} from './composer.js';
import {Conversation} from './conversation.js';
import {$, fill, isComposing, keepsFocus, make, noDoubleClicks} from './dom.js';
import {Inside} from './inside.js';
import {media, mediaState} from './media.js';
import {Microphone} from './microphone.js';
import {forget, remembers} from './server.js';
import {Speaker} from './speaker.js';
import {Tabs} from './tabs.js';
import {Talk} from './talk.js';
import {Thread} from './thread.js';
import {closeMenus} from './tools.js';
import {served} from './voiced.js';
import {Voices} from './voices.js';
import {readerBanner, welcome} from './welcome.js';
import {WORDS} from './words.js';

fill(document, WORDS);
noDoubleClicks(document);

const speaker = new Speaker(() => showState(talk.state));
const thread = new Thread($('thread'), $('scroller'), $('live'));
const tabs = new Tabs(() => talk.pause(), () => thread.conversation);
const composer = new Composer({
  send: ask,
  stop: () => talk.stop(),
  tooLong: (characters, most) => notice(WORDS.tooLong(characters, most)),
});
const showExamples = welcome(ask);
// A telephone's keyboard would cover the answer.
const keepFocus = keepsFocus(() => (touch.matches ? $('scroller') : $('prompt')).focus({preventScroll: true}));
document.addEventListener('click', keepFocus);
let waits = false; // all that came has been heard, and more is to come

const talk = new Talk(speaker, thread, {
  state(state) {
    showState(state);
    composer.busy(state !== 'idle');
    mediaState(state, talk.prompt);
    if (state === 'speaking') {
      tabs.speaks();
    }
  },
  failed: () => voices.load(),
  spoke: (engine) => voices.spoke(engine),
  answered(exchange) {
    voices.answered(exchange.source, exchange.model);
    showSource(exchange.source);
    tellForgotten(exchange);
  },
  voice: () => voices.voice,
  free: () => voices.free,
  reads: () => voices.source === 'reader',
  level(peak) {
    $('wave').style.setProperty('--level', Math.min(1, 1.6 * peak).toFixed(3));
  },
  waits(is) {
    if (is !== waits) {
      waits = is;
      showState(talk.state);
    }
  },
  changed(exchange) {
    inside.changed(exchange);
    thread.changed();
  },
  inside: (exchange) => inside.open(exchange),
  trouble(trouble) {
    $('voices-trouble').hidden = false;
    $('voices-trouble').textContent = `${trouble.title}. ${trouble.message}`;
  },
});
const inside = new Inside(thread, (exchange) => {
  const {language} = choices;
  const voice = served(voices.voice);
  const all = {prompt: exchange?.prompt ?? WORDS.examples[0], voice, language};
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== ''));
}, (exchange) => talk.sequential(thread.messages(exchange)));
const voices = new Voices({
  trial: (text, voice) => talk.trial(text, voice),
  volume(share) {
    speaker.volume(share);
    showState(talk.state);
  },
  speed: (speed) => speaker.speed(speed),
  changed: () => showSource(voices.source),
});

function showState(state) {
  const listens = {yes: 'listening', asks: 'asks'}[state === 'idle' ? document.body.dataset.listens : 'no'];
  const mute = state === 'speaking' && choices.volume === 0;
  const dry = state === 'speaking' && waits;
  document.body.dataset.state = state;
  $('state-text').textContent =
    WORDS.states[speaker.isHeldBack ? 'heldBack' : listens ?? (dry ? 'dry' : mute ? 'muted' : state)];
  keepFocus();
}

function notice(words) {
  $('notice').textContent = words;
  $('notice').hidden = false;
}

function ask(prompt) {
  showWelcome(false);
  $('notice').hidden = true;
  talk.ask(prompt);
}

/** Whether the prompt itself is read aloud, because there is no model to answer it. */
function showSource(source) {
  readerBanner(source === 'reader');
  showExamples(source);
  composer.placeholder(source === 'reader' ? WORDS.placeholderReader : WORDS.placeholder);
}

/** A conversation is forgotten when the server is restarted, or some time after its last turn; some servers keep none. */
async function tellForgotten(exchange) {
  const {conversation} = thread;
  if (!exchange.written || exchange.source === 'reader' || !thread.messages(exchange).some(({role}) => role === 'assistant')) {
    return;
  }
  if (!exchange.remembers) {
    thread.exchanges.some(({trouble}) => trouble?.message === WORDS.noMemory) || exchange.forgotten(WORDS.noMemory);
  } else if (await remembers(conversation, exchange.turn) === false && conversation === thread.conversation) {
    exchange.forgotten(WORDS.forgotten);
  }
}

function showWelcome(shown) {
  $('welcome').hidden = !shown;
  $('anew').hidden = shown;
}

/** Forgets what was said, here, and at the server unless a copy of this tab goes on with it. */
function beginAnew() {
  const {conversation} = thread;
  talk.stop();
  tabs.share(conversation).then((shared) => shared || forget(conversation));
  thread.clear();
  inside.clear();
  composer.set('');
  showWelcome(true);
  composer.focus();
}

// Prompts by voice.
const conversation = new Conversation(speaker, talk, {
  prompt: (text) => composer.set(text),
  ask,
  listens(listens) {
    $('microphone').setAttribute('aria-pressed', String(listens !== 'no'));
    document.body.dataset.listens = listens;
    showState(talk.state);
  },
  trouble: (trouble) => notice(trouble.message),
});
$('microphone').hidden = !Microphone.isThere;
$('hands-free-row').hidden = !Microphone.isThere;
$('microphone').addEventListener('click', () => {
  $('notice').hidden = true;
  conversation.toggle();
});

// Switches.
for (const [id, name] of [['announce', 'announce'], ['hands-free', 'handsFree'], ['signs', 'signs']]) {
  $(id).checked = choices[name];
  $(id).addEventListener('change', () => {
    choose(name, $(id).checked);
    announce();
  });
}

/** A screen reader would talk over the voice, unless it is asked to. */
function announce() {
  $('thread').setAttribute('aria-live', choices.announce ? 'polite' : 'off');
}
announce();

// Menus and dialogs.
document.addEventListener('click', ({target}) => closeMenus(target));
$('keys-list').append(
    ...WORDS.keyList.flatMap(([keys, what]) => [
      make('dt', {}, ...keys.split(' ').map((key) => make('kbd', {}, key))),
      make('dd', {}, what),
    ]));
$('help-button').addEventListener('click', () => $('help').showModal());
for (const dialog of document.querySelectorAll('dialog')) {
  let pressedBeside = false; // what is dragged out of it, such as a selection, does not close it
  const isBeside = ({target, clientX, clientY}) => {
    const {left, right, top, bottom} = dialog.getBoundingClientRect();
    return target === dialog && (clientX < left || clientX > right || clientY < top || clientY > bottom);
  };
  dialog.addEventListener('pointerdown', (event) => (pressedBeside = isBeside(event)));
  dialog.addEventListener('click', (event) => {
    if ((pressedBeside && isBeside(event)) || event.target.closest('[data-close]')) {
      dialog.close();
    }
  });
}

// Keys.
document.addEventListener('keydown', (event) => {
  if (isComposing(event) || event.ctrlKey || event.metaKey || event.altKey) {
    return;
  }
  if (document.querySelector('dialog[open]') !== null) {
    return; // it has keys of its own
  }
  const writes = event.target.closest('input, textarea, select') !== null;
  const free = !writes && event.target.closest('button, a, summary') === null;
  if (event.key === 'Escape' && closeMenus()) {
    return;
  }
  if (event.key === 'Escape') {
    conversation.stop();
    talk.stop();
  } else if (free && event.key === ' ' && talk.state !== 'idle') {
    event.preventDefault();
    if (!event.repeat) {
      talk.togglePause();
    }
  } else if (!writes && choices.signs && event.key === '/') {
    event.preventDefault();
    composer.focus();
  } else if (!writes && choices.signs && event.key === '?') {
    $('help').showModal();
  }
});

// The audio takes a quarter of a second to open: that is done while the first prompt is typed.
for (const gesture of ['pointerdown', 'keydown']) {
  document.addEventListener(gesture, () => speaker.open().catch(() => {}), {once: true});
}
$('anew').addEventListener('click', beginAnew);
$('sign-out')?.form.addEventListener('submit', () => {
  talk.leave();
  thread.clear(); // also from the page that the browser keeps, to go back to
  composer.set('');
});
window.addEventListener('pagehide', () => {
  talk.leave();
  thread.save();
  composer.save();
});
media({resume: () => talk.resume(), pause: () => talk.pause(), stop: () => talk.stop()});

$('late').remove();
thread.load((prompt) => talk.exchange(prompt));
showWelcome(thread.exchanges.length === 0);
inside.changed(thread.last);
showState('idle');
if (!matchMedia('(hover: none)').matches) {
  composer.focus({preventScroll: true}); // enlarged, it is below what is to be read first
}
