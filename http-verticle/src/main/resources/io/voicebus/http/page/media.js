// The lock screen's and the headset's own controls, where the browser has them.

import {WORDS} from './words.js';

const session = navigator.mediaSession;

/** @param actions resume(), pause(), stop() */
export function media(actions) {
  if (session) {
    for (const [name, act] of [['play', actions.resume], ['pause', actions.pause], ['stop', actions.stop]]) {
      try {
        session.setActionHandler(name, act);
      } catch {
        // This browser has no such control.
      }
    }
  }
}

/** @param state of what is spoken, and the prompt that it answers */
export function mediaState(state, prompt) {
  if (session) {
    session.playbackState = {speaking: 'playing', thinking: 'playing', paused: 'paused'}[state] ?? 'none';
    session.metadata =
      state === 'idle' || !globalThis.MediaMetadata
        ? null
        : new MediaMetadata({title: prompt || WORDS.name, artist: WORDS.name});
  }
}
