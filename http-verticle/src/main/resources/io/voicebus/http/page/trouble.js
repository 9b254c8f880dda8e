/** Something to tell the user: what happened, and what to do about it. */
export class Trouble extends Error {
  constructor(title, detail) {
    super(detail);
    this.title = title;
  }

  /** The server does not answer. */
  static unreachable() {
    return new Trouble(
        'Voicebus cannot be reached', 'See whether it is still running, then try again.');
  }

  /** The server was there, and is gone. */
  static lost() {
    return new Trouble(
        'Voicebus cannot be reached',
        'The connection broke off. See whether it is still running, then try again.');
  }

  /** The server, or a service behind it, has too much to do. */
  static busy() {
    return new Trouble('Voicebus is busy', 'Others are being answered. Try again in a minute.');
  }
}
