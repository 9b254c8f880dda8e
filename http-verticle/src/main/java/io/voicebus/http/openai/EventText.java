package io.voicebus.http.openai;

import io.voicebus.http.wire.JsonText;

/** Server-sent events, as OpenAI writes them: without names. */
final class EventText {
  static final String CONTENT_TYPE = "text/event-stream";

  /** The last event of a stream of chat completions. */
  static final String DONE = "data: [DONE]\n\n";

  private EventText() {}

  static String of(JsonText json) {
    return of(json.toString());
  }

  /** Of JSON on one line. */
  static String of(String json) {
    return "data: " + json + "\n\n";
  }
}
