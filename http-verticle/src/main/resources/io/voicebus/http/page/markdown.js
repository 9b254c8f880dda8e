// Shows Markdown as it streams. Text only ever becomes text nodes, and each knows its place.

import {blocksOf} from './blocks.js';
import {icon, make} from './dom.js';
import {inlinesOf} from './inlines.js';
import {WORDS} from './words.js';

/** How a kind is shown that has not the name of an element. */
const TAGS = {emphasis: 'em', deleted: 's'};

/** A box at the beginning of an item, ticked or not. */
const TASK = /^\[(?:([xX])| )\] (?=\S)/;

export class Markdown {
  #box;
  #text = '';
  #blocks = []; // {from, element, places: [{node, from, to}]}, in order

  constructor(box) {
    this.#box = box;
  }

  /**
   * What has been shown stays where it is; only the last block is rebuilt.
   *
   * @param open whether more may follow
   */
  show(text, open) {
    const same = text.startsWith(this.#text) ? this.#text.length : commonLength(text, this.#text);
    while (this.#blocks.length > 0 && this.#blocks.at(-1).from >= same) {
      this.#blocks.pop().element.remove();
    }
    const last = this.#blocks.pop();
    let shown = last?.element ?? null;
    this.#text = text;
    for (const block of blocksOf(text, last?.from ?? 0)) {
      const drawn = [];
      let element = new Drawing(text, drawn, open && block.to === text.length).block(block);
      const kept = new Map();
      if (shown === null) {
        this.#box.append(element);
      } else {
        element = become(shown, element, kept);
        shown = null;
      }
      const places = drawn.map(({node, from, to}) => ({node: kept.get(node) ?? node, from, to}));
      this.#blocks.push({from: block.from, element, places});
    }
    shown?.remove();
  }

  get #places() {
    return this.#blocks.flatMap(({places}) => places);
  }

  /** The ranges of the page that show this part of the text. */
  ranges(start, end) {
    const ranges = [];
    for (const {places} of this.#around(start, end)) {
      for (const place of places) {
        const {node, from, to} = place;
        if (from < end && to > start) {
          const range = rangeFrom(place, start);
          range.setEnd(node, Math.min(node.length, end - from));
          ranges.push(range);
        }
      }
    }
    return ranges;
  }

  #around(start, end) {
    return this.#blocks.filter(
        ({from}, i) => from < end && (this.#blocks[i + 1]?.from ?? Infinity) > start);
  }

  /** From this place to the end. */
  rest(start) {
    for (const {places} of this.#around(start, Infinity)) {
      const first = places.find(({to}) => to > start);
      if (first !== undefined) {
        const range = rangeFrom(first, start);
        range.setEnd(this.#box, this.#box.childNodes.length);
        return [range];
      }
    }
    return [];
  }

  /** Where in the text this place of the page is, or null. */
  placeOf(node, offset) {
    const here = new Range(); // a paragraph that is selected whole may begin between nodes
    here.setStart(node, offset);
    const found = this.#places.find((place) => here.comparePoint(place.node, place.node.length) > 0);
    return found ? Math.min(found.to, found.from + (found.node === node ? offset : 0)) : null;
  }
}

function rangeFrom({node, from}, start) {
  const range = new Range();
  range.setStart(node, Math.min(node.length, Math.max(0, start - from)));
  return range;
}

/**
 * Replaces what is shown by what was just drawn. Unchanged parts stay, and with them the focus, a selection, and the scroll
 * position of code and tables.
 *
 * @param kept is told which text that was drawn is shown by which one that was there
 * @return what is in the page now
 */
function become(shown, drawn, kept) {
  if (!isAlike(shown, drawn)) {
    shown.replaceWith(drawn);
    return drawn;
  }
  if (shown.nodeType === Node.TEXT_NODE) {
    kept.set(drawn, shown);
    if (drawn.data.startsWith(shown.data)) {
      shown.appendData(drawn.data.slice(shown.length)); // ranges stay as they are
    } else {
      shown.data = drawn.data;
    }
  } else if (shown.localName !== 'button') {
    const before = [...shown.childNodes];
    const after = [...drawn.childNodes];
    before.slice(after.length).forEach((node) => node.remove());
    after.forEach((node, i) =>
      before[i] === undefined ? shown.append(node) : become(before[i], node, kept));
  }
  return shown;
}

/** A button looks otherwise for a moment when it has been pressed. */
function isAlike(one, other) {
  if (one.nodeName !== other.nodeName || one.nodeType === Node.TEXT_NODE || one.localName === 'button') {
    return one.nodeName === other.nodeName;
  }
  return one.attributes.length === other.attributes.length
    && [...one.attributes].every(({name, value}) => other.getAttribute(name) === value);
}

function commonLength(one, other) {
  let at = 0;
  while (at < one.length && one[at] === other[at]) {
    at++;
  }
  return at;
}

/** Makes one block's elements, and notes where each text node stands in the text. */
class Drawing {
  #text;
  #places;
  #open;

  constructor(text, places, open) {
    this.#text = text;
    this.#places = places;
    this.#open = open;
  }

  block(block) {
    switch (block.kind) {
      case 'heading':
        // The page has its own first and second level.
        return this.#words(`h${Math.min(6, block.level + 2)}`, block.lines);
      case 'code':
        return this.#code(block);
      case 'rule':
        return make('hr');
      case 'quote':
        return make('blockquote', {dir: 'auto'}, ...block.blocks.map((inner) => this.block(inner)));
      case 'list':
        return this.#list(block);
      case 'table':
        return this.#table(block);
      default:
        return this.#words('p', block.lines);
    }
  }

  #words(tag, lines) {
    return make(tag, {}, ...this.#nodes(inlinesOf(this.#text, lines, this.#open)));
  }

  #nodes(inlines) {
    return inlines.map((inline) => {
      switch (inline.kind) {
        case 'text':
          return this.#place(this.#text.slice(inline.from, inline.to), inline);
        case 'character':
          return this.#place(inline.text, inline);
        case 'link':
          return make(
              'a',
              {href: inline.href, target: '_blank', rel: 'noopener noreferrer nofollow'},
              ...this.#nodes(inline.nodes));
        default:
          return make(TAGS[inline.kind] ?? inline.kind, {}, ...this.#nodes(inline.nodes));
      }
    });
  }

  #place(words, {from, to}) {
    const node = document.createTextNode(words);
    this.#places.push({node, from, to});
    return node;
  }

  #code({language, lines}) {
    const code = make('code', {dir: 'ltr'});
    lines.forEach(({from, to}, i) => {
      const end = i + 1 < lines.length ? '\n' : '';
      code.append(this.#place(this.#text.slice(from, to) + end, {from, to: to + end.length}));
    });
    const copy = make(
        'button',
        {type: 'button', class: 'copy', lang: document.documentElement.lang, 'aria-label': WORDS.copyCode},
        icon('copy'));
    copy.dataset.copies = 'code';
    const head = make('div', {class: 'code-head'}, make('span', {}, language), copy);
    return make('div', {class: 'code'}, head, make('pre', {tabindex: '0'}, code));
  }

  #list({ordered, start, items}) {
    const list = make(ordered ? 'ol' : 'ul', {dir: 'auto'});
    if (ordered && start !== 1) {
      list.start = start;
    }
    for (const blocks of items) {
      list.append(this.#item(blocks));
    }
    return list;
  }

  #item(blocks) {
    const [first] = blocks;
    const line = first?.kind === 'paragraph' ? first.lines[0] : {from: 0, to: 0};
    const box = TASK.exec(this.#text.slice(line.from, line.to));
    if (box === null) {
      return make('li', {}, ...blocks.map((inner) => this.block(inner)));
    }
    const words = {from: line.from + box[0].length, to: line.to};
    const mark = this.#place(box[1] ? '☑ ' : '☐ ', {from: line.from, to: words.from});
    const [task, ...rest] = [{...first, lines: [words, ...first.lines.slice(1)]}, ...blocks.slice(1)]
        .map((inner) => this.block(inner));
    task.prepend(mark);
    return make('li', {class: 'task'}, task, ...rest);
  }

  #table({aligned, head, rows}) {
    const row = (cells, tag) =>
      make('tr', {}, ...cells.map((cell, i) => {
        const element = this.#words(tag, [cell]);
        element.dataset.align = aligned[i] ?? 'start';
        return element;
      }));
    const table = make(
        'table',
        {dir: 'auto'},
        make('thead', {}, row(head, 'th')),
        make('tbody', {}, ...rows.map((cells) => row(cells, 'td'))));
    return make('div', {class: 'table', tabindex: '0'}, table);
  }
}
