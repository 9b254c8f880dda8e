// Splits Markdown into blocks that know their places in the text. Knows nothing of a page.

/** So deep may lists and quotes lie within each other; what is deeper is a paragraph. */
const MAX_DEPTH = 8;

/** As wide as this is a tab at the beginning of a line. */
const TAB = 4;

const FENCE = /^ {0,3}(`{3,}|~{3,}) *([^`\s]*)[^`]*$/;
const HEADING = /^ {0,3}(#{1,6})(?:[ \t]+|$)/;
const HEADING_END = /[ \t]+#+[ \t]*$|[ \t]+$/;
const RULE = /^ {0,3}(?:(?:\* *){3,}|(?:- *){3,}|(?:_ *){3,})$/;
const QUOTE = /^ {0,3}> ?/;
const ITEM = /^( {0,3})([-*+]|\d{1,9}[.)])([ \t]{1,4}(?=\S)|[ \t]+|$)/;
/** `$$` or `\\[` that begins a line: what follows is a formula, up to its end or an empty line. */
const FORMULA = /^\s*(\$\$|\\\[)/;
const DELIMITER_ROW = /^ {0,3}\|?(?: *:?-+:? *\|)* *:?-+:? *\|? *$/;

/**
 * @param from where a block begins
 * @return {kind, from, to} and what belongs to its kind: lines, each a {from, to} in the text
 *     without what marks the block; of a quote and of a list's items blocks again
 */
export function blocksOf(text, from = 0) {
  const lines = [];
  for (let at = from; at < text.length;) {
    const found = text.indexOf('\n', at);
    const end = found < 0 ? text.length : found;
    lines.push({from: at, to: end > at && text[end - 1] === '\r' ? end - 1 : end});
    at = end + 1;
  }
  return parse({text, lines}, 0);
}

/** @param page its lines, of which those of inner blocks lack the marks of the outer ones */
function parse(page, depth) {
  const blocks = [];
  for (let at = 0; at < page.lines.length;) {
    if (isBlank(line(page, at))) {
      at++;
      continue;
    }
    const block =
        fence(page, at) ??
        heading(page, at) ??
        rule(page, at) ??
        (depth < MAX_DEPTH ? quote(page, at, depth) ?? list(page, at, depth) : null) ??
        table(page, at) ??
        paragraph(page, at);
    const {lines} = block;
    blocks.push({...block, from: page.lines[at].from, to: page.lines[block.next - 1].to, lines});
    at = block.next;
  }
  return blocks;
}

function line({text, lines}, at) {
  return at < lines.length ? text.slice(lines[at].from, lines[at].to) : '';
}

function isBlank(words) {
  return words.trim() === '';
}

/** The same line without its first characters. */
function inner({from, to}, count) {
  return {from: Math.min(to, from + count), to};
}

function fence(page, at) {
  const open = FENCE.exec(line(page, at));
  if (open === null) {
    return null;
  }
  const [, marks, language] = open;
  const close = new RegExp(`^ {0,3}${marks[0]}{${marks.length},} *$`);
  let end = at + 1;
  while (end < page.lines.length && !close.test(line(page, end))) {
    end++;
  }
  const next = Math.min(page.lines.length, end + 1);
  return {kind: 'code', language, lines: page.lines.slice(at + 1, end), next};
}

function heading(page, at) {
  const words = line(page, at);
  const open = HEADING.exec(words);
  if (open === null) {
    return null;
  }
  const {from} = page.lines[at];
  const close = HEADING_END.exec(words)?.index ?? words.length;
  const begin = from + open[0].length;
  const lines = [{from: begin, to: Math.max(begin, from + close)}];
  return {kind: 'heading', level: open[1].length, lines, next: at + 1};
}

function rule(page, at) {
  return RULE.test(line(page, at)) ? {kind: 'rule', lines: [], next: at + 1} : null;
}

function quote(page, at, depth) {
  const lines = [];
  let next = at;
  for (let mark; (mark = QUOTE.exec(line(page, next))) !== null; next++) {
    lines.push(inner(page.lines[next], mark[0].length));
  }
  if (next === at) {
    return null;
  }
  return {kind: 'quote', lines, blocks: parse({text: page.text, lines}, depth + 1), next};
}

function list(page, at, depth) {
  const first = ITEM.exec(line(page, at));
  if (first === null) {
    return null;
  }
  const ordered = isOrdered(first);
  const items = [];
  let next = at;
  for (let mark; (mark = ITEM.exec(line(page, next))) !== null;) {
    if (isOrdered(mark) !== ordered || RULE.test(line(page, next))) {
      break;
    }
    const item = itemLines(page, next, mark);
    items.push(parse({text: page.text, lines: item.lines}, depth + 1));
    next = item.next;
  }
  const start = ordered ? Number.parseInt(first[2], 10) : 1;
  return {kind: 'list', ordered, start, items, lines: [], next};
}

function isOrdered(mark) {
  return mark[2].length > 1;
}

/** The lines of one item, and where the next one may begin. */
function itemLines(page, at, mark) {
  const base = mark[1].length;
  const width = mark[0].length;
  const lines = [inner(page.lines[at], width)];
  let next = at + 1;
  let blanks = 0;
  for (; next < page.lines.length; next++) {
    const words = line(page, next);
    if (isBlank(words)) {
      blanks++;
      continue;
    }
    const [blank] = /^[ \t]*/.exec(words);
    const tabs = blank.startsWith('\t'); // one is a level, however wide it is
    const indent = tabs ? TAB + blank.length - 1 : blank.length;
    // Models indent by two or three, whatever the mark's own width is.
    const nested = indent >= base + 2 && ITEM.test(words.slice(blank.length));
    if (indent < width && !nested && (blanks > 0 || begins(page, next))) {
      break;
    }
    lines.push(...page.lines.slice(next - blanks, next));
    lines.push(inner(page.lines[next], tabs ? 1 : Math.min(indent, width)));
    blanks = 0;
  }
  return {lines, next};
}

function table(page, at) {
  const head = line(page, at);
  if (!head.includes('|') || !isDelimiter(line(page, at + 1))) {
    return null;
  }
  let next = at + 2;
  while (next < page.lines.length && line(page, next).includes('|')) {
    next++;
  }
  const rows = page.lines.slice(at + 2, next);
  const aligned = cells(page.text, page.lines[at + 1]).map(({from, to}) => {
    const dashes = page.text.slice(from, to);
    return dashes.endsWith(':') ? (dashes.startsWith(':') ? 'center' : 'end') : 'start';
  });
  return {
    kind: 'table',
    aligned,
    head: cells(page.text, page.lines[at]),
    rows: rows.map((row) => cells(page.text, row)),
    lines: [],
    next,
  };
}

function isDelimiter(words) {
  return words.includes('-') && words.includes('|') && DELIMITER_ROW.test(words);
}

/** What lies between the bars of a row, without blanks around it. */
function cells(text, {from, to}) {
  const found = [];
  let begin = from;
  for (let at = from; at <= to; at++) {
    if (at < to && text[at] === '\\') {
      at++;
    } else if (at === to || text[at] === '|') {
      found.push(trimmed(text, begin, Math.min(at, to)));
      begin = at + 1;
    }
  }
  const isEmpty = ({from: start, to: end}) => start === end;
  return found.filter(
      (cell, i) => !(isEmpty(cell) && (i === 0 || i === found.length - 1)));
}

function trimmed(text, from, to) {
  const words = text.slice(from, to);
  const blanks = words.length - words.trimStart().length;
  return {from: from + blanks, to: from + Math.max(blanks, words.trimEnd().length)};
}

function paragraph(page, at) {
  let end = formulaEnd(line(page, at), '');
  let next = at + 1;
  while (next < page.lines.length && !isBlank(line(page, next)) && (end !== '' || !begins(page, next))) {
    end = formulaEnd(line(page, next++), end);
  }
  return {kind: 'paragraph', lines: page.lines.slice(at, next), next};
}

/**
 * The lines of a formula may look like items or rules, and are none.
 *
 * @param end what ends the formula that this line is in, or ''
 * @return what ends the formula that the next line is in, or ''
 */
function formulaEnd(words, end) {
  const begin = end === '' ? FORMULA.exec(words) : null;
  const mark = begin === null ? end : begin[1] === '$$' ? '$$' : '\\]';
  return mark === '' || words.includes(mark, begin?.[0].length ?? 0) ? '' : mark;
}

/** Whether a block begins in this line that can break off a paragraph. */
function begins(page, at) {
  const words = line(page, at);
  const item = ITEM.exec(words);
  return (
    FENCE.test(words) ||
    HEADING.test(words) ||
    RULE.test(words) ||
    QUOTE.test(words) ||
    (item !== null && item[0].length < words.length) ||
    (words.includes('|') && isDelimiter(line(page, at + 1)))
  );
}
