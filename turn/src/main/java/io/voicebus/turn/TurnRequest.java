package io.voicebus.turn;

import io.voicebus.bus.FailureKind;
import io.voicebus.bus.Stage;
import io.voicebus.bus.VoicebusException;
import io.voicebus.contract.Pronunciation;
import io.voicebus.contract.Sink;
import io.voicebus.contract.TurnOptions;

/**
 * What a caller asks of a {@link TurnOwner}.
 *
 * @param prompt not blank
 * @param options what may be chosen
 * @param sink where the audio goes
 * @param path the file, for {@link Sink#FILE}; else empty
 */
public record TurnRequest(String prompt, TurnOptions options, Sink sink, String path) {
  public TurnRequest {
    if (prompt.isBlank()) {
      throw new VoicebusException(
          Stage.OWNER, FailureKind.INVALID_REQUEST, "the prompt is empty: send some text");
    }
    if (!options.processing().equals(TurnOptions.NO_PROCESSING)) {
      throw new VoicebusException(
          Stage.OWNER,
          FailureKind.INVALID_REQUEST,
          "processing is 'none', not '" + options.processing() + "'");
    }
    Pronunciation.fault(options.pronunciations())
        .ifPresent(
            fault -> {
              throw new VoicebusException(Stage.OWNER, FailureKind.INVALID_REQUEST, fault);
            });
  }

  /** Audio to the caller itself. */
  public static TurnRequest toCaller(String prompt, TurnOptions options) {
    return new TurnRequest(prompt, options, Sink.BUS, "");
  }
}
