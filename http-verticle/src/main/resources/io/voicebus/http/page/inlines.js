// Finds emphasis, code and links in the lines of a block. Knows nothing of a page.

/** So deep may they lie within each other; what is deeper is plain. */
const MAX_DEPTH = 6;

/** So far behind its beginning a span may end, in UTF-16 units. */
const MAX_SPAN = 5000;
const MAX_LINK_TEXT = 500;

/** A link to anything else is shown as plain text: model text must not run, nor reach this server. */
const SCHEMES = ['http:', 'https:', 'mailto:'];

const PUNCTUATION = /[!-/:-@[-`{-~]/;
const WORD = /[\p{L}\p{N}_]/u;
const BLANK = /\s|^$/;
const AUTOLINK = /<((?:https?:\/\/|mailto:)[^\s<>]+)>/y;
const URL_IN_TEXT = /https?:\/\/[^\s<>"'`*]+/y;
const TARGET = /\(\s*(?:<([^<>\n]*)>|((?:[^\s()\\]|\\.|\((?:[^\s()\\]|\\.)*\))*))(?:\s+(?:"[^"]*"|'[^']*'))?\s*\)/y;

/** `$$x$$`, `\(x\)`, `\[x\]`; `$x$`, but not "$5 or $6" nor "US$ and CA$": as the chunker has it. */
const MATHS =
  /\$\$(?=[^$\s]|\n)[^$]{1,2000}\$\$|\\\([^$]{1,2000}?\\\)|\\\[[^$]{1,2000}?\\\]|\$(?<inline>[^\s\d.,;:!?$](?:[^$\n]{0,158}[^$\s])?)\$/y;
/** Of HTML what models write into Markdown: a break, a remark, and pairs that say how words look. As the chunker says it. */
const BREAK = /<br[ \t]*\/?>\n?/iy;
const COMMENT = /<!--[^]{0,1000}?-->/y;
const TAG = /<(b|strong|i|em|s|del|u|sub|sup|kbd|mark|small|code)>/y;
const MEANT = {b: 'strong', i: 'emphasis', em: 'emphasis', s: 'deleted', del: 'deleted'};

/** The names that the chunker knows: what is said is what is shown. */
const ENTITY = /&(?:#(?<decimal>\d{1,7})|#[xX](?<hex>[\da-fA-F]{1,6})|(?<name>[a-z]{2,6}));/y;
const ENTITIES = {
  amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ', hellip: '…', mdash: '—', ndash: '–', euro: '€', deg: '°',
  times: '×', copy: '©', rsquo: '’',
};

/**
 * @param lines a block's, each a {from, to} in the text
 * @param open whether more of the text may follow: what is strong by now is shown so
 * @return nodes: {kind: 'text', from, to}, which stands in the text as it is; {kind: 'character',
 *     text, from, to}; and with nodes of their own 'strong', 'emphasis', 'deleted', 'code', 'u', 'sub',
 *     'sup', 'kbd', 'mark', 'small', and 'link' with its href
 */
export function inlinesOf(text, lines, open = false) {
  return new Inlines(text, lines, open).all();
}

class Inlines {
  #all = ''; // the lines, joined
  #runs = []; // {at, from}: from there on it stands in the text in a row
  #open;
  #searched = new Map(); // a closing mark → there is none before this place

  constructor(text, lines, open) {
    this.#open = open;
    let last = -1;
    for (const {from, to} of lines) {
      if (this.#all !== '') {
        this.#all += '\n';
      }
      if (from !== last + 1 || last < 0) {
        this.#runs.push({at: this.#all.length, from});
      }
      this.#all += text.slice(from, to);
      last = to;
    }
  }

  all() {
    return this.#parse(0, this.#all.length, 0);
  }

  #parse(from, to, depth) {
    const nodes = [];
    let plain = from;
    for (let at = from; at < to;) {
      const span = this.#span(at, to, depth);
      if (span === null) {
        at++;
        continue;
      }
      nodes.push(...this.#plain(plain, at), ...span.nodes);
      at = plain = span.next;
    }
    nodes.push(...this.#plain(plain, to));
    return nodes;
  }

  /** What begins here and is not plain, or null. */
  #span(at, to, depth) {
    switch (this.#all[at]) {
      case '$':
        return this.#maths(at, to);
      case '\\':
        return this.#maths(at, to) ?? this.#escape(at, to);
      case '`':
        return this.#code(at, to);
      case '*':
      case '_':
      case '~':
        return this.#emphasis(at, to, depth);
      case '!':
        return this.#all[at + 1] === '[' ? this.#link(at + 1, to, depth) : null;
      case '[':
        return this.#link(at, to, depth);
      case '<':
        return this.#autolink(at, to) ?? this.#html(at, to, depth);
      case 'h':
        return this.#url(at, to);
      case '&':
        return this.#entity(at, to);
      default:
        return null;
    }
  }

  /** Before a mark, which stands for itself then, or at the end of a line, which is broken there. */
  #escape(at, to) {
    const next = at + 1 < to ? this.#all[at + 1] : '';
    return next === '\n' || PUNCTUATION.test(next)
      ? {nodes: this.#plain(at + 1, at + 2), next: at + 2}
      : null;
  }

  #plain(from, to) {
    const nodes = [];
    for (let at = from; at < to;) {
      let run = this.#runs.length - 1;
      while (this.#runs[run].at > at) {
        run--;
      }
      const end = Math.min(to, this.#runs[run + 1]?.at ?? to);
      const start = this.#runs[run].from + at - this.#runs[run].at;
      nodes.push({kind: 'text', from: start, to: start + end - at});
      at = end;
    }
    return nodes;
  }

  #runLength(at, to) {
    let end = at + 1;
    while (end < to && this.#all[end] === this.#all[at]) {
      end++;
    }
    return end - at;
  }

  #code(at, to) {
    const length = this.#runLength(at, to);
    const end = this.#closingCode(at + length, to, length);
    if (end < 0) {
      return {nodes: this.#plain(at, at + length), next: at + length};
    }
    let [from, until] = [at + length, end];
    if (until - from > 2 && this.#all[from] === ' ' && this.#all[until - 1] === ' ') {
      [from, until] = [from + 1, until - 1];
    }
    return {nodes: [{kind: 'code', nodes: this.#plain(from, until)}], next: end + length};
  }

  /** A formula stands as it was written, like code: its backslashes and stars are its own. */
  #maths(at, to) {
    MATHS.lastIndex = at;
    const found = MATHS.exec(this.#all)?.groups;
    const end = MATHS.lastIndex;
    if (found === undefined || end > to || (this.#all[at] === '$' && WORD.test(this.#all[at - 1] ?? ''))) {
      return null;
    }
    const marks = found.inline === undefined ? 2 : 1;
    const formula = this.#all.slice(at + marks, end - marks);
    const from = at + marks + formula.length - formula.trimStart().length;
    return {nodes: [{kind: 'code', nodes: this.#plain(from, from + formula.trim().length)}], next: end};
  }

  #closingCode(from, to, length) {
    const mark = '`'.repeat(length);
    return this.#search(mark, from, to, (at) => {
      const found = this.#runLength(at, to);
      return found === length ? at : -found;
    });
  }

  #emphasis(at, to, depth) {
    const mark = this.#all[at];
    const length = this.#runLength(at, to);
    const begin = at + length;
    const literal = {nodes: this.#plain(at, begin), next: begin};
    if (
      length > 3 ||
      depth >= MAX_DEPTH ||
      (mark === '~' && length !== 2) ||
      BLANK.test(this.#all[begin] ?? '') ||
      (mark === '_' && WORD.test(this.#all[at - 1] ?? ''))
    ) {
      return literal;
    }
    let end = this.#closing(mark, length, begin, to);
    let next = end + length;
    if (end < 0) {
      if (!this.#open || length === 1 || to < this.#all.length) {
        return literal;
      }
      end = next = to;
    }
    let nodes = this.#parse(begin, end, depth + 1);
    if (mark === '~') {
      return {nodes: [{kind: 'deleted', nodes}], next};
    }
    if (length !== 2) {
      nodes = [{kind: 'emphasis', nodes}];
    }
    return {nodes: length === 1 ? nodes : [{kind: 'strong', nodes}], next};
  }

  #closing(mark, length, from, to) {
    return this.#search(mark.repeat(length), from, to, (at) => {
      const found = this.#runLength(at, to);
      const closes =
          this.#all[at - 1] !== '\\' &&
          !BLANK.test(this.#all[at - 1]) &&
          !(length === 1 && found === 2) &&
          !(mark === '_' && WORD.test(this.#all[at + found] ?? ''));
      // Of more marks than these the last ones close, and those before them what lies within.
      return closes ? at + Math.max(0, found - length) : -found;
    });
  }

  /**
   * The first place of a mark that closes.
   *
   * @param place where it closes, or minus what is to be skipped
   */
  #search(mark, from, to, place) {
    const limit = Math.min(to, from + MAX_SPAN);
    let at = Math.max(from, this.#searched.get(mark) ?? 0);
    while (at < limit) {
      at = this.#all.indexOf(mark, at);
      if (at < 0) {
        at = this.#all.length;
      } else if (at < limit) {
        const found = place(at);
        if (found >= 0) {
          return found;
        }
        at -= found;
      }
    }
    this.#searched.set(mark, at);
    return -1;
  }

  #link(at, to, depth) {
    const close = this.#closingBracket(at, to);
    if (close < 0 || depth >= MAX_DEPTH) {
      return null;
    }
    TARGET.lastIndex = close + 1;
    const target = TARGET.exec(this.#all);
    if (target === null || TARGET.lastIndex > to) {
      return null;
    }
    const nodes = this.#parse(at + 1, close, depth + 1);
    return this.#linked(target[1] ?? target[2], nodes, TARGET.lastIndex);
  }

  #closingBracket(at, to) {
    let deep = 0;
    for (let end = at; end < Math.min(to, at + MAX_LINK_TEXT); end++) {
      const character = this.#all[end];
      if (character === '\\') {
        end++;
      } else if (character === '[') {
        deep++;
      } else if (character === ']' && --deep === 0) {
        return end;
      }
    }
    return -1;
  }

  #autolink(at, to) {
    AUTOLINK.lastIndex = at;
    const found = AUTOLINK.exec(this.#all);
    if (found === null || AUTOLINK.lastIndex > to) {
      return null;
    }
    const end = AUTOLINK.lastIndex;
    return this.#linked(found[1], this.#plain(at + 1, end - 1), end);
  }

  #url(at, to) {
    URL_IN_TEXT.lastIndex = at;
    const found = URL_IN_TEXT.exec(this.#all)?.[0];
    if (found === undefined || WORD.test(this.#all[at - 1] ?? '')) {
      return null;
    }
    let href = found.slice(0, to - at).replace(/[.,;:!?]+$/, '');
    if (href.endsWith(')') && !href.includes('(')) {
      href = href.slice(0, -1);
    }
    return this.#linked(href, this.#plain(at, at + href.length), at + href.length);
  }

  #linked(target, nodes, next) {
    const href = safe(target);
    return {nodes: href === null ? nodes : [{kind: 'link', href, nodes}], next};
  }

  #html(at, to, depth) {
    BREAK.lastIndex = COMMENT.lastIndex = at;
    if (BREAK.test(this.#all) && BREAK.lastIndex <= to) {
      return this.#character('\n', at, BREAK.lastIndex);
    }
    if (COMMENT.test(this.#all) && COMMENT.lastIndex <= to) {
      return {nodes: [], next: COMMENT.lastIndex};
    }
    return this.#pair(at, to, depth);
  }

  /** A tag that nothing closes is text: one speaks of it. */
  #pair(at, to, depth) {
    TAG.lastIndex = at;
    const name = TAG.exec(this.#all)?.[1];
    const begin = TAG.lastIndex;
    if (name === undefined || begin > to || depth >= MAX_DEPTH) {
      return null;
    }
    const mark = `</${name}>`;
    const end = this.#search(mark, begin, to, (place) => place);
    if (end < 0) {
      return null;
    }
    const nodes = name === 'code' ? this.#plain(begin, end) : this.#parse(begin, end, depth + 1);
    return {nodes: [{kind: MEANT[name] ?? name, nodes}], next: end + mark.length};
  }

  #entity(at, to) {
    ENTITY.lastIndex = at;
    const found = ENTITY.exec(this.#all)?.groups;
    const text = found === undefined ? undefined : meant(found);
    return text === undefined || ENTITY.lastIndex > to
      ? null : this.#character(text, at, ENTITY.lastIndex);
  }

  /** @param next where it ends that this character stands for */
  #character(text, at, next) {
    const [{from}] = this.#plain(at, at + 1);
    return {nodes: [{kind: 'character', text, from, to: from + next - at}], next};
  }
}

/** The character that is referred to; undefined for none that can be seen. */
function meant({decimal, hex, name}) {
  if (name !== undefined) {
    return Object.hasOwn(ENTITIES, name) ? ENTITIES[name] : undefined;
  }
  const code = hex === undefined ? Number.parseInt(decimal, 10) : Number.parseInt(hex, 16);
  const half = code >= 0xd800 && code < 0xe000;
  return code < 0x20 || code > 0x10ffff || half ? undefined : String.fromCodePoint(code);
}

/** Where a link may lead, or null. */
function safe(target) {
  const url = URL.canParse?.(target) ?? true ? parsed(target) : null;
  return url !== null && SCHEMES.includes(url.protocol) ? url.href : null;
}

function parsed(target) {
  try {
    return new URL(target);
  } catch {
    return null;
  }
}
