// When the words of one chunk are heard, of which the server tells some, all, or none. Knows
// nothing of a page.

/**
 * Keeps the times that were told. The words between share the time between by their letters.
 *
 * @param guessed the chunk's words in order: {start, end} in the answer's text, {from, to} in the
 *     chunk's own
 * @param told words in order: {start, end} in the answer's text, {from, to} in samples
 * @param chunk {from, to} in samples, {chars} of its own text
 * @return all of them: {start, end} in the answer's text, {from, to} in samples
 */
export function spread(guessed, told, chunk) {
  const words = [];
  let run = []; // of words without times
  let before = {time: chunk.from, char: 0};
  const share = (time, char) => {
    const first = before.char ?? run[0]?.from ?? 0;
    const perChar = Math.max(0, time - before.time) / Math.max(1, char - first);
    words.push(...run.map(({start, end, from, to}) => ({
      start, end, from: before.time + (from - first) * perChar, to: before.time + (to - first) * perChar,
    })));
    run = [];
  };
  for (const word of merged(guessed, told)) {
    if (word.time === undefined) {
      run.push(word);
      continue;
    }
    share(word.time.from, word.from ?? run.at(-1)?.to ?? 0);
    words.push({start: word.start, end: word.end, ...word.time});
    before = {time: word.time.to, char: word.to};
  }
  share(chunk.to, chunk.chars);
  return words;
}

/** In the order of the text. A word that was told has its time, and the place of those that it covers. */
function merged(guessed, told) {
  const known = told.map(({start, end, from, to}) => ({start, end, time: {from, to}}));
  const words = [];
  let next = 0;
  for (const word of guessed) {
    while (next < known.length && known[next].end <= word.start) {
      words.push(known[next++]);
    }
    const cover = known[next];
    if (cover !== undefined && cover.start < word.end) {
      cover.from ??= word.from;
      cover.to = word.to;
    } else {
      words.push(word);
    }
  }
  return [...words, ...known.slice(next)];
}
