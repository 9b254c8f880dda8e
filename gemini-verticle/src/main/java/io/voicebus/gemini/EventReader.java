package io.voicebus.gemini;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The common part of readers whose events are JSON. NOT thread safe. */
abstract class EventReader implements ModelReader {
  final ServiceWords words;
  final AnswerText answer;

  /** The model's name at its service; empty until an event has it. */
  String model = "";

  boolean understood;
  boolean thought;
  long progress;

  EventReader(ServiceWords words, AnswerText answer) {
    this.words = words;
    this.answer = answer;
  }

  /** The fault that an event describes, if it describes one. */
  abstract Optional<ModelFault> faultIn(JsonObject event);

  /** Reads an event that is an error, or no JSON at all. */
  final ModelChunk strange(byte[] data, int from, int length) {
    String event = new String(data, from, length, StandardCharsets.UTF_8);
    Optional<ModelFault> fault = TolerantJson.parse(event).flatMap(this::faultIn);
    return ModelChunk.faulty(
        fault.orElseGet(
            () -> understood ? ModelFault.garbled(words.service()) : words.noAnswer(event)));
  }

  /** Takes the model's name from the first event that has it. */
  final void model(EventJson at) throws IOException {
    if (model.isEmpty()) {
      model = orEmpty(at.text());
    }
  }

  static String orEmpty(@Nullable String text) {
    return text == null ? "" : text;
  }

  @Override
  public final String rest() {
    return answer.rest();
  }

  @Override
  public final boolean understood() {
    return understood;
  }

  @Override
  public final long progress() {
    return progress;
  }
}
