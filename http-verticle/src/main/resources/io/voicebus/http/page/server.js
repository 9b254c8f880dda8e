// What the page asks the server about itself; null where it does not answer.

async function get(path) {
  try {
    const answer = await fetch(path);
    return answer.ok ? await answer.json() : null;
  } catch {
    return null;
  }
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

export function forget(conversation) {
  fetch(`v1/conversations/${conversation}`, {method: 'DELETE'}).catch(() => {});
}

/**
 * For a conversation or a request: 128 random bits, since who knows a conversation's name can read it.
 * (What browsers have for that is not there without TLS.)
 */
export function newName() {
  return [...crypto.getRandomValues(new Uint32Array(4))].map(String).join('-');
}
