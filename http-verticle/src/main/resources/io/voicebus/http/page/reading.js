// Marks in an answer what is being heard, what is still to be heard, and what never was.

/** The CSS Custom Highlight API: no element changes for it. Older browsers show no marks. */
const highlights = globalThis.CSS?.highlights;

function highlight(name) {
  if (!highlights) {
    return null;
  }
  if (!highlights.has(name)) {
    highlights.set(name, new Highlight());
  }
  return highlights.get(name);
}

export class Reading {
  #markdown;
  #mine = new Map(); // name → ranges of this answer

  constructor(markdown) {
    this.#markdown = markdown;
  }

  /** A word is being heard; what follows is still to be. Null: nothing is. */
  at(word) {
    this.#set('spoken', word === null ? [] : this.#markdown.ranges(word.start, word.end));
    this.#set('ahead', word === null ? [] : this.#markdown.rest(word.end));
    this.#set('unheard', []);
  }

  /** Nothing has been heard yet. */
  begins() {
    this.#set('ahead', this.#markdown.rest(0));
    this.#set('unheard', []);
  }

  /** All of it was heard (null), or nothing behind this place will be. */
  ends(heardTo) {
    this.#set('spoken', []);
    this.#set('ahead', []);
    this.#set('unheard', heardTo === null ? [] : this.#markdown.rest(heardTo));
  }

  /** Where the word is that is being heard, or null. */
  get place() {
    return this.#mine.get('spoken')?.[0]?.getBoundingClientRect() ?? null;
  }

  /** Where what never was heard begins, or null. */
  get cut() {
    return this.#mine.get('unheard')?.[0]?.getBoundingClientRect() ?? null;
  }

  #set(name, ranges) {
    const all = highlight(name);
    if (all !== null) {
      this.#mine.get(name)?.forEach((range) => all.delete(range));
      ranges.forEach((range) => all.add(range));
      this.#mine.set(name, ranges);
    }
  }
}
