package io.voicebus.http;

import io.voicebus.turn.TurnEvent;

/** What gets the audio and events of a turn of this instance. */
interface OwnClient {
  /** Whether it takes no more audio for now. */
  boolean full();

  /** Whether it takes events, also where it takes no audio. */
  boolean takesEvents();

  /** Comes before the first audio. */
  void format(int sampleRateHz);

  /** The next piece; not to be changed. */
  void audio(int chunk, byte[] pcm);

  /**
   * What it knows is of a former owner of the turn: all events come again.
   *
   * @param before the number before that of the first
   */
  void again(long before);

  /**
   * The next event.
   *
   * @param dropped how many before it are missing
   */
  void event(long dropped, EventLog.Entry event);

  /** The turn is over and everything of it was given, unless it failed; called last. */
  void ended(TurnEvent.Ended end);

  /** Nothing more comes, though the turn may go on; called last. */
  void dismissed();

  /**
   * Nothing more comes from here: another node goes on with the turn, to which the client may come
   * back; called last.
   *
   * @param end how it ended here
   */
  void elsewhere(TurnEvent.Ended end);

  /** The same, of which events are written as JSON, and wait for their client to read them. */
  static OwnClient of(TurnClient client) {
    return new OwnClient() {
      @Override
      public boolean full() {
        return client.full();
      }

      @Override
      public boolean takesEvents() {
        return !client.full();
      }

      @Override
      public void format(int sampleRateHz) {
        client.format(sampleRateHz);
      }

      @Override
      public void audio(int chunk, byte[] pcm) {
        client.audio(chunk, pcm);
      }

      @Override
      public void again(long before) {
        client.event(0, before, EventJson.AGAIN);
      }

      @Override
      public void event(long dropped, EventLog.Entry event) {
        client.event(dropped, event.id(), EventJson.of(event.event()));
      }

      @Override
      public void ended(TurnEvent.Ended end) {
        client.ended(end.failure());
      }

      @Override
      public void dismissed() {
        client.dismissed();
      }

      @Override
      public void elsewhere(TurnEvent.Ended end) {
        client.lost();
      }
    };
  }
}
