// One turn: sends the prompt, and listens to what comes of it over a WebSocket.

const UNREACHABLE = 'Voicebus cannot be reached. See whether it is still running, then try again.';
const BROKEN = 'The connection to Voicebus broke off. Try again.';

/** Something to tell the user: what happened, and what to do about it. */
export class Trouble extends Error {
  constructor(title, detail) {
    super(detail);
    this.title = title;
  }
}

export class Listener {
  #handlers;
  #socket = null;
  #path = null;
  #over = false;
  #sent = false; // wholly: what has come is still to be heard

  /**
   * @param handlers event(name, data), audio(ArrayBuffer), trouble(Trouble) and closed(); none is
   *     called after stop()
   */
  constructor(handlers) {
    this.#handlers = handlers;
  }

  /** @param turn as POST /v1/turns has it */
  async start(turn) {
    try {
      const links = await this.#post(turn);
      this.#path = `/v1/turns/${links.id}`;
      if (this.#over) {
        this.#delete();
      } else {
        this.#listen(links.ws);
      }
    } catch (why) {
      if (!this.#over) {
        this.#over = true;
        this.#handlers.trouble(
            why instanceof Trouble ? why : new Trouble('Not reachable', UNREACHABLE));
      }
    }
  }

  async #post(turn) {
    const answer = await fetch('/v1/turns', {
      method: 'POST',
      headers: {'Content-Type': 'application/json'},
      body: JSON.stringify(turn),
    });
    const body = await answer.json();
    if (!answer.ok) {
      throw new Trouble(body.title, body.detail);
    }
    return body;
  }

  #listen(path) {
    const url = new URL(path, location.href);
    url.protocol = url.protocol.replace('http', 'ws');
    const socket = new WebSocket(url);
    socket.binaryType = 'arraybuffer';
    socket.onmessage = ({data}) => {
      if (this.#over) {
        return;
      }
      if (typeof data === 'string') {
        const message = JSON.parse(data);
        this.#handlers.event(message.event, message.data);
      } else {
        this.#handlers.audio(data);
      }
    };
    socket.onclose = ({code}) => {
      if (!this.#over) {
        this.#over = true;
        this.#sent = code === 1000;
        // 1000, and 4000 with an HTTP status, come after the event that tells the turn's end.
        if (code !== 1000 && code < 4000) {
          this.#handlers.trouble(new Trouble('Broken off', BROKEN));
        }
        this.#handlers.closed();
      }
    };
    this.#socket = socket;
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
    } else if (this.#sent) {
      await this.#fetch('POST', `${this.#path}/position`, position);
    }
  }

  /**
   * Ends the turn at every stage, heard as far as this; nothing of it is told any more.
   *
   * @return resolves when the server knows, or it will not
   */
  async stop(playedMs) {
    if (!this.#over) {
      this.#over = true;
      this.report(playedMs, false);
      this.#socket?.close(1000, 'stop');
    } else if (this.#sent) {
      await this.report(playedMs, false);
      this.#delete();
    }
  }

  #delete() {
    this.#fetch('DELETE', this.#path);
  }

  /** Also while the page is being left. */
  async #fetch(method, path, body) {
    const headers = {'Content-Type': 'application/json'};
    const what = body === undefined ? {} : {headers, body: JSON.stringify(body)};
    await fetch(path, {method, keepalive: true, ...what}).catch(() => {});
  }
}
