// The connection of one turn: sends the prompt, and listens to what comes of it over a WebSocket.

import {again, insistently, newName, within} from './server.js';
import {Trouble} from './trouble.js';
import {WORDS} from './words.js';

/** How often a server that is busy is asked again. */
const BUSY_TRIES = 10;

/** Unless it says when, in seconds; and the longest that it is believed. */
const BUSY_S = 2;
const MAX_BUSY_S = 30;

/** A slow network takes so many characters of a prompt in a millisecond. */
const SLOW_CHARS_PER_MS = 16;

/** A connection that was lost, without a close frame; and when it is tried again, in ms. */
const ABNORMAL = 1006;
const BACK_AFTER_MS = [100, 400, 1000, 1500];

/** A socket that has never opened is tried so often again: what forbids it does not change. */
const OPEN_AGAIN = 2;

/** In place of a status. */
const REFUSED = -1;

/** For so long it is tried at least: the server keeps the turn for who comes back within it. */
const PATIENCE_MS = 15000;

/** And for so long at most, while what has come is still being played. */
const MAX_PATIENCE_MS = 60000;

/** How long it may take to say whether it knows the turn, and to open a socket: then a node may have been lost, which takes longer. */
const ANSWER_MS = 4000;
const OPEN_MS = 10000;

/** After so much silence, in ms, it is asked whether the connection lives: a network may be lost without a word. */
const QUIET_MS = 5000;

/** What a timer is late by, in ms, when the page or the device has stood still: it counts as no time. */
const STOOD_STILL_MS = 2000;

/** Close codes that come without the event that tells the turn's end. */
const CLOSED = new Map([
  [1008, [WORDS.notUnderstood, WORDS.notUnderstoodWhy]],
  [4409, [WORDS.heardElsewhere, WORDS.heardElsewhereWhy]],
  [4429, [WORDS.busy, WORDS.tooManyWhy]],
]);

/** Codes from here on are 4000 and an HTTP status: the server is there, and ended the turn. */
const STATUS = 4000;

/** The node that had the turn was lost; a turn that failed like that has said so in an event. */
const LOST = STATUS + 503;

export class Listener {
  #handlers;
  #socket = null;
  #path = null; // of the turn; known once the server has taken it
  #asking = new AbortController();
  #over = false;
  #known = false; // to the server, which has sent all that it will
  #failure = null;
  #opened = false; // a socket, at least once
  #away = false;
  #tries = 0; // to come back, since something has come
  #lostAt = 0;
  #watching = null;
  #came = 0; // messages
  #refused = false; // nobody took a connection
  #renewed = false; // the socket, since something has come
  #dropped = new Set(); // sockets that are believed dead
  #samples = 0; // received
  #lastEvent = 0; // its id
  #formatted = false;
  #ended = false; // by the server's account, which comes last
  #holds = null; // whether the turn is on hold; null if it never was
  #heldAtMs = 0;
  #held = () => {}; // tells that the server knows

  /**
   * @param handlers accepted(id), event(name, data), audio(ArrayBuffer), busy(seconds) until it asks
   *     again, away(whether the connection was lost and is sought again), and last closed(Trouble, or null when all has come); none is called after stop().
   *     It is asked plays(): whether what has come is still to be heard.
   */
  constructor(handlers) {
    this.#handlers = handlers;
  }

  /** @param turn as POST /v1/turns has it */
  async start(turn) {
    try {
      const links = await this.#post(turn);
      if (links === null) {
        return;
      }
      this.#path = `v1/turns/${links.id}`;
      if (this.#over) {
        this.#delete();
      } else {
        this.#handlers.accepted(links.id);
        this.#listen();
      }
    } catch (why) {
      this.#close(why instanceof Trouble ? why : Trouble.unreachable());
    }
  }

  /** @return the turn's links; null if it was stopped while the server was busy */
  async #post(turn) {
    const request = {
      method: 'POST',
      headers: {'Content-Type': 'application/json', 'Idempotency-Key': newName()},
      body: JSON.stringify(turn),
    };
    for (let tries = 1; !this.#over; tries++) {
      // It may be sent again, since its key names its turn.
      const answer = await insistently(
          (signal) => fetch('v1/turns', {...request, signal}),
          () => !this.#over && !this.#asking.signal.aborted,
          {ms: request.body.length / SLOW_CHARS_PER_MS, ended: this.#asking.signal, late: () => this.#goAway(true)});
      this.#goAway(false);
      if (answer.status === 401) {
        throw Trouble.signedOut();
      }
      if (answer.status !== 429) {
        const body = await answer.json().catch(() => null);
        if (body === null) {
          throw Trouble.between(answer.status); // Voicebus answers in JSON
        }
        if (!answer.ok) {
          throw new Trouble(body.title, body.detail);
        }
        return body;
      }
      if (tries === BUSY_TRIES) {
        throw Trouble.busy();
      }
      if (!this.#over) {
        const seconds = retryAfter(answer);
        this.#handlers.busy(seconds);
        await new Promise((waited) => setTimeout(waited, 1000 * seconds));
      }
    }
    return null;
  }

  #listen() {
    const url = new URL(`${this.#path}/ws`, location.href);
    url.protocol = url.protocol.replace('http', 'ws');
    if (this.#opened || this.#tries > 0) {
      url.searchParams.set('from', this.#samples);
      url.searchParams.set('last_event_id', this.#lastEvent);
    }
    const socket = new WebSocket(url);
    this.#socket = socket;
    this.#watch(OPEN_MS);
    socket.binaryType = 'arraybuffer';
    socket.onopen = () => {
      this.#opened = true;
      this.#watch();
      if (this.#holds !== null && !this.#over) {
        this.#tellHold(); // the server may have lost it with the connection
      }
    };
    socket.onmessage = ({data}) => {
      if (this.#over) {
        return;
      }
      this.#tries = 0;
      this.#came++;
      this.#watch();
      this.#goAway(false);
      if (typeof data === 'string') {
        this.#event(JSON.parse(data));
      } else {
        this.#renewed = false;
        this.#samples += data.byteLength / 2;
        this.#handlers.audio(data);
      }
    };
    socket.onclose = ({code}) => {
      const lost = code === ABNORMAL || (code === LOST && this.#failure === null);
      if (lost && !this.#ended && !this.#over && (this.#opened || this.#tries < OPEN_AGAIN)) {
        this.#goAway(true);
        this.#comeBack();
        return;
      }
      this.#known = this.#ended || code === 1000 || code >= STATUS;
      if (code === ABNORMAL && !this.#opened && !this.#over) {
        this.#neverOpened();
      } else {
        this.#close(this.#failure ?? (this.#ended || code === 1000 ? null : closed(code)));
      }
    };
  }

  /** Something in between may let no socket through. The turn would wait for one. */
  async #neverOpened() {
    const {answers, trouble} = await this.#asked();
    if (!this.#over) {
      this.#close(trouble ?? (answers ? Trouble.noSocket() : Trouble.lost()));
      this.#delete();
    }
  }

  #watch(quietMs = QUIET_MS) {
    clearTimeout(this.#watching);
    if (!this.#over && !this.#ended && !this.#holds) {
      this.#watching = setTimeout(() => this.#quiet(), quietMs);
    }
  }

  /** Nothing has come for a while: since the model thinks, or since the connection is dead. */
  async #quiet() {
    const socket = this.#socket;
    const came = this.#came;
    const opens = socket?.readyState === WebSocket.CONNECTING;
    const {answers, trouble} = opens ? {answers: false, trouble: null} : await this.#asked();
    const isOver = this.#over || this.#ended || this.#holds;
    if (isOver || this.#came !== came || this.#socket !== socket || !(socket?.readyState <= WebSocket.OPEN)) {
      return;
    }
    if (trouble !== null) {
      this.#drop();
      this.#close(this.#failure ?? trouble);
    } else if (!answers) {
      this.#drop();
      this.#goAway(true);
      this.#comeBack();
    } else if (!this.#renewed) {
      this.#renewed = true;
      this.#drop(); // it may be dead all the same; the server leaves it for the next one
      this.#listen();
    } else {
      this.#watch();
    }
  }

  /** One that has opened is left open: to close it would end the turn, should that reach the server later. */
  #drop() {
    const socket = this.#socket;
    this.#socket = null;
    socket.onopen = null;
    socket.onmessage = null;
    socket.onclose = () => this.#dropped.delete(socket);
    if (socket.readyState === WebSocket.CONNECTING) {
      socket.close();
    } else {
      this.#dropped.add(socket);
    }
  }

  #goAway(away) {
    if (away !== this.#away) {
      this.#away = away;
      this.#lostAt = performance.now();
      this.#handlers.away(away);
    }
  }

  /**
   * Tries it again, for a while. A server that is there may have forgotten the turn. Where nobody takes a connection no socket is opened
   * until somebody does: Firefox waits ever longer before it opens one where others have failed, and sends a request at once.
   */
  async #comeBack() {
    const tries = this.#tries++;
    const patience = this.#handlers.plays() ? MAX_PATIENCE_MS : PATIENCE_MS;
    const last = performance.now() - this.#lostAt >= patience;
    const asks = last || this.#refused || tries % 2 === 1;
    const {answers, refused, trouble} =
      asks ? await this.#asked() : {answers: false, refused: false, trouble: null};
    this.#refused = refused;
    if (this.#over) {
      return;
    }
    if (trouble !== null) {
      this.#close(this.#failure ?? trouble);
    } else if (last) {
      this.#close(this.#failure ?? Trouble.lost());
    } else if (answers) {
      this.#listen();
    } else {
      const wait = BACK_AFTER_MS[tries] ?? BACK_AFTER_MS.at(-1);
      const due = performance.now() + wait;
      setTimeout(() => {
        const late = performance.now() - due;
        this.#lostAt += late > STOOD_STILL_MS ? late : 0;
        if (!this.#over) {
          refused ? this.#comeBack() : this.#listen();
        }
      }, wait);
    }
  }

  /** @return {answers whether the server does, refused whether nobody takes a connection, trouble why it has nothing more of the turn, or null} */
  async #asked() {
    const {status, state} = await within(ANSWER_MS, async (signal) => {
      const answer = await fetch(this.#path, {signal});
      return {status: answer.status, state: answer.status === 200 ? (await answer.json()).state : ''};
    }).catch(({name}) => ({status: name === 'TimeoutError' ? 0 : REFUSED, state: ''}));
    const trouble = status === 401 ? Trouble.signedOut()
      : status === 404 ? Trouble.restarted()
      : state === 'cancelled' || state === 'failed' ? Trouble.late() : null;
    return {answers: status >= 200 && status < 300, refused: status === REFUSED, trouble};
  }

  #event({id, event, data}) {
    this.#lastEvent = id ?? this.#lastEvent;
    if (event === 'format') {
      if (this.#formatted) {
        return; // each socket tells it
      }
      this.#formatted = true;
    }
    this.#renewed &&= event === 'format';
    if (event === 'held') {
      this.#held();
    }
    if (event === 'end') {
      this.#ended = true;
      this.#failure = data.outcome === 'finished' ? null : failed(data, this.#holds);
    }
    this.#handlers.event(event, data);
  }

  #close(trouble) {
    if (!this.#over) {
      this.#finish();
      this.#held();
      this.#handlers.closed(trouble);
    }
  }

  #finish() {
    this.#over = true;
    clearTimeout(this.#watching);
    this.#dropped.forEach((socket) => socket.close());
  }

  /**
   * Tells how far the turn has been heard: the server keeps its lookahead from there, and the
   * conversation remembers no more than that. Over HTTP when the socket has closed, since all has
   * been sent.
   */
  async report(playedMs, paused) {
    const position = {played_ms: playedMs, paused};
    if (this.#socket?.readyState === WebSocket.OPEN) {
      this.#socket.send(JSON.stringify({type: 'position', ...position}));
    } else if (this.#known) {
      await this.#fetch('POST', `${this.#path}/position`, position).catch(() => {
        this.#known = false; // it has gone since: nobody is left to be told
      });
    }
  }

  /**
   * Puts the turn on hold, heard as far as this: nothing more is sent, nor asked of the model or the
   * voice, until resume(). It is told as a pause, too, which may last; a hold alone does not.
   *
   * @return resolves when the server knows
   */
  hold(playedMs) {
    this.#holds = true;
    this.#heldAtMs = playedMs;
    return this.#tellHold();
  }

  resume(playedMs) {
    this.#holds = false;
    this.#heldAtMs = playedMs;
    if (this.#socket?.readyState === WebSocket.OPEN) {
      this.#watch();
    }
    return this.#tellHold();
  }

  #tellHold() {
    const told = this.report(this.#heldAtMs, this.#holds);
    if (this.#ended || this.#socket?.readyState !== WebSocket.OPEN) {
      return told; // all has been sent, or it is told when the socket opens
    }
    this.#socket.send(JSON.stringify(
        this.#holds ? {type: 'hold', played_ms: this.#heldAtMs} : {type: 'resume'}));
    return new Promise((known) => (this.#held = known));
  }

  /**
   * Ends the turn at every stage, heard as far as this; nothing of it is told any more.
   *
   * @return resolves when the server knows, or it will not
   */
  async stop(playedMs) {
    if (this.#over) {
      if (this.#known) {
        await this.report(playedMs, false);
        this.#delete();
      }
      return;
    }
    this.#finish();
    if (this.#socket?.readyState === WebSocket.OPEN) {
      this.report(playedMs, false);
      this.#socket.close(1000, 'stop');
    } else if (this.#path !== null) {
      // A handshake that is broken off may never reach the server.
      this.#socket?.close();
      this.#delete();
    }
  }

  /**
   * After stop(), when the page goes: a request that is not answered yet is broken off, so that no turn
   * begins, and the turn is ended by a request, too, since what a socket has to send may be lost.
   */
  leave() {
    this.#asking.abort();
    if (this.#path !== null && !this.#ended) {
      this.#delete();
    }
  }

  #delete() {
    again(() => this.#fetch('DELETE', this.#path)).catch(() => {});
  }

  /** Also while the page is being left. */
  #fetch(method, path, body) {
    const headers = {'Content-Type': 'application/json'};
    const what = body === undefined ? {} : {headers, body: JSON.stringify(body)};
    return fetch(path, {method, keepalive: true, ...what});
  }
}

/** In seconds; the header has these, or a date. */
function retryAfter(answer) {
  const header = answer.headers.get('Retry-After') ?? '';
  const seconds = /^\d+$/.test(header) ? Number(header) : (Date.parse(header) - Date.now()) / 1000;
  return Number.isNaN(seconds) ? BUSY_S : Math.min(MAX_BUSY_S, Math.max(1, Math.round(seconds)));
}

/**
 * What the event at the end of a turn says that did not finish.
 *
 * @param holds whether it was on hold, which the server allows for a while
 */
function failed({outcome, failure}, holds) {
  if (holds && outcome === 'cancelled') {
    return Trouble.late(WORDS.pausedLong);
  }
  const title = outcome === 'failed' ? WORDS.failed : WORDS.ended;
  return new Trouble(failure.kind === 'rate-limited' ? WORDS.tooBusy : title, failure.detail);
}

function closed(code) {
  if (CLOSED.has(code)) {
    return new Trouble(...CLOSED.get(code));
  }
  return code >= STATUS
    ? new Trouble(WORDS.ended, WORDS.endedWith(code - STATUS))
    : Trouble.lost();
}
