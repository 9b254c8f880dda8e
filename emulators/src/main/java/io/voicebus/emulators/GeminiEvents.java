package io.voicebus.emulators;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.util.ArrayDeque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The events of one answer, one after the other. */
final class GeminiEvents implements EventSource {
  private static final String SIGNATURE = "QUJDRA==";

  private final GeminiScript script;
  private final JsonObject common;
  private final int promptTokens;
  private final ArrayDeque<GeminiPart> parts;
  private final GeminiEnding ending;
  private int at;
  private int textTokens;
  private int thoughtTokens;
  private int tokensLeft;
  private boolean over;

  /**
   * The events of a script.
   *
   * @param servedBy goes into {@code modelVersion}
   */
  GeminiEvents(GeminiScript script, GeminiCall call, String servedBy) {
    this.script = script;
    this.common =
        new JsonObject()
            .put("modelVersion", servedBy)
            .put("responseId", "emulated-" + call.number());
    this.promptTokens = TextPace.tokens(call.prompt());
    this.parts = new ArrayDeque<>(script.parts());
    this.tokensLeft = call.maxOutputTokens();
    this.ending = script.ending();
  }

  @Override
  public byte[] next() {
    JsonObject event = event();
    SseFraming framing = script.framing();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    if (event != null) {
      String json = framing.manyLines() ? event.encodePrettily() : event.encode();
      bytes.writeBytes(framing.event(json, over));
    }
    if (over && ending.kind() == GeminiEnding.Kind.JSON_TAIL && ending.error() != null) {
      bytes.writeBytes(framing.raw(ending.error().json().encodePrettily() + "\n"));
    }
    return bytes.toByteArray();
  }

  @Override
  public boolean over() {
    return over;
  }

  @Override
  public End end() {
    return switch (ending.kind()) {
      case RESET -> End.RESET;
      case SILENCE -> End.NONE;
      case SIGNED, INLINE, EACH, BARE, BLOCKED, ERROR_EVENT, JSON_TAIL, TRUNCATED ->
          End.of(script.framing());
    };
  }

  private @Nullable JsonObject event() {
    if (ending.kind() == GeminiEnding.Kind.BLOCKED) {
      over = true;
      return event(null)
          .put("promptFeedback", new JsonObject().put("blockReason", ending.reason()));
    }
    GeminiPart part = parts.peek();
    while (part != null && at == part.text().length()) {
      parts.remove();
      at = 0;
      part = parts.peek();
    }
    return part == null ? last() : text(part);
  }

  private JsonObject text(GeminiPart part) {
    String text = part.text();
    int end = script.framing().eventEnd(script.pace(), text, at, tokensLeft);
    String delta = text.substring(at, end);
    at = end;
    int tokens = TextPace.tokens(delta);
    tokensLeft -= tokens;
    JsonObject json = new JsonObject().put("text", delta);
    switch (part.kind()) {
      case THOUGHT -> {
        thoughtTokens += tokens;
        json.put("thought", true);
      }
      case CALL ->
          json.put(
              "functionCall", new JsonObject().put("name", delta).put("args", new JsonObject()));
      case TEXT -> textTokens += tokens;
    }
    boolean told = parts.size() == 1 && at == text.length();
    JsonObject candidate = candidate(content(json));
    if (tokensLeft <= 0 && !told) {
      over = true;
      candidate.put("finishReason", "MAX_TOKENS");
    } else if (ending.kind() == GeminiEnding.Kind.EACH
        || (told && ending.kind() == GeminiEnding.Kind.INLINE)) {
      over = told;
      candidate.put("finishReason", ending.reason());
    } else if (told && !endsWithAnEvent()) {
      over = true;
    }
    return event(candidate);
  }

  private boolean endsWithAnEvent() {
    return switch (ending.kind()) {
      case SIGNED, BARE, ERROR_EVENT, BLOCKED, INLINE, EACH -> true;
      case JSON_TAIL, TRUNCATED, RESET, SILENCE -> false;
    };
  }

  private @Nullable JsonObject last() {
    over = true;
    return switch (ending.kind()) {
      case SIGNED ->
          event(
              candidate(
                      content(new JsonObject().put("text", "").put("thoughtSignature", SIGNATURE)))
                  .put("finishReason", ending.reason()));
      case BARE, INLINE, EACH -> event(candidate(null).put("finishReason", ending.reason()));
      case ERROR_EVENT -> ending.error() == null ? null : ending.error().json();
      case BLOCKED, JSON_TAIL, TRUNCATED, RESET, SILENCE -> null;
    };
  }

  private static JsonObject content(JsonObject part) {
    return new JsonObject().put("parts", new JsonArray(List.of(part))).put("role", "model");
  }

  private static JsonObject candidate(@Nullable JsonObject content) {
    JsonObject candidate = new JsonObject();
    if (content != null) {
      candidate.put("content", content);
    }
    return candidate.put("index", 0);
  }

  private JsonObject event(@Nullable JsonObject candidate) {
    JsonObject event = new JsonObject();
    if (candidate != null) {
      event.put("candidates", new JsonArray(List.of(candidate)));
    }
    JsonObject usage = new JsonObject().put("promptTokenCount", promptTokens);
    if (textTokens > 0) {
      usage.put("candidatesTokenCount", textTokens);
    }
    if (thoughtTokens > 0) {
      usage.put("thoughtsTokenCount", thoughtTokens);
    }
    usage.put("totalTokenCount", promptTokens + textTokens + thoughtTokens);
    return event.put("usageMetadata", usage).mergeIn(common);
  }
}
