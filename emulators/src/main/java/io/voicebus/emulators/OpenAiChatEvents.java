package io.voicebus.emulators;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/** The events of one streamed answer; the first step brings the role and the first text. */
final class OpenAiChatEvents implements EventSource {
  private final OpenAiChatScript script;
  private final OpenAiChatCall call;
  private final OpenAiFlavor flavor;
  private final OpenAiEnding ending;
  private final ArrayDeque<OpenAiPart> parts = new ArrayDeque<>();
  private ByteArrayOutputStream step = new ByteArrayOutputStream();
  private int at;
  private int tokens;
  private boolean begun;
  private boolean over;

  OpenAiChatEvents(OpenAiChatScript script, OpenAiChatCall call, OpenAiFlavor flavor) {
    this.script = script;
    this.call = call;
    this.flavor = flavor;
    this.ending = script.ending();
    script.parts().stream().filter(part -> !part.text().isEmpty()).forEach(parts::add);
  }

  @Override
  public byte[] next() {
    step = new ByteArrayOutputStream();
    if (!begun) {
      begin();
    }
    OpenAiPart part = parts.peek();
    if (part == null) {
      close(ending.reason());
    } else {
      text(part);
    }
    begun = true;
    return step.toByteArray();
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
      case FINISH, INLINE, EACH, BARE, ERROR_EVENT, ERROR_LINE -> End.of(script.framing());
    };
  }

  private void begin() {
    if (script.style().promptFilter()) {
      event(
          envelope()
              .put("choices", new JsonArray())
              .put("prompt_filter_results", new JsonArray().add(new JsonObject())));
    }
    JsonObject delta = new JsonObject().put("role", "assistant");
    switch (script.style().role()) {
      case EMPTY -> event(chunk(delta.put("content", ""), null));
      case NULL -> event(chunk(delta.putNull("content"), null));
      case WITH_TEXT, ABSENT -> {}
    }
  }

  private void text(OpenAiPart part) {
    String text = part.text();
    int end = script.framing().eventEnd(script.pace(), text, at, call.maxTokens() - tokens);
    String said = text.substring(at, end);
    at = end;
    tokens += TextPace.tokens(said);
    if (at == text.length()) {
      parts.remove();
      at = 0;
    }
    JsonObject delta = new JsonObject();
    if (!begun && script.style().role() == OpenAiStyle.Role.WITH_TEXT) {
      delta.put("role", "assistant");
    }
    if (script.style().extras()) {
      delta.putNull("content").putNull("refusal").putNull("tool_calls");
    }
    put(delta, part.kind(), said);
    boolean told = parts.isEmpty();
    boolean cut = !told && tokens >= call.maxTokens();
    boolean inline = ending.kind() == OpenAiEnding.Kind.INLINE;
    boolean each = ending.kind() == OpenAiEnding.Kind.EACH;
    event(chunk(delta, each || (told && inline) ? ending.reason() : null));
    if (cut) {
      close("length");
    } else if (told && endsWithText()) {
      close(ending.reason());
    }
  }

  private boolean endsWithText() {
    return switch (ending.kind()) {
      case INLINE, EACH, BARE, RESET, SILENCE -> true;
      case FINISH, ERROR_EVENT, ERROR_LINE -> false;
    };
  }

  private void put(JsonObject delta, OpenAiPart.Kind kind, String said) {
    if (script.style().content() == OpenAiStyle.Content.STRING || kind == OpenAiPart.Kind.REFUSAL) {
      delta.put(field(kind), said);
      return;
    }
    JsonObject text = new JsonObject().put("type", "text").put("text", said);
    delta.put(
        "content",
        new JsonArray()
            .add(
                kind == OpenAiPart.Kind.TEXT
                    ? text
                    : new JsonObject()
                        .put("type", "thinking")
                        .put("thinking", new JsonArray().add(text))));
  }

  private String field(OpenAiPart.Kind kind) {
    return switch (kind) {
      case TEXT -> "content";
      case REASONING -> script.style().reasoningField();
      case REFUSAL -> "refusal";
    };
  }

  private void close(String reason) {
    over = true;
    switch (ending.kind()) {
      case FINISH -> {
        event(chunk(new JsonObject(), reason));
        usageEvent();
      }
      case INLINE, EACH -> usageEvent();
      case ERROR_EVENT -> event(error());
      case ERROR_LINE -> step.writeBytes(script.framing().raw("error: " + error() + "\n\n"));
      case BARE, RESET, SILENCE -> {}
    }
    if (ending.done()) {
      step.writeBytes(script.framing().event("[DONE]", true));
    }
  }

  private JsonObject error() {
    return ending.error() == null ? new JsonObject() : ending.error().json(flavor);
  }

  private void usageEvent() {
    if (script.style().usage() == OpenAiStyle.Usage.WHEN_ASKED && call.wantsUsage()) {
      event(envelope().put("choices", new JsonArray()).put("usage", usage()));
    }
  }

  private JsonObject usage() {
    return OpenAiChat.usage(call.prompt(), tokens);
  }

  private JsonObject chunk(JsonObject delta, @Nullable String reason) {
    JsonObject choice =
        new JsonObject().put("index", 0).put("delta", delta).put("finish_reason", reason);
    if (script.style().extras()) {
      choice.putNull("logprobs");
    }
    JsonObject chunk = envelope().put("choices", new JsonArray().add(choice));
    boolean finish = reason != null;
    if (finish && script.style().usage() == OpenAiStyle.Usage.WITH_FINISH) {
      chunk.put("usage", usage());
    } else if (call.wantsUsage()) {
      chunk.putNull("usage");
    }
    return chunk;
  }

  private JsonObject envelope() {
    JsonObject envelope = new JsonObject();
    if (script.style().envelope()) {
      envelope
          .put("id", "chatcmpl-emulated-" + call.number())
          .put("object", "chat.completion.chunk")
          .put("created", OpenAiChat.CREATED)
          .put("model", call.model());
    }
    if (script.style().extras()) {
      envelope
          .putNull("system_fingerprint")
          .put("service_tier", "default")
          .put("obfuscation", "q7Zx")
          .put("timings", new JsonObject().put("predicted_per_second", 60.5));
    }
    return envelope;
  }

  private void event(JsonObject json) {
    String text = script.framing().manyLines() ? json.encodePrettily() : json.encode();
    step.writeBytes(script.framing().event(text, over && !ending.done()));
  }
}
