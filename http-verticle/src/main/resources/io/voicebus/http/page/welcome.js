// What is shown before the first prompt, and what is said where there is no model.

import {$, make} from './dom.js';
import {programs} from './program.js';
import {WORDS} from './words.js';

/** @param ask is given an example */
export function welcome(ask) {
  const [curl] = programs(new URL('.', location.href).href, {prompt: WORDS.examples[0]});
  $('first-program').textContent = curl.text;
  return (source) => {
    const reads = source === 'reader';
    $('welcome-how').textContent = reads ? WORDS.welcomeReader : WORDS.welcomeModel;
    $('examples').replaceChildren(
        ...(reads ? WORDS.examplesReader : WORDS.examples).map((example) => {
          const element = make('button', {type: 'button', class: 'example'}, example);
          element.addEventListener('click', () => ask(example));
          return make('li', {}, element);
        }));
  };
}

/** Whether prompts are read aloud, because there is no model to answer them. */
export function readerBanner(reads) {
  const banner = $('reader');
  banner.hidden = !reads;
  if (reads && $('reader-how').childElementCount === 0) {
    $('reader-how').append(
        ...WORDS.readerKeys.map((line, i) => make(i % 2 === 0 ? 'p' : 'pre', {}, line)));
  }
}
