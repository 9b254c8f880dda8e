// What the page asks the server about itself; null where it does not answer.

/** When what got no answer is asked again, in ms: the network may have changed just then. */
const AGAIN_AFTER_MS = [300, 1000];

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

function get(path) {
  return again(async () => {
    const answer = await fetch(path);
    return answer.ok ? await answer.json() : null;
  }).catch(() => null);
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
  const answer = await fetch(`v1/conversations/${conversation}`).catch(() => null);
  if (answer?.status === 404) {
    return false;
  }
  const known = answer?.ok ? await answer.json().catch(() => null) : null;
  return known?.exchanges.some((exchange) => exchange.turn !== turn) ?? null;
}

export function forget(conversation) {
  again(() => fetch(`v1/conversations/${conversation}`, {method: 'DELETE'})).catch(() => {});
}

/**
 * For a conversation or a request: 128 random bits, since who knows a conversation's name can read it.
 * (What browsers have for that is not there without TLS.)
 */
export function newName() {
  return [...crypto.getRandomValues(new Uint32Array(4))].map(String).join('-');
}
