// Published clients of OpenAI's API, unmodified, against Voicebus itself. Told where it is in the
// environment; appends one line of JSON to the file OUT for each thing that a client received, as
// judge.mjs does.

import {createOpenAI} from '@ai-sdk/openai';
import {initializeLogger} from '@livekit/agents';
import {TTS} from '@livekit/agents-plugin-openai';
import {generateSpeech} from 'ai';
import {appendFileSync} from 'node:fs';
import OpenAI from 'openai';

const {VOICEBUS_URL, SPEECH, OUT} = process.env;
const settings = {apiKey: 'none', baseURL: `${VOICEBUS_URL}/v1`};
const openai = new OpenAI({...settings, maxRetries: 0});

const tell = (line) => appendFileSync(OUT, JSON.stringify(line) + '\n');
const base64 = (pieces) => Buffer.concat(pieces.map((piece) => Buffer.from(piece))).toString('base64');

async function all(stream) {
  const pieces = [];
  for await (const piece of stream) {
    pieces.push(piece);
  }
  return pieces;
}

const speech = {model: 'tts-1', voice: 'alloy', input: SPEECH};
const chat = {model: 'gpt-audio', messages: [{role: 'user', content: 'hello'}]};
const spoken = (format) => ({
  ...chat,
  modalities: ['text', 'audio'],
  audio: {voice: 'alloy', format},
});

const CASES = {
  async 'openai: speech'() {
    for (const format of ['pcm', 'wav', 'mp3', 'opus', 'flac']) {
      const answer = await openai.audio.speech.create({...speech, response_format: format});
      tell({case: `openai: speech as ${format}`, audio: base64(await all(answer.body))});
    }
    const whole = await openai.audio.speech.create(speech);
    tell({
      case: 'openai: speech by default',
      audio: base64([await whole.arrayBuffer()]),
      text: whole.headers.get('content-type'),
    });
  },

  async 'openai: errors'() {
    const ask = async (body) => {
      try {
        await openai.audio.speech.create(body);
      } catch (why) {
        return `${why.constructor.name} ${why.status} ${why.code} ${why.param}`;
      }
      return 'nothing';
    };
    tell({
      case: 'openai: errors',
      text: [
        await ask({...speech, input: ''}),
        await ask({...speech, response_format: 'mp4'}),
        await ask({...speech, model: 'elevenlabs'}),
      ].join('; '),
    });
  },

  async 'openai: models'() {
    const models = await all(await openai.models.list());
    tell({case: 'openai: models', text: models.map((model) => model.id).join(' ')});
  },

  async 'openai: chat as text'() {
    const answer = await openai.chat.completions.create(chat);
    tell({case: 'openai: a whole answer', text: answer.choices[0].message.content});
    const stream = openai.chat.completions.stream(chat);
    tell({case: 'openai: a stream', text: await stream.finalContent()});
  },

  async 'openai: chat with audio'() {
    const whole = (await openai.chat.completions.create(spoken('wav'))).choices[0].message.audio;
    tell({case: 'openai: a whole spoken answer', audio: whole.data, text: whole.transcript});
    const stream = openai.chat.completions.stream({
      ...spoken('pcm16'),
      stream_options: {include_usage: true},
    });
    const pieces = [];
    let text = '';
    stream.on('chunk', ({choices: [choice]}) => {
      pieces.push(Buffer.from(choice?.delta.audio?.data ?? '', 'base64'));
      text += choice?.delta.audio?.transcript ?? '';
    });
    const answer = await stream.finalChatCompletion();
    const [{message, finish_reason}] = answer.choices;
    tell({case: 'openai: a spoken stream', audio: base64(pieces), text});
    tell({
      case: 'openai: a spoken stream, assembled',
      text: `${message.audio.id === whole.id} ${finish_reason} ${answer.usage.completion_tokens > 0}`,
    });
    await openai.chat.completions.create({
      ...chat,
      messages: [
        {role: 'system', content: 'Be brief.'},
        ...chat.messages,
        {role: 'assistant', audio: {id: message.audio.id}},
        {role: 'user', content: 'And then?'},
      ],
    });
    tell({case: 'openai: a spoken answer meant by its id', text: 'understood'});
  },

  async 'ai-sdk: speech'() {
    const {audio} = await generateSpeech({
      model: createOpenAI(settings).speech('gpt-4o-mini-tts'),
      text: SPEECH,
      voice: 'nova',
      outputFormat: 'wav',
    });
    tell({case: 'ai-sdk: speech', audio: base64([audio.uint8Array])});
  },

  async 'livekit: speech'() {
    initializeLogger({pretty: false, level: 'fatal'});
    const tts = new TTS({...settings, model: 'tts-1', voice: 'ash'});
    const frames = [];
    for await (const event of tts.synthesize(SPEECH)) {
      if (typeof event !== 'symbol') {
        frames.push(event.frame.data);
      }
    }
    const pcm = frames.map((data) => new Uint8Array(data.buffer, data.byteOffset, data.byteLength));
    tell({case: 'livekit: speech', audio: base64(pcm)});
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
