// OpenAI's Agents SDK, unmodified, against Voicebus' Realtime door, as speak.mjs does it with the
// other clients.

import {OpenAIRealtimeWebSocket, RealtimeAgent, RealtimeSession} from '@openai/agents-realtime';
import {appendFileSync} from 'node:fs';

const {VOICEBUS_URL, OUT} = process.env;
const url = `${VOICEBUS_URL.replace('http', 'ws')}/v1/realtime?model=voicebus`;

const tell = (line) => appendFileSync(OUT, JSON.stringify(line) + '\n');

/** An answer may be over when it is cancelled. */
const isLate = (why) => why?.error?.code === 'response_cancel_not_active';

/** The next of these events; fails with the first error. */
const next = (emitter, type, holds = () => true) =>
  new Promise((resolve, reject) => {
    emitter.on(type, (...told) => holds(...told) && resolve(told));
    emitter.on('error', (why) => {
      if (!isLate(why.error)) {
        reject(new Error(JSON.stringify(why)));
      }
    });
  });

const transcript = (item) => item?.content?.[0]?.transcript ?? '';
const answers = (history) => history.filter((item) => item.role === 'assistant');

/** What a client is deaf to comes as '*' and under no name of its own. */
function listen(transport) {
  const came = [];
  const understood = new Set();
  transport.on('*', (event) => {
    came.push(event.type);
    if (!understood.has(event.type)) {
      transport.on(event.type, () => understood.add(event.type));
    }
  });
  return () => [...new Set(came)].filter((type) => !understood.has(type));
}

async function session() {
  const transport = new OpenAIRealtimeWebSocket({url, useInsecureApiKey: true});
  const agent = new RealtimeAgent({name: 'Guide', instructions: 'Be brief.'});
  const session = new RealtimeSession(agent, {transport});
  const deafTo = listen(transport);
  const audio = [];
  session.on('audio', ({data}) => audio.push(Buffer.from(data)));
  const updated = next(transport, 'session.updated');
  await session.connect({apiKey: 'none', url});
  await updated;
  return {session, transport, audio, deafTo};
}

const CASES = {
  async 'agents-realtime: an answer'() {
    const {session: talk, transport, audio, deafTo} = await session();
    const done = next(transport, 'turn_done');
    const deltas = [];
    transport.on('audio_transcript_delta', ({delta}) => deltas.push(delta));
    talk.sendMessage('hello');
    const [{response}] = await done;
    const [answer] = answers(talk.history);
    tell({
      case: 'agents-realtime: an answer',
      audio: Buffer.concat(audio).toString('base64'),
      text: transcript(answer),
    });
    tell({case: 'agents-realtime: its deltas', text: deltas.join('')});
    tell({
      case: 'agents-realtime: its history',
      text: `${talk.history.map((item) => `${item.role} ${item.status}`).join(', ')}, ${response.usage.outputTokens > 0}`,
    });
    // The client has heard some of it: it asks for what is left, and shows that.
    const item = answer.itemId;
    const cut = next(talk, 'history_updated', (history) => transcript(answers(history)[0]) !== transcript(answer));
    transport.sendEvent({
      type: 'conversation.item.truncate',
      item_id: item,
      content_index: 0,
      audio_end_ms: 400,
    });
    await cut;
    tell({case: 'agents-realtime: cut', text: transcript(answers(talk.history)[0])});
    tell({case: 'agents-realtime: deaf to', text: deafTo().join(' ')});
    talk.close();
  },

  async 'agents-realtime: an interruption'() {
    const {session: talk, transport, deafTo} = await session();
    const heard = next(talk, 'audio');
    const cut = next(transport, 'conversation.item.retrieved');
    talk.sendMessage('hello');
    await heard;
    talk.interrupt();
    const [{item}] = await cut;
    const done = next(transport, 'turn_done');
    talk.sendMessage('And then?');
    await done;
    const last = answers(talk.history).at(-1);
    tell({
      case: 'agents-realtime: an interruption',
      text: `${transcript(item)}|${transcript(last)}|${last.status}`,
    });
    tell({case: 'agents-realtime: deaf to, interrupted', text: deafTo().join(' ')});
    talk.close();
  },

  async 'agents-realtime: an error'() {
    const {session: talk, transport} = await session();
    const error = new Promise((resolve) => talk.on('error', resolve));
    talk.sendAudio(new ArrayBuffer(480));
    const {error: told} = await error;
    const done = next(transport, 'turn_done');
    talk.sendMessage('hello');
    await done;
    tell({case: 'agents-realtime: an error', text: told.error.error?.code ?? told.error.code});
    talk.close();
  },
};

for (const [name, run] of Object.entries(CASES)) {
  try {
    await run();
  } catch (why) {
    tell({case: name, failed: String(why?.stack ?? why)});
  }
}
process.exit(0);
