// Makes elements.

import {WORDS} from './words.js';

const SVG = 'http://www.w3.org/2000/svg';

/** The key code of what an input method takes. */
const COMPOSING = 229;

export const $ = (id) => document.getElementById(id);

/** @param children nodes or text; text stays text */
export function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    element.setAttribute(name, value);
  }
  element.append(...children);
  return element;
}

/** One of the symbols in index.html. */
export function icon(name) {
  const svg = document.createElementNS(SVG, 'svg');
  const use = document.createElementNS(SVG, 'use');
  svg.setAttribute('class', 'icon');
  svg.setAttribute('aria-hidden', 'true');
  use.setAttribute('href', `#i-${name}`);
  svg.append(use);
  return svg;
}

/** A button with a symbol and words. */
export function button(name, words, attributes = {}) {
  return make('button', {type: 'button', ...attributes}, icon(name), make('span', {}, words));
}

/** Puts the words into what index.html leaves empty: data-word is text, data-label a name. */
export function fill(root, words) {
  for (const element of root.querySelectorAll('[data-word]')) {
    element.append(words[element.dataset.word]);
  }
  for (const element of root.querySelectorAll('[data-label]')) {
    element.setAttribute('aria-label', words[element.dataset.label]);
    element.title ||= element.matches('button') ? words[element.dataset.label] : '';
  }
}

/** For how long a button says that it has been done. */
const DONE_MS = 1500;

const undo = new WeakMap(); // a button that says so → gives it its own look again

/** Puts a text into the clipboard, and says so on the button for a moment, or why not. */
export async function copied(element, text) {
  let done = true;
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    done = copiedAsAlways(text);
  }
  undo.get(element)?.();
  const before = element.getAttribute('aria-label');
  const symbol = element.querySelector('use');
  element.classList.toggle('done', done);
  element.setAttribute('aria-label', done ? WORDS.copied : WORDS.notCopied);
  symbol.setAttribute('href', done ? '#i-done' : '#i-close');
  const timer = setTimeout(() => undo.get(element)(), DONE_MS);
  undo.set(element, () => {
    clearTimeout(timer);
    undo.delete(element);
    element.classList.remove('done');
    element.setAttribute('aria-label', before);
    symbol.setAttribute('href', '#i-copy');
  });
}

/** As browsers did before, and do where a page may not write to the clipboard by itself. */
function copiedAsAlways(text) {
  let copied = false;
  const write = (event) => {
    event.clipboardData.setData('text/plain', text);
    event.preventDefault();
    copied = true;
  };
  document.addEventListener('copy', write, {once: true});
  document.execCommand('copy');
  document.removeEventListener('copy', write);
  return copied;
}

/** Whether a key belongs to an input method, which composes a character with it. */
export function isComposing({isComposing, keyCode}) {
  return isComposing || keyCode === COMPOSING; // Safari tells the last one so
}

/** A double click is one click: it does not end at once what it has begun. */
export function noDoubleClicks(root) {
  root.addEventListener('click', (event) => {
    if (event.detail > 1 && event.target.closest('button')) {
      event.preventDefault();
      event.stopPropagation();
    }
  }, {capture: true});
}

/**
 * What had the focus may be hidden by what it has done, or removed. Then another element gets it.
 *
 * @param next focuses that one
 * @return to be called whenever something may have been hidden
 */
export function keepsFocus(next) {
  let last = document.body;
  document.addEventListener('focusin', ({target}) => (last = target));
  return () => requestAnimationFrame(() => {
    const now = document.activeElement ?? document.body;
    if ((now === last || now === document.body) && !isSeen(last)) {
      next();
    }
  });
}

function isSeen(element) {
  return element.isConnected && (element.checkVisibility?.({visibilityProperty: true}) ?? true);
}

/** Has the browser save a file. */
export function download(name, blob) {
  const link = make('a', {href: URL.createObjectURL(blob), download: name});
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60000);
}
