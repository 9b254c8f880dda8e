package io.voicebus.emulators;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** When each word and mark of a text is said, as Kokoro-FastAPI tells it. */
final class WordTimes {
  private static final Pattern TOKEN = Pattern.compile("[\\p{L}\\p{N}'’]+|[^\\p{L}\\p{N}\\s]");

  private WordTimes() {}

  /** Objects with {@code word}, {@code start_time} and {@code end_time}, in seconds. */
  static JsonArray of(String text) {
    JsonArray words = new JsonArray();
    Matcher token = TOKEN.matcher(text);
    while (token.find()) {
      words.add(
          new JsonObject()
              .put("word", token.group())
              .put("start_time", token.start() * EmulatedSpeech.CHAR_MS / 1_000.0)
              .put("end_time", token.end() * EmulatedSpeech.CHAR_MS / 1_000.0));
    }
    return words;
  }
}
