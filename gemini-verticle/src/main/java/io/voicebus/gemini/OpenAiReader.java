package io.voicebus.gemini;

import io.vertx.core.json.JsonObject;
import io.voicebus.bus.FailureKind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads what OpenAI-compatible servers stream: the content of choice 0, a string or a list of
 * parts. Fields of reasoning are not even looked at.
 */
final class OpenAiReader extends EventReader implements EventJson.Objects {
  /** What servers call the fields of a delta that are not said. */
  private static final Set<String> THOUGHTS =
      Set.of(
          "reasoning_content",
          "reasoning",
          "reasoning_text",
          "reasoning_details",
          "thinking",
          "thinking_blocks",
          "thinking_content",
          "thought",
          "thoughts");

  private static final byte[] DONE = "[DONE]".getBytes(StandardCharsets.US_ASCII);

  private final EventJson.Fields ofEvent = this::event;
  private final EventJson.Fields ofChoice = this::choice;
  private final Said delta = new Said();
  private final Said whole = new Said();
  private final EventJson.Fields ofDelta = (name, at) -> message(name, at, delta);
  private final EventJson.Fields ofMessage = (name, at) -> message(name, at, whole);
  private final EventJson.Fields ofUsage = this::usage;
  private final EventJson.Fields ofDetails = this::details;

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
  private String choiceReason = "";

  /**
   * A reader.
   *
   * @param thoughts what to do about them, see {@link OpenAiSettings}
   */
  OpenAiReader(ServiceWords words, String thoughts) {
    super(words, new AnswerText(thoughts));
  }

  @Override
  public ModelChunk read(byte[] data, int from, int length) {
    if (isDone(data, from, length)) {
      return ModelChunk.DONE;
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
    progress += text.length();
    String said = answer.accept(text);
    if (!refusal.isEmpty()) {
      return new ModelChunk(
          said,
          ModelFinish.OPEN,
          false,
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
    return new ModelChunk(said, finish, false, fault);
  }

  @Override
  Optional<ModelFault> faultIn(JsonObject event) {
    return OpenAiFaults.findIn(words, event);
  }

  private void event(String name, EventJson at) throws IOException {
    switch (name) {
      case "choices" -> {
        choices = true;
        understood = true;
        at.objects(this);
      }
      case "usage" -> {
        understood |= at.isObject();
        at.fields(ofUsage);
      }
      case "model" -> model(at);
      case "error" -> error |= at.isObject() || at.text() != null;
      case "detail" -> detail = true;
      case "object" -> error |= "error".equals(at.text());
      default -> {}
    }
  }

  @Override
  public EventJson.Fields next() {
    index = 0;
    delta.clear();
    whole.clear();
    choiceReason = "";
    return ofChoice;
  }

  @Override
  public void done() {
    if (index == 0 && !told) {
      told = true;
      // Some tell with each piece all that was said so far.
      Said said = delta.any ? delta : whole;
      text = said.text.toString();
      refusal = said.refusal;
      reason = choiceReason;
    }
  }

  private void choice(String name, EventJson at) throws IOException {
    switch (name) {
      case "delta" -> {
        delta.any |= at.isObject();
        at.fields(ofDelta);
      }
      case "message" -> at.fields(ofMessage);
      case "finish_reason" -> choiceReason = orEmpty(at.text());
      case "index" -> index = at.number();
      default -> {}
    }
  }

  private void message(String name, EventJson at, Said said) throws IOException {
    switch (name) {
      case "content" -> {
        String content = at.text();
        if (content == null) {
          at.parts(said);
        } else {
          said.text.append(content);
        }
      }
      case "refusal" -> said.refusal = orEmpty(at.text());
      default -> {
        if (THOUGHTS.contains(name) && !at.isEmpty()) {
          think();
        }
      }
    }
  }

  private void think() {
    thought = true;
    progress++;
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

  @Override
  public boolean thought() {
    return thought || reasoningTokens > 0 || answer.hidden();
  }

  /** The completion's tokens count those of reasoning too. */
  @Override
  public ModelUsage usage() {
    int answerTokens = Math.max(0, completionTokens - reasoningTokens);
    return new ModelUsage(model, promptTokens, answerTokens, reasoningTokens);
  }

  /** What one delta or message has to say. */
  private final class Said implements EventJson.Parts {
    private final StringBuilder text = new StringBuilder();
    private String refusal = "";
    private boolean any;
    private @Nullable String partText;
    private String type = "";
    private boolean partThought;

    private void clear() {
      text.setLength(0);
      refusal = "";
      any = false;
    }

    @Override
    public void string(String part) {
      text.append(part);
    }

    @Override
    public EventJson.Fields next() {
      partText = null;
      type = "";
      partThought = false;
      return this::field;
    }

    private void field(String name, EventJson at) throws IOException {
      switch (name) {
        case "text" -> partText = at.text();
        case "type" -> type = orEmpty(at.text());
        case "thought" -> partThought = at.flag();
        case "refusal" -> refusal = orEmpty(at.text());
        default -> {}
      }
    }

    @Override
    public void done() {
      boolean said = type.isEmpty() || type.equals("text") || type.equals("output_text");
      if (partThought || type.startsWith("think") || type.startsWith("reason")) {
        think();
      }
      String part = partText;
      if (said && !partThought && part != null) {
        text.append(part);
      }
    }
  }
}
