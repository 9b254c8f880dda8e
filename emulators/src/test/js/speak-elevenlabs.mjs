// Published clients of ElevenLabs' API, unmodified, against Voicebus itself. Told where it is in the
// environment; appends one line of JSON to the file OUT for each thing that a client received, as
// judge.mjs does.

import {ElevenLabsClient} from '@elevenlabs/elevenlabs-js';
import {initializeLogger} from '@livekit/agents';
import {TTS} from '@livekit/agents-plugin-elevenlabs';
import {appendFileSync} from 'node:fs';

const {VOICEBUS_URL, SPEECH, OUT} = process.env;
const VOICE = 'JBFqnCBsd6RMkjVDRZzb';
const eleven = new ElevenLabsClient({apiKey: 'none', baseUrl: VOICEBUS_URL, maxRetries: 0});
const livekit = () =>
  new TTS({
    apiKey: 'none',
    baseURL: `${VOICEBUS_URL}/v1`,
    voiceId: VOICE,
    model: 'eleven_flash_v2_5',
    encoding: 'pcm_24000',
  });

const tell = (line) => appendFileSync(OUT, JSON.stringify(line) + '\n');
const base64 = (pieces) => Buffer.concat(pieces.map((piece) => Buffer.from(piece))).toString('base64');
const bytes = (data) => new Uint8Array(data.buffer, data.byteOffset, data.byteLength);

async function all(stream) {
  const pieces = [];
  for await (const piece of stream) {
    pieces.push(piece);
  }
  return pieces;
}

async function heard(name, events) {
  const frames = [];
  let text = '';
  for await (const event of events) {
    if (typeof event !== 'symbol') {
      frames.push(bytes(event.frame.data));
      text += (event.timedTranscripts ?? []).map((word) => word.text).join('');
    }
  }
  tell({case: name, audio: base64(frames), text});
}

const request = {text: SPEECH, modelId: 'eleven_flash_v2_5', outputFormat: 'pcm_24000'};

const CASES = {
  async 'elevenlabs-js: speech'() {
    tell({
      case: 'elevenlabs-js: stream',
      audio: base64(await all(await eleven.textToSpeech.stream(VOICE, request))),
    });
    tell({
      case: 'elevenlabs-js: convert',
      audio: base64(await all(await eleven.textToSpeech.convert(VOICE, request))),
    });
    tell({
      case: 'elevenlabs-js: mp3',
      audio: base64(await all(await eleven.textToSpeech.convert(VOICE, {text: SPEECH}))),
    });
  },

  async 'elevenlabs-js: speech with timestamps'() {
    const timed = await all(await eleven.textToSpeech.streamWithTimestamps(VOICE, request));
    tell({
      case: 'elevenlabs-js: stream with timestamps',
      audio: base64(timed.map((piece) => Buffer.from(piece.audioBase64, 'base64'))),
      text: timed.flatMap((piece) => piece.alignment?.characters ?? []).join(''),
    });
    const whole = await eleven.textToSpeech.convertWithTimestamps(VOICE, request);
    tell({
      case: 'elevenlabs-js: convert with timestamps',
      audio: whole.audioBase64,
      text: whole.alignment.characters.join(''),
    });
  },

  async 'elevenlabs-js: voices and models'() {
    const {voices} = await eleven.voices.getAll();
    const found = await eleven.voices.search({search: voices[0].name});
    const one = await eleven.voices.get(voices[0].voiceId);
    tell({
      case: 'elevenlabs-js: voices',
      text: `${found.voices[0].voiceId === voices[0].voiceId} ${one.name === voices[0].name}`,
    });
    const settings = await eleven.voices.settings.get(voices[0].voiceId);
    const usual = await eleven.voices.settings.getDefault();
    tell({case: 'elevenlabs-js: settings', text: `${settings.speed} ${usual.stability}`});
    const models = await eleven.models.list();
    tell({case: 'elevenlabs-js: models', text: models.map((model) => model.modelId).join(' ')});
  },

  async 'elevenlabs-js: account'() {
    const {subscription} = await eleven.user.get();
    const {characterLimit} = await eleven.user.subscription.get();
    tell({case: 'elevenlabs-js: account', text: `${subscription.status} ${characterLimit}`});
  },

  async 'elevenlabs-js: errors'() {
    const ask = async (voice, body) => {
      try {
        await all(await eleven.textToSpeech.stream(voice, body));
      } catch (why) {
        const {detail} = why.body ?? {};
        return `${why.constructor.name} ${why.statusCode} ${detail?.code ?? detail?.[0]?.type}`;
      }
      return 'nothing';
    };
    tell({
      case: 'elevenlabs-js: errors',
      text: [
        await ask(VOICE, {text: ''}),
        await ask('nobody', request),
      ].join('; '),
    });
  },

  // Over one WebSocket, with a context for each of two utterances at once.
  async 'livekit: utterances over multi-stream-input'() {
    const tts = livekit();
    const utter = (name) => {
      const stream = tts.stream();
      for (const word of SPEECH.split(/(?<= )/)) {
        stream.pushText(word);
      }
      stream.endInput();
      return heard(name, stream);
    };
    await Promise.all([utter('livekit: one'), utter('livekit: another')]);
    await utter('livekit: later');
    await tts.close();
  },

  async 'livekit: an utterance over HTTP'() {
    const tts = livekit();
    await heard('livekit: http', tts.synthesize(SPEECH));
    tell({case: 'livekit: voices', text: (await tts.listVoices()).map((voice) => voice.id).join(' ')});
    await tts.close();
  },
};

initializeLogger({pretty: false, level: 'fatal'});
for (const [name, run] of Object.entries(CASES)) {
  try {
    await run();
  } catch (why) {
    tell({case: name, failed: String(why?.stack ?? why)});
  }
}
process.exit(0);
