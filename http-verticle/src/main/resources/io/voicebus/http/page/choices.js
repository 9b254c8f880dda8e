// What the listener has chosen, kept by the browser for all of the server's pages.

const KEY = 'voicebus.choices';

const DEFAULTS = {voice: '', language: '', volume: 1, speed: 1, announce: false, handsFree: false, signs: true};

export const choices = {...DEFAULTS, ...kept()};

/** Of what was kept, perhaps by another version, what has the type of its default. */
function kept() {
  try {
    const all = JSON.parse(localStorage.getItem(KEY)) ?? {};
    const names = Object.keys(DEFAULTS).filter((name) => typeof all[name] === typeof DEFAULTS[name]);
    return Object.fromEntries(names.map((name) => [name, all[name]]));
  } catch {
    return {};
  }
}

export function choose(name, value) {
  choices[name] = value;
  try {
    localStorage.setItem(KEY, JSON.stringify(choices));
  } catch {
    // Nothing can be kept here: it holds until the page is closed.
  }
}
