// What has gone wrong, in words.

import {WORDS} from './words.js';

/** Something to tell the user: what happened, and what to do about it. */
export class Trouble extends Error {
  constructor(title, detail) {
    super(detail);
    this.title = title;
  }

  /** What is good to know, and no fault. */
  static notice(detail) {
    return Object.assign(new Trouble(WORDS.notice, detail), {mild: true});
  }

  /** The server does not answer. */
  static unreachable() {
    if (!navigator.onLine) {
      return new Trouble(WORDS.offline, WORDS.offlineWhy);
    }
    return new Trouble(WORDS.unreachable, WORDS.unreachableWhy);
  }

  /** Not Voicebus has answered, but a proxy in front of it. */
  static between(status) {
    return status > 501 && status < 505
      ? Trouble.unreachable() : new Trouble(WORDS.failed, WORDS.between(status));
  }

  /** The sign-in has ended: the server has another access token, or this browser signed out. */
  static signedOut() {
    return new Trouble(WORDS.signedOut, WORDS.signedOutWhy);
  }

  /** The server was there, and is gone. */
  static lost() {
    return Object.assign(
        navigator.onLine ? new Trouble(WORDS.unreachable, WORDS.lostWhy) : Trouble.unreachable(), {lost: true});
  }

  /** The server is there, and something in between lets no WebSocket through. */
  static noSocket() {
    return new Trouble(WORDS.noSocket, WORDS.noSocketWhy);
  }

  /** The server is there again, and knows nothing of the turn. */
  static restarted() {
    return Object.assign(new Trouble(WORDS.restarted, WORDS.restartedWhy), {restarted: true});
  }

  /** The server is there, and has ended the turn since nobody listened. */
  static late(title = WORDS.late) {
    return Object.assign(new Trouble(title, WORDS.restartedWhy), {restarted: true});
  }

  /** The server, or a service behind it, has too much to do. */
  static busy() {
    return new Trouble(WORDS.busy, WORDS.busyForLong);
  }
}
