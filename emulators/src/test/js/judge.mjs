// Published clients of the services, unmodified, against the emulators. Told where those are in the
// environment; appends one line of JSON to the file OUT for each thing that a client received:
//   {"case": …, "text": …}  or  {"case": …, "audio": base64 of 16-bit PCM or WAV}
// Whoever started it judges what was received.

import {ElevenLabsClient} from '@elevenlabs/elevenlabs-js';
import {GoogleGenAI} from '@google/genai';
import {initializeLogger} from '@livekit/agents';
import {TTS} from '@livekit/agents-plugin-elevenlabs';
import {appendFileSync} from 'node:fs';
import OpenAI from 'openai';

const {GEMINI_URL, ELEVENLABS_URL, OPENAI_URL, KEY, SPEECH, OUT} = process.env;
const VOICE = 'JBFqnCBsd6RMkjVDRZzb';

const tell = (line) => appendFileSync(OUT, JSON.stringify(line) + '\n');
const base64 = (pieces) => Buffer.concat(pieces.map((piece) => Buffer.from(piece))).toString('base64');

async function all(stream) {
  const pieces = [];
  for await (const piece of stream) {
    pieces.push(piece);
  }
  return pieces;
}

const openai = new OpenAI({apiKey: KEY, baseURL: OPENAI_URL, maxRetries: 0});
const eleven = new ElevenLabsClient({apiKey: KEY, baseUrl: ELEVENLABS_URL, maxRetries: 0});

const CASES = {
  async 'gemini: a stream'() {
    for (const apiVersion of ['v1beta', 'v1']) {
      const ai = new GoogleGenAI({apiKey: KEY, httpOptions: {baseUrl: GEMINI_URL, apiVersion}});
      const chunks = await all(
          await ai.models.generateContentStream({
            model: 'gemini-3.5-flash-lite',
            contents: 'hello',
            config: {
              systemInstruction: 'Be brief.',
              maxOutputTokens: 1000,
              thinkingConfig: {thinkingLevel: 'MINIMAL', includeThoughts: false},
            },
          }));
      const last = chunks.at(-1);
      tell({
        case: `gemini: a stream, ${apiVersion}`,
        text: chunks.map((chunk) => chunk.text ?? '').join(''),
        reason: last.candidates[0].finishReason,
        chunks: chunks.length,
      });
    }
  },

  async 'gemini: a wrong key'() {
    const ai = new GoogleGenAI({
      apiKey: 'wrong',
      httpOptions: {baseUrl: GEMINI_URL, apiVersion: 'v1beta'},
    });
    try {
      await all(await ai.models.generateContentStream({model: 'gemini-3.5-flash-lite', contents: 'hi'}));
    } catch (why) {
      tell({case: 'gemini: a wrong key', status: why.status, text: why.message});
    }
  },

  async 'openai: a stream'() {
    const chunks = await all(
        await openai.chat.completions.create({
          model: 'gpt-4o-mini',
          messages: [{role: 'user', content: 'hello'}],
          stream: true,
          stream_options: {include_usage: true},
        }));
    tell({
      case: 'openai: a stream',
      text: chunks.map((chunk) => chunk.choices[0]?.delta?.content ?? '').join(''),
      reason: chunks.findLast((chunk) => chunk.choices.length > 0).choices[0].finish_reason,
      tokens: chunks.at(-1).usage.completion_tokens,
      chunks: chunks.length,
    });
  },

  async 'openai: a whole answer'() {
    const answer = await openai.chat.completions.create({
      model: 'gpt-4o-mini',
      messages: [{role: 'user', content: 'hello'}],
    });
    tell({case: 'openai: a whole answer', text: answer.choices[0].message.content});
  },

  async 'openai: speech'() {
    for (const format of ['pcm', 'wav']) {
      const answer = await openai.audio.speech.create({
        model: 'gpt-4o-mini-tts',
        voice: 'alloy',
        input: SPEECH,
        response_format: format,
      });
      tell({case: `openai: speech as ${format}`, audio: base64(await all(answer.body))});
    }
  },

  async 'openai: a wrong key, model and field'() {
    const ask = async (client, body) => {
      try {
        await client.chat.completions.create(body);
      } catch (why) {
        return `${why.constructor.name} ${why.status} ${why.code} ${why.param}`;
      }
      return 'nothing';
    };
    const messages = [{role: 'user', content: 'hello'}];
    const wrong = new OpenAI({apiKey: 'wrong', baseURL: OPENAI_URL, maxRetries: 0});
    tell({
      case: 'openai: errors',
      text: [
        await ask(wrong, {model: 'gpt-4o-mini', messages}),
        await ask(openai, {model: 'gpt-9', messages}),
        await ask(openai, {model: 'gpt-4o-mini', messages, temperature: 9}),
      ].join('; '),
    });
  },

  async 'openai: models'() {
    const models = await all(await openai.models.list());
    tell({case: 'openai: models', text: models.map((model) => model.id).join(' ')});
  },

  async 'elevenlabs-js: speech over HTTP'() {
    const request = {text: SPEECH, modelId: 'eleven_flash_v2_5', outputFormat: 'pcm_24000'};
    tell({
      case: 'elevenlabs-js: stream',
      audio: base64(await all(await eleven.textToSpeech.stream(VOICE, request))),
    });
    tell({
      case: 'elevenlabs-js: convert',
      audio: base64(await all(await eleven.textToSpeech.convert(VOICE, request))),
    });
    const timed = await all(await eleven.textToSpeech.streamWithTimestamps(VOICE, request));
    tell({
      case: 'elevenlabs-js: stream with timestamps',
      audio: base64(timed.map((piece) => Buffer.from(piece.audioBase64, 'base64'))),
      text: timed.flatMap((piece) => piece.alignment?.characters ?? []).join(''),
    });
  },

  async 'elevenlabs-js: a wrong key'() {
    const wrong = new ElevenLabsClient({apiKey: 'wrong', baseUrl: ELEVENLABS_URL, maxRetries: 0});
    try {
      await all(await wrong.textToSpeech.stream(VOICE, {text: 'hi', outputFormat: 'pcm_24000'}));
    } catch (why) {
      tell({
        case: 'elevenlabs-js: a wrong key',
        text: `${why.constructor.name} ${why.statusCode} ${why.body?.detail?.status}`,
      });
    }
  },

  // Over one WebSocket, with a context for each of two utterances at once.
  async 'livekit: utterances over multi-stream-input'() {
    initializeLogger({pretty: false, level: 'fatal'});
    const tts = new TTS({
      apiKey: KEY,
      baseURL: `${ELEVENLABS_URL}/v1`,
      voiceId: VOICE,
      model: 'eleven_flash_v2_5',
      encoding: 'pcm_24000',
    });
    const utter = async (name) => {
      const stream = tts.stream();
      for (const word of SPEECH.split(/(?<= )/)) {
        stream.pushText(word);
      }
      stream.endInput();
      const frames = [];
      for await (const event of stream) {
        if (typeof event !== 'symbol') {
          frames.push(event.frame.data);
        }
      }
      const pcm = frames.map((data) => new Uint8Array(data.buffer, data.byteOffset, data.byteLength));
      tell({case: name, audio: base64(pcm)});
    };
    await Promise.all([utter('livekit: one'), utter('livekit: another')]);
    await utter('livekit: later');
    await tts.close();
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
