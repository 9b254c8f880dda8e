// Shows Markdown as it streams. Text only ever becomes text nodes, and each knows its place.

import {blocksOf} from './blocks.js';
import {icon, make} from './dom.js';
import {inlinesOf} from './inlines.js';
import {WORDS} from './words.js';

const TAGS = {strong: 'strong', emphasis: 'em', deleted: 's', code: 'code'};

export class Markdown {
  #box;
  #text = '';
  #blocks = []; // {from, element, places: [{node, from, to}]}, in order

  constructor(box) {
    this.#box = box;
  }

  /**
   * What has been shown stays where it is; only the last block is made anew.
   *
   * @param open whether more may follow
   */
  show(text, open) {
    const same = text.startsWith(this.#text) ? this.#text.length : commonLength(text, this.#text);
    while (this.#blocks.length > 0 && this.#blocks.at(-1).from >= same) {
      this.#blocks.pop().element.remove();
    }
    const last = this.#blocks.pop();
    last?.element.remove();
    this.#text = text;
    for (const block of blocksOf(text, last?.from ?? 0)) {
      const places = [];
      const element = new Drawing(text, places, open && block.to === text.length).block(block);
      this.#box.append(element);
      this.#blocks.push({from: block.from, element, places});
    }
  }

  get #places() {
    return this.#blocks.flatMap(({places}) => places);
  }

  /** The ranges of the page that show this part of the text. */
  ranges(start, end) {
    const ranges = [];
    for (const {places} of this.#around(start, end)) {
      for (const {node, from, to} of places) {
        if (from < end && to > start) {
          const range = new Range();
          range.setStart(node, Math.min(node.length, Math.max(0, start - from)));
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
    const [first] = this.ranges(start, Infinity);
    if (first) {
      first.setEnd(this.#box, this.#box.childNodes.length);
    }
    return first ? [first] : [];
  }

  /** Where in the text this place of the page is, or null. */
  placeOf(node, offset) {
    const found = this.#places.find((place) => place.node === node);
    return found ? Math.min(found.to, found.from + offset) : null;
  }
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
          return make(TAGS[inline.kind], {}, ...this.#nodes(inline.nodes));
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
    const copy = make('button', {type: 'button', class: 'copy', 'aria-label': WORDS.copyCode}, icon('copy'));
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
      list.append(make('li', {}, ...blocks.map((inner) => this.block(inner))));
    }
    return list;
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
