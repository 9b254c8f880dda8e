// The exchanges of a conversation, kept over a reload, and what of them is in sight.

import {newName} from './server.js';
import {keep, kept} from './kept.js';

/** Kept by the browser for this tab. */
const KEY = 'voicebus.thread';

/** Of so many exchanges the events are kept to be looked at. */
const WITH_EVENTS = 20;

/** So many exchanges are kept over a reload, the newest. */
const KEPT = 100;

/** An exchange that is longer is not kept: browsers give a page some five million characters in all. */
const MAX_KEPT_CHARS = 1_000_000;

/** How long after something has come it is kept, in ms. */
const SAVED_AFTER_MS = 2000;

/** So close to the end counts as the end, in CSS pixels. */
const NEAR = 48;

export class Thread {
  #list;
  #scroller;
  #live;
  #follows = true;
  #expected = 0;
  #saving = null;

  conversation = newName();
  exchanges = [];

  /**
   * @param list where they are shown
   * @param scroller what scrolls them
   * @param live the button that leads back to what is being heard
   */
  constructor(list, scroller, live) {
    this.#list = list;
    this.#scroller = scroller;
    this.#live = live;
    // A scroll of the document does not reach the scroller, nor the other way round.
    for (const one of [scroller, document]) {
      one.addEventListener('scroll', () => this.#scrolled(), {passive: true});
    }
    // The browser moves by and by: what the page scrolls meanwhile would call that off.
    document.addEventListener('wheel', (event) => this.#leave(event.deltaY), {passive: true});
    live.addEventListener('click', () => this.follow());
    // A telephone's keyboard, or a turn of it, does not cover what was at the end.
    let height = scroller.clientHeight;
    new ResizeObserver(() => {
      const wasAtEnd = scroller.scrollHeight - height - scroller.scrollTop < NEAR;
      height = scroller.clientHeight;
      if (wasAtEnd && this.exchanges.length > 0 && !this.#isWhole) {
        this.#scrollBy(scroller.scrollHeight);
      }
    }).observe(scroller);
  }

  add(exchange) {
    this.#add(exchange);
    this.changed();
  }

  #add(exchange) {
    this.exchanges.push(exchange);
    const old = this.exchanges.at(-WITH_EVENTS - 1);
    if (old) {
      old.events = [];
    }
    this.#list.append(exchange.element);
    this.follow();
  }

  /** Forgets all, under a new name. */
  clear() {
    this.exchanges.forEach((exchange) => {
      exchange.heardTo = null;
      exchange.rest();
      exchange.recording.drop();
    });
    this.exchanges = [];
    this.#list.replaceChildren();
    this.conversation = newName();
    this.save();
    this.follow();
  }

  /** A prompt and what was said before it, as far as it was heard, as a chat has it. */
  messages(exchange) {
    return this.exchanges.slice(0, this.exchanges.indexOf(exchange)).flatMap(({prompt, text, heardTo}) => {
      const heard = heardTo === null ? text : text.slice(0, heardTo);
      return [
        {role: 'user', content: prompt},
        ...(heard.trim() === '' ? [] : [{role: 'assistant', content: heard}]),
      ];
    }).concat({role: 'user', content: exchange.prompt});
  }

  get last() {
    return this.exchanges.at(-1) ?? null;
  }

  /** Keeps what is being heard in sight, until the reader scrolls away. */
  reveal(exchange) {
    this.#scrolled(); // of which the browser may not have told yet
    if (!this.#follows) {
      return;
    }
    const box = this.#box;
    const word = exchange.place;
    if (word === null) {
      const {bottom} = exchange.element.getBoundingClientRect();
      this.#scrollBy(Math.max(0, Math.min(stays(exchange, box) - box.top, bottom - box.bottom)));
    } else if (word.bottom > box.bottom - box.height / 5 || word.top < box.top) {
      this.#scrollBy(word.top - box.top - box.height / 3);
    }
  }

  follow() {
    this.#follows = true;
    this.#live.hidden = true;
    const speaking = this.exchanges.findLast(isBusy);
    const box = this.#box;
    if (speaking && speaking.place !== null) {
      this.#scrollBy(speaking.place.top - box.top - box.height / 3);
    } else if (speaking && speaking !== this.last) {
      const {top, bottom} = speaking.element.getBoundingClientRect(); // its first word is still to come
      if (top > box.bottom - box.height / 3 || bottom < box.top + box.height / 3) {
        this.#scrollBy(top - box.top);
      }
    } else {
      this.#scrollBy(this.#scrolls.scrollHeight);
    }
  }

  /** Where there is no room to dock anything, the whole document scrolls. */
  get #isWhole() {
    return getComputedStyle(this.#scroller).overflowY === 'visible';
  }

  get #scrolls() {
    return this.#isWhole ? document.scrollingElement : this.#scroller;
  }

  /** What is in sight of it. */
  get #box() {
    return this.#isWhole ? new DOMRect(0, 0, innerWidth, innerHeight) : this.#scroller.getBoundingClientRect();
  }

  #scrollBy(pixels) {
    const scrolls = this.#scrolls;
    const most = scrolls.scrollHeight - scrolls.clientHeight;
    const top = Math.min(most, Math.max(0, scrolls.scrollTop + pixels));
    this.#expected = top;
    scrolls.scrollTop = top;
  }

  #scrolled() {
    const {scrollTop, scrollHeight, clientHeight} = this.#scrolls;
    if (Math.abs(scrollTop - this.#expected) < 2) {
      return; // the page's own doing
    }
    this.#expected = scrollTop;
    const atEnd = scrollHeight - clientHeight - scrollTop < NEAR;
    this.#follows = atEnd || !this.#speaks();
    this.#live.hidden = this.#follows;
  }

  /** The reader begins to scroll up. */
  #leave(down) {
    if (down < 0 && this.#scrolls.scrollTop > 0 && this.#speaks()) {
      this.#follows = false;
      this.#live.hidden = false;
    }
  }

  #speaks() {
    return this.exchanges.some(isBusy);
  }

  /** As much of it as the browser keeps, the newest first; a text that fills the room alone is left out. */
  save() {
    clearTimeout(this.#saving);
    this.#saving = null;
    const exchanges = this.exchanges.slice(-KEPT)
        .filter(({prompt, text}) => prompt.length + text.length <= MAX_KEPT_CHARS)
        .map((exchange) => exchange.save());
    while (!keep(KEY, {conversation: this.conversation, exchanges}) && exchanges.length > 0) {
      exchanges.splice(0, Math.ceil(exchanges.length / 2));
    }
  }

  /** Something has come: it is kept soon, should the page not live to be left. */
  changed() {
    this.#saving ??= setTimeout(() => this.save(), SAVED_AFTER_MS);
  }

  /** @param make an exchange for a prompt */
  load(make) {
    const thread = kept(KEY);
    if (thread === null) {
      return;
    }
    try {
      this.conversation = thread.conversation;
      for (const one of thread.exchanges) {
        const exchange = make(one.prompt);
        this.#add(exchange); // first: browsers paint no marks in what joins the page later
        exchange.load(one);
      }
    } catch {
      this.clear(); // of another version of the page
    }
  }
}

function isBusy({element}) {
  return element.matches('[aria-busy="true"]');
}

/**
 * The place of an answer that later text does not push out of sight: before the voice its question,
 * after a stop what was heard last.
 */
function stays(exchange, box) {
  if (isBusy(exchange)) {
    return exchange.element.getBoundingClientRect().top;
  }
  return exchange.cut === null ? Infinity : exchange.cut.top - box.height / 3;
}
