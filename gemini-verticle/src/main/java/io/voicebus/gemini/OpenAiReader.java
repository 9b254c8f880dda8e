package io.voicebus.gemini;

import io.voicebus.bus.FailureKind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads what OpenAI-compatible servers stream: the content of choice 0. Fields of reasoning are not
 * even looked at.
 */
final class OpenAiReader implements ModelReader, EventJson.Objects {
  private static final byte[] DONE = "[DONE]".getBytes(StandardCharsets.US_ASCII);

  private final ServiceWords words;
  private final @Nullable ThinkFilter filter;
  private final EventJson.Fields ofEvent = this::event;
  private final EventJson.Fields ofChoice = this::choice;
  private final EventJson.Fields ofDelta = this::delta;
  private final EventJson.Fields ofUsage = this::usage;
  private final EventJson.Fields ofDetails = this::details;

  private String model = "";
  private int promptTokens;
  private int completionTokens;
  private int reasoningTokens;

  private boolean error;
  private boolean detail;
  private boolean choices;
  private boolean told;
  private String text = "";
  private String refusal = "";
  private String reason = "";
  private int index;
  private String choiceText = "";
  private String choiceRefusal = "";
  private String choiceReason = "";

  /**
   * A reader.
   *
   * @param filter takes thoughts out of the content; none leaves them in
   */
  OpenAiReader(ServiceWords words, @Nullable ThinkFilter filter) {
    this.words = words;
    this.filter = filter;
  }

  @Override
  public ModelChunk read(byte[] data, int from, int length) {
    if (isDone(data, from, length)) {
      return new ModelChunk("", ModelFinish.COMPLETE, Optional.empty());
    }
    error = false;
    detail = false;
    choices = false;
    told = false;
    text = "";
    refusal = "";
    reason = "";
    try (EventJson json = new EventJson(data, from, length)) {
      json.walk(ofEvent);
    } catch (IOException e) {
      return strange(data, from, length);
    }
    if (error || (detail && !choices)) {
      return strange(data, from, length);
    }
    String said = filter == null ? text : filter.accept(text);
    if (!refusal.isEmpty()) {
      return new ModelChunk(
          said,
          ModelFinish.OPEN,
          Optional.of(ModelFault.blocked(words.service(), "to answer", refusal)));
    }
    return reason.isEmpty() ? ModelChunk.of(said) : finished(said);
  }

  private static boolean isDone(byte[] data, int from, int length) {
    int end = from + length;
    while (end > from && data[end - 1] == ' ') {
      end--;
    }
    return Arrays.equals(data, from, end, DONE, 0, DONE.length);
  }

  private ModelChunk finished(String said) {
    Optional<ModelFault> fault =
        switch (reason) {
          case "content_filter" ->
              Optional.of(ModelFault.blocked(words.service(), "the rest of its answer", reason));
          case "tool_calls", "function_call" ->
              Optional.of(
                  ModelFault.of(
                      FailureKind.INVALID_REQUEST,
                      words.service() + ": the model wanted tools, ask otherwise (" + reason + ")",
                      0));
          case "error", "abort" ->
              Optional.of(
                  ModelFault.of(
                      FailureKind.UNAVAILABLE,
                      words.service() + " gave up, try again (" + reason + ")",
                      ModelFault.PASSES));
          default -> Optional.empty();
        };
    ModelFinish finish =
        fault.isPresent()
            ? ModelFinish.OPEN
            : reason.equals("length") ? ModelFinish.TRUNCATED : ModelFinish.COMPLETE;
    return new ModelChunk(said, finish, fault);
  }

  /** An error, which is read at leisure, or no JSON at all. */
  private ModelChunk strange(byte[] data, int from, int length) {
    String event = new String(data, from, length, StandardCharsets.UTF_8);
    Optional<ModelFault> fault =
        TolerantJson.parse(event).flatMap(json -> OpenAiFaults.findIn(words, json));
    return ModelChunk.faulty(fault.orElseGet(() -> ModelFault.garbled(words.service())));
  }

  private void event(String name, EventJson at) throws IOException {
    switch (name) {
      case "choices" -> {
        choices = true;
        at.objects(this);
      }
      case "usage" -> at.fields(ofUsage);
      case "model" -> {
        if (model.isEmpty()) {
          model = orEmpty(at.text());
        }
      }
      case "error" -> error |= at.isObject() || at.text() != null;
      case "detail" -> detail = true;
      case "object" -> error |= "error".equals(at.text());
      default -> {}
    }
  }

  @Override
  public EventJson.Fields next() {
    index = 0;
    choiceText = "";
    choiceRefusal = "";
    choiceReason = "";
    return ofChoice;
  }

  @Override
  public void done() {
    if (index == 0 && !told) {
      told = true;
      text = choiceText;
      refusal = choiceRefusal;
      reason = choiceReason;
    }
  }

  private void choice(String name, EventJson at) throws IOException {
    switch (name) {
      case "delta" -> at.fields(ofDelta);
      case "finish_reason" -> choiceReason = orEmpty(at.text());
      case "index" -> index = at.number();
      default -> {}
    }
  }

  private void delta(String name, EventJson at) throws IOException {
    switch (name) {
      case "content" -> choiceText = orEmpty(at.text());
      case "refusal" -> choiceRefusal = orEmpty(at.text());
      default -> {}
    }
  }

  private void usage(String name, EventJson at) throws IOException {
    switch (name) {
      case "prompt_tokens" -> promptTokens = at.number();
      case "completion_tokens" -> completionTokens = at.number();
      case "completion_tokens_details" -> at.fields(ofDetails);
      default -> {}
    }
  }

  private void details(String name, EventJson at) throws IOException {
    if (name.equals("reasoning_tokens")) {
      reasoningTokens = at.number();
    }
  }

  private static String orEmpty(@Nullable String text) {
    return text == null ? "" : text;
  }

  @Override
  public String rest() {
    return filter == null ? "" : filter.rest();
  }

  /** The completion's tokens count those of reasoning too. */
  @Override
  public ModelUsage usage() {
    int answerTokens = Math.max(0, completionTokens - reasoningTokens);
    return new ModelUsage(model, promptTokens, answerTokens, reasoningTokens);
  }
}
