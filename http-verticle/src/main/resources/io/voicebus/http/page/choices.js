// What the listener has chosen, kept by the browser for all of the server's pages.

const KEY = 'voicebus.choices';

const DEFAULTS = {voice: '', language: '', volume: 1, speed: 1, announce: false, handsFree: false};

export const choices = {...DEFAULTS, ...kept()};

function kept() {
  try {
    return JSON.parse(localStorage.getItem(KEY)) ?? {};
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
