package io.voicebus.http.openai.realtime;

/** A response under way. NOT thread safe. */
interface RealtimeResponse {
  RealtimeAnswer answer();

  /** The client takes more. */
  void drained();

  /** Ends it, and tells so. */
  void cancel(String why);

  /** Its client has gone: ends it. */
  void abandon(String why);
}
