package io.voicebus.gemini;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads what Gemini streams: the candidate with index 0, without its thoughts. */
final class GeminiReader implements ModelReader, EventJson.Objects {
  private final ServiceWords words;
  private final EventJson.Fields ofEvent = this::event;
  private final EventJson.Fields ofCandidate = this::candidate;
  private final EventJson.Fields ofContent = this::content;
  private final EventJson.Fields ofPart = this::part;
  private final EventJson.Fields ofFeedback = this::feedback;
  private final EventJson.Fields ofUsage = this::usage;
  private final EventJson.Objects parts = new Parts();

  private String model = "";
  private int promptTokens;
  private int answerTokens;
  private int thoughtTokens;
  private boolean thought;
  private long progress;
  private final AnswerText answer = new AnswerText("auto");

  private boolean error;
  private boolean understood;
  private String blocked = "";
  private boolean told;
  private String text = "";
  private String reason = "";
  private int index;
  private String candidateText = "";
  private String candidateReason = "";
  private @Nullable String partText;
  private boolean partThought;
  private boolean partIsCall;

  GeminiReader(ServiceWords words) {
    this.words = words;
  }

  @Override
  public ModelChunk read(byte[] data, int from, int length) {
    error = false;
    blocked = "";
    told = false;
    text = "";
    reason = "";
    try (EventJson json = new EventJson(data, from, length)) {
      json.walk(ofEvent);
    } catch (IOException e) {
      return strange(data, from, length);
    }
    if (error) {
      return strange(data, from, length);
    }
    if (!blocked.isEmpty()) {
      return ModelChunk.faulty(ModelFault.blocked(words.service(), "the prompt", blocked));
    }
    progress += text.length();
    String said = answer.accept(text);
    if (reason.isEmpty()) {
      return ModelChunk.of(said);
    }
    GeminiFinish finish = GeminiFinish.of(reason);
    return new ModelChunk(said, finish.outcome(), false, finish.fault(words, reason));
  }

  /** An error, which is read at leisure, or no JSON at all. */
  private ModelChunk strange(byte[] data, int from, int length) {
    String event = new String(data, from, length, StandardCharsets.UTF_8);
    Optional<ModelFault> fault =
        TolerantJson.parse(event).flatMap(json -> GeminiFaults.findIn(words, json));
    return ModelChunk.faulty(
        fault.orElseGet(
            () -> understood ? ModelFault.garbled(words.service()) : words.noAnswer(event)));
  }

  private void event(String name, EventJson at) throws IOException {
    switch (name) {
      case "candidates" -> {
        understood = true;
        at.objects(this);
      }
      case "usageMetadata" -> {
        understood = true;
        at.fields(ofUsage);
      }
      case "promptFeedback" -> {
        understood = true;
        at.fields(ofFeedback);
      }
      case "modelVersion" -> {
        if (model.isEmpty()) {
          model = orEmpty(at.text());
        }
      }
      case "error" -> error = at.isObject();
      default -> {}
    }
  }

  @Override
  public EventJson.Fields next() {
    index = 0;
    candidateText = "";
    candidateReason = "";
    return ofCandidate;
  }

  @Override
  public void done() {
    if (index == 0 && !told) {
      told = true;
      text = candidateText;
      reason = candidateReason;
    }
  }

  private void candidate(String name, EventJson at) throws IOException {
    switch (name) {
      case "content" -> at.fields(ofContent);
      case "finishReason" -> candidateReason = orEmpty(at.text());
      case "index" -> index = at.number();
      default -> {}
    }
  }

  private void content(String name, EventJson at) throws IOException {
    if (name.equals("parts")) {
      at.objects(parts);
    }
  }

  private void part(String name, EventJson at) throws IOException {
    switch (name) {
      case "text" -> partText = at.text();
      case "thought" -> partThought = at.flag();
      case "functionCall", "function_call", "executableCode", "codeExecutionResult" ->
          partIsCall = at.isObject();
      default -> {}
    }
  }

  private void feedback(String name, EventJson at) throws IOException {
    if (name.equals("blockReason")) {
      blocked = orEmpty(at.text());
    }
  }

  private void usage(String name, EventJson at) throws IOException {
    switch (name) {
      case "promptTokenCount" -> promptTokens = at.number();
      case "candidatesTokenCount" -> answerTokens = at.number();
      case "thoughtsTokenCount" -> thoughtTokens = at.number();
      default -> {}
    }
  }

  private static String orEmpty(@Nullable String text) {
    return text == null ? "" : text;
  }

  @Override
  public String rest() {
    return answer.rest();
  }

  @Override
  public boolean understood() {
    return understood;
  }

  @Override
  public long progress() {
    return progress;
  }

  @Override
  public boolean thought() {
    return thought || thoughtTokens > 0 || answer.hidden();
  }

  @Override
  public ModelUsage usage() {
    return new ModelUsage(model, promptTokens, answerTokens, thoughtTokens);
  }

  /** The parts of one candidate; what is no text is not ours. */
  private final class Parts implements EventJson.Objects {
    @Override
    public EventJson.Fields next() {
      partText = null;
      partThought = false;
      partIsCall = false;
      return ofPart;
    }

    @Override
    public void done() {
      String said = partText;
      thought |= partThought;
      progress += partThought ? 1 : 0;
      if (said != null && !partThought && !partIsCall) {
        candidateText = candidateText.isEmpty() ? said : candidateText + said;
      }
    }
  }
}
