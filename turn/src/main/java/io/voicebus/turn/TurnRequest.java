package io.voicebus.turn;

import io.voicebus.bus.FailureKind;
import io.voicebus.bus.Stage;
import io.voicebus.bus.VoicebusException;
import io.voicebus.contract.Background;
import io.voicebus.contract.Pronunciation;
import io.voicebus.contract.Sink;
import io.voicebus.contract.TurnOptions;

/**
 * What a caller asks of a {@link TurnOwner}.
 *
 * @param prompt the question or, depending on the options' mode, the text itself: not blank, except
 *     for a feed
 * @param options the choices of the caller
 * @param sink where the audio goes
 * @param path the file, for {@link Sink#FILE}; else empty
 * @param background what a model is told before the prompt, in addition to the conversation
 * @param trace the trace that the caller belongs to, as a {@code traceparent} of W3C Trace Context;
 *     empty for none
 */
public record TurnRequest(
    String prompt,
    TurnOptions options,
    Sink sink,
    String path,
    Background background,
    String trace) {
  public TurnRequest {
    boolean isFeed = prompt.isEmpty() && options.mode().isGiven();
    if (prompt.isBlank() && !isFeed) {
      throw blank();
    }
    if (!TurnOptions.isProcessing(options.processing())) {
      throw new VoicebusException(
          Stage.OWNER,
          FailureKind.INVALID_REQUEST,
          TurnOptions.processingFault(options.processing()));
    }
    if (!TurnOptions.isSpeed(options.speed())) {
      throw new VoicebusException(
          Stage.OWNER, FailureKind.INVALID_REQUEST, TurnOptions.speedFault());
    }
    Pronunciation.fault(options.pronunciations())
        .ifPresent(
            fault -> {
              throw new VoicebusException(Stage.OWNER, FailureKind.INVALID_REQUEST, fault);
            });
  }

  /** Without a background. */
  public TurnRequest(String prompt, TurnOptions options, Sink sink, String path) {
    this(prompt, options, sink, path, Background.NONE, "");
  }

  /** The same, as a part of a trace. */
  public TurnRequest withTrace(String other) {
    return new TurnRequest(prompt, options, sink, path, background, other);
  }

  /** The same, with a background. */
  public TurnRequest withBackground(Background other) {
    return new TurnRequest(prompt, options, sink, path, other, trace);
  }

  /**
   * The same, with the language of a text that shows none.
   *
   * @param language a two-letter code; empty to leave it as it is
   */
  public TurnRequest expecting(String language) {
    return language.isEmpty()
        ? this
        : new TurnRequest(prompt, options.withExpected(language), sink, path, background, trace);
  }

  /** Whether the caller writes the text while it is spoken, through {@link Turn#feed}. */
  public boolean isFeed() {
    return prompt.isEmpty();
  }

  /**
   * Audio to the caller, of a text that it writes while it is spoken.
   *
   * @param options with a mode that {@link io.voicebus.contract.TextMode#isGiven}
   */
  public static TurnRequest feed(TurnOptions options) {
    return new TurnRequest("", options, Sink.BUS, "");
  }

  private static VoicebusException blank() {
    return new VoicebusException(
        Stage.OWNER, FailureKind.INVALID_REQUEST, "the prompt is empty: send some text");
  }

  /** Audio to the caller itself. */
  public static TurnRequest toCaller(String prompt, TurnOptions options) {
    if (prompt.isBlank()) {
      throw blank();
    }
    return new TurnRequest(prompt, options, Sink.BUS, "");
  }
}
