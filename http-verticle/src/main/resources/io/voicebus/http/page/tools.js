// The buttons below an answer: hear it, copy it, save it, and how long it took to be heard.

import {webVtt, wav} from './captions.js';
import {copied, download, icon, make} from './dom.js';
import {WORDS} from './words.js';

export class Tools {
  #parts;
  #answer;

  /**
   * @param parts the elements play, copy, save, sound, captions and latency
   * @param answer has text, recording and timeline
   * @param actions play(), inside()
   */
  constructor(parts, answer, actions) {
    this.#parts = parts;
    this.#answer = answer;
    const {play, copy, save, sound, captions, latency} = parts;
    play.addEventListener('click', () => {
      if (play.getAttribute('aria-disabled') !== 'true') {
        actions.play();
      }
    });
    copy.addEventListener('click', () => copied(copy, answer.text));
    sound.addEventListener('click', () => {
      download('voicebus.wav', wav(answer.recording.pieces, answer.timeline.rate));
      closeMenus();
    });
    captions.addEventListener('click', () => {
      const file = webVtt(answer.timeline.captions, answer.timeline.rate);
      download('voicebus.vtt', new Blob([file], {type: 'text/vtt'}));
      closeMenus();
    });
    save.addEventListener('focusout', ({relatedTarget}) => {
      if (relatedTarget !== null && !save.contains(relatedTarget)) {
        save.open = false;
      }
    });
    latency.addEventListener('click', () => actions.inside());
  }

  /** @param state as of Exchange.show() */
  show(state) {
    const {text, recording, timeline} = this.#answer;
    const {play, copy, save, sound} = this.#parts;
    const goesOn = state === 'thinking' || state === 'speaking' || state === 'paused';
    const [symbol, words, hint] = {
      thinking: ['pause', WORDS.pause, ''],
      speaking: ['pause', WORDS.pause, ''],
      paused: ['play', WORDS.resume, ''],
    }[state] ?? (recording.isPlayable
      ? ['again', WORDS.replay, WORDS.replayHint]
      : ['again', WORDS.speakAgain, WORDS.speakAgainHint]);
    play.replaceChildren(icon(symbol), make('span', {}, words));
    play.title = hint;
    play.setAttribute('aria-disabled', String(state === 'thinking' || (!goesOn && text === '')));
    copy.hidden = text === '';
    sound.hidden = !recording.isPlayable;
    save.hidden = goesOn || (sound.hidden && timeline.captions.length === 0);
    if (save.hidden) {
      save.open = false;
    }
  }

  /** @param heard ms from the prompt on; undefined: it has not been heard */
  latency(heard) {
    const {latency} = this.#parts;
    latency.hidden = heard === undefined;
    latency.textContent =
      heard === undefined ? '' : WORDS.heardAfter(`${(heard / 1000).toFixed(2)} s`);
  }
}

/**
 * Closes the menus that are open.
 *
 * @param but none that holds this element
 * @return whether there were any
 */
export function closeMenus(but = null) {
  const open = [...document.querySelectorAll('.save[open]')].filter((menu) => !menu.contains(but));
  for (const menu of open) {
    if (menu.contains(document.activeElement)) {
      menu.querySelector('summary').focus();
    }
    menu.open = false;
  }
  return open.length > 0;
}
