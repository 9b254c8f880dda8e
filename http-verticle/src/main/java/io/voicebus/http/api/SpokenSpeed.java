package io.voicebus.http.api;

import io.voicebus.contract.TurnOptions;
import java.util.Optional;

/** Converts the speed in requests of other services' clients into {@link TurnOptions#speed}. */
public final class SpokenSpeed {
  /** The field's name. */
  public static final String PARAM = "speed";

  private SpokenSpeed() {}

  /**
   * Converts a field's value. Clients send 1 by default, so it counts as absent: the engine's
   * configured speed applies.
   *
   * @throws IllegalArgumentException if the value is wrong; the message says what is allowed
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
