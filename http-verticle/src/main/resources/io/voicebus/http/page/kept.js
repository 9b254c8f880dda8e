// What the browser keeps for this tab over a reload. Where it keeps nothing, all holds until the page is left.

/** @return whether it is kept */
export function keep(key, value) {
  try {
    sessionStorage.setItem(key, JSON.stringify(value));
    return true;
  } catch {
    return false;
  }
}

/** @return what was kept, or null */
export function kept(key) {
  try {
    return JSON.parse(sessionStorage.getItem(key));
  } catch {
    return null;
  }
}

export function loseKept(key) {
  try {
    sessionStorage.removeItem(key);
  } catch {
    // Nothing is kept here.
  }
}
