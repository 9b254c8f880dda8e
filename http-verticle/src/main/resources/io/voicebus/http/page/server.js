// What the page asks the server about itself; null where it does not answer.

/** When what got no answer is asked again, in ms: the network may have changed just then. */
const AGAIN_AFTER_MS = [300, 1000];

/** So many connections to a server a browser keeps open. */
const CONNECTIONS = 6;

/** How long an answer may take that the server gives at once, in ms; the first time, then, and the last time: the network may be slow. */
const FIRST_MS = 5000;
const NEXT_MS = 3000;
const LAST_MS = 15000;

/** An answer may take so long, in ms: the server waits for its services itself. */
const ANSWER_MS = 8000;

/** How often it is looked whether the server is back, in ms, and for how long. */
const BACK_MS = 3000;
const BACK_FOR_MS = 10 * 60_000;

/**
 * Asks for what may be asked for more than once.
 *
 * @param ask rejects where no answer came
 * @param wanted whether it is still wanted, after it was rejected with this
 */
export async function again(ask, wanted = () => true) {
  for (const waitMs of AGAIN_AFTER_MS) {
    try {
      return await ask();
    } catch (why) {
      await new Promise((waited) => setTimeout(waited, waitMs));
      if (!wanted(why)) {
        throw why;
      }
    }
  }
  return ask();
}

/**
 * Breaks off what takes longer than so many ms.
 *
 * @param ask is given the signal that breaks it off
 * @param ended breaks it off, too
 * @return rejects with a TimeoutError if it took longer
 */
export async function within(ms, ask, ended = null) {
  const control = new AbortController();
  const {signal} = control;
  const stop = () => control.abort(); // AbortSignal.any came to Safari with 17.4
  let isLate = false;
  const timer = setTimeout(() => {
    isLate = true;
    stop();
  }, ms);
  ended?.addEventListener('abort', stop, {once: true});
  if (ended?.aborted) {
    stop();
  }
  const broken = new Promise((_, fail) => signal.addEventListener('abort', () => fail(signal.reason))); // not all can be broken off
  try {
    return await Promise.race([ask(signal), broken]);
  } catch (why) {
    throw isLate ? new DOMException('No answer came in time', 'TimeoutError') : why;
  } finally {
    clearTimeout(timer);
  }
}

/**
 * Asks for what may be asked for more than once, over another connection where no answer comes: those that a browser keeps open
 * may be dead, of which it tells after minutes.
 *
 * @param ask is given the signal that breaks it off
 * @param wanted whether it is still wanted
 * @param options {ms that its first answer may take beyond the usual, ended breaks it off, late() is told each time that no answer came}
 */
export async function insistently(ask, wanted, {ms = 0, ended = null, late = () => {}} = {}) {
  for (let tries = 1; ; tries++) {
    const patience = ms + (tries === 1 ? FIRST_MS : tries <= CONNECTIONS ? NEXT_MS : LAST_MS);
    try {
      return await again(
          () => within(patience, ask, ended), (why) => wanted() && why.name !== 'TimeoutError');
    } catch (why) {
      if (why.name !== 'TimeoutError' || !wanted() || tries > CONNECTIONS) {
        throw why;
      }
      late();
    }
  }
}

function get(path) {
  return again(() => within(ANSWER_MS, async (signal) => {
    const answer = await fetch(path, {signal});
    return answer.ok ? await answer.json() : null;
  })).catch(() => null);
}

/**
 * Where answers come from: {source, model}. The source is 'gemini', 'openai', 'reader', or '' for
 * nobody yet; a model is there where one is asked.
 */
export function source() {
  return get('v1/source');
}

/** {engine, usable, reason, order, default_voice, voices: [{id, name, language}]} of each engine. */
export async function engines() {
  return (await get('v1/voices'))?.engines ?? null;
}

/** {turns, max_turns, stopping, characters}. */
export function status() {
  return get('v1/status');
}

/** {node, roles} of each node; takes a second. */
export async function nodes() {
  return (await get('v1/nodes'))?.nodes ?? null;
}

/** Whether it remembers more of a conversation than this turn; null where it does not answer. */
export async function remembers(conversation, turn) {
  const [status, known] = await within(ANSWER_MS, async (signal) => {
    const answer = await fetch(`v1/conversations/${conversation}`, {signal});
    return [answer.status, answer.ok ? await answer.json() : null];
  }).catch(() => [0, null]);
  if (status === 404) {
    return false;
  }
  return known?.exchanges.some((exchange) => exchange.turn !== turn) ?? null;
}

export function forget(conversation) {
  again(() => fetch(`v1/conversations/${conversation}`, {method: 'DELETE'})).catch(() => {});
}

/**
 * Waits until the server can be reached again.
 *
 * @param wanted whether it is still to be waited for
 * @return whether it can, and is
 */
export async function back(wanted) {
  const last = performance.now() + BACK_FOR_MS;
  while (wanted() && performance.now() < last) {
    await new Promise((waited) => {
      const timer = setTimeout(waited, BACK_MS);
      addEventListener('online', () => {
        clearTimeout(timer);
        waited();
      }, {once: true});
    });
    const answer = wanted() ? await within(BACK_MS, (signal) => fetch('v1/status', {signal})).catch(() => null) : null;
    if (answer?.ok || answer?.status === 401) {
      return answer.ok && wanted();
    }
  }
  return false;
}

/**
 * For a conversation or a request: 128 random bits, since who knows a conversation's name can read it.
 * (What browsers have for that is not there without TLS.)
 */
export function newName() {
  return [...crypto.getRandomValues(new Uint32Array(4))].map(String).join('-');
}
