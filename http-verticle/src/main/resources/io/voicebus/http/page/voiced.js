// Which voice speaks a turn, as it was chosen.

import {browserSpeaker, isBrowserVoice} from './browser-voice.js';
import {choices} from './choices.js';

/**
 * What plays a turn in a voice, what the server is asked for, and whether its sound is heard.
 *
 * @param speaker plays the server's sound
 * @param free a voice of the server that costs nothing: it gives the time where the browser speaks
 * @return {speaker, options of POST /v1/turns, keeps whether the sound may be heard again}
 */
export function voiced(voice, speaker, free) {
  const {language} = choices;
  const own = browserSpeaker(voice, choices);
  return own === null
    ? {speaker, options: {...chosen({voice: served(voice), language}), words: true}, keeps: true}
    : {speaker: own, options: chosen({voice: free, language}), keeps: false};
}

/** A browser's voice that is not there just now leaves it to the server. */
export function served(voice) {
  return isBrowserVoice(voice) ? '' : voice;
}

/** Without what is left to the server. */
function chosen(fields) {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== ''));
}
