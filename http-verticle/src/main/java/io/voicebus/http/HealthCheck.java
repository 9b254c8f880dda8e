package io.voicebus.http;

import io.voicebus.bus.Failure;
import io.voicebus.bus.Stage;
import io.voicebus.contract.EngineVoices;
import io.voicebus.http.wire.JsonText;
import java.util.List;
import java.util.stream.Collectors;

/**
 * One of the things that must be well before turns can be served.
 *
 * @param name lower-case-dashed
 * @param trouble what is wrong; empty if it passes
 * @param engines of speech: each with why it cannot be used, if it cannot; empty for others
 */
record HealthCheck(String name, String trouble, List<EngineVoices> engines) {
  private static final String SPEECH = "speech";

  /** One that has nothing to do with engines. */
  HealthCheck(String name, String trouble) {
    this(name, trouble, List.of());
  }

  /**
   * Whether any of the engines can speak that do so where no voice is named. One that is usable
   * only by its name helps no turn that names none.
   */
  static HealthCheck ofSpeech(List<EngineVoices> engines) {
    List<EngineVoices> inOrder = engines.stream().filter(each -> each.order() > 0).toList();
    // A worker of an older version tells no order.
    List<EngineVoices> counted = inOrder.isEmpty() ? engines : inOrder;
    if (counted.stream().anyMatch(EngineVoices::usable)) {
      return new HealthCheck(SPEECH, "", engines);
    }
    String named =
        engines.stream()
            .filter(EngineVoices::usable)
            .map(EngineVoices::engine)
            .collect(Collectors.joining(", "));
    return new HealthCheck(
        SPEECH,
        named.isEmpty()
            ? "no engine can speak"
            : "no engine can speak for a turn that names no voice; by name can " + named,
        engines);
  }

  /** No worker has told of its engines. */
  static HealthCheck ofNoAnswer(Throwable why) {
    return new HealthCheck(SPEECH, Failure.of(Stage.SPEECH, why).detail());
  }

  boolean isPassed() {
    return trouble.isEmpty();
  }

  JsonText json() {
    JsonText json = JsonText.object().put("check", name).put("ok", isPassed());
    if (!isPassed()) {
      json.put("detail", trouble);
    }
    return engines.isEmpty()
        ? json
        : json.putJson(
            "engines",
            engines.stream()
                .map(engine -> json(engine).toString())
                .collect(Collectors.joining(",", "[", "]")));
  }

  private static JsonText json(EngineVoices engine) {
    JsonText json = JsonText.object().put("engine", engine.engine()).put("usable", engine.usable());
    return engine.usable() ? json : json.put("reason", engine.reason());
  }
}
