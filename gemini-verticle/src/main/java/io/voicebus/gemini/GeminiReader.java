package io.voicebus.gemini;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads what Gemini streams: the candidate with index 0, without its thoughts. */
final class GeminiReader extends EventReader implements EventJson.Objects {
  private final EventJson.Fields ofEvent = this::event;
  private final EventJson.Fields ofCandidate = this::candidate;
  private final EventJson.Fields ofContent = this::content;
  private final EventJson.Fields ofPart = this::part;
  private final EventJson.Fields ofFeedback = this::feedback;
  private final EventJson.Fields ofUsage = this::usage;
  private final EventJson.Objects parts = new Parts();

  private int promptTokens;
  private int answerTokens;
  private int thoughtTokens;

  private boolean error;
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
    super(words, new AnswerText("auto"));
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

  @Override
  Optional<ModelFault> faultIn(JsonObject event) {
    return GeminiFaults.findIn(words, event);
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
      case "modelVersion" -> model(at);
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
