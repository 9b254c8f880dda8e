package io.voicebus.http.api;

import io.voicebus.contract.TurnOptions;
import java.util.Optional;

/** How fast clients of other services ask to be spoken to, as {@link TurnOptions#speed} has it. */
public final class SpokenSpeed {
  /** The name of the field. */
  public static final String PARAM = "speed";

  private SpokenSpeed() {}

  /**
   * A field's value. 1 is what clients send that do not care, and as good as nothing: the engine's
   * set-up counts then.
   *
   * @throws IllegalArgumentException says what it must be
   */
  public static int of(Optional<Object> value) {
    if (value.isEmpty()) {
      return 0;
    }
    double factor = value.get() instanceof Number number ? number.doubleValue() : Double.NaN;
    long thousandths = Math.round(factor * 1000); // 0 for what is no number
    if (thousandths < TurnOptions.LEAST_SPEED || thousandths > TurnOptions.MOST_SPEED) {
      throw new IllegalArgumentException(TurnOptions.speedFault());
    }
    return thousandths == 1000 ? 0 : (int) thousandths;
  }
}
