package io.voicebus.tts.engine;

import java.util.Locale;

/**
 * The speeds at which an engine can speak; 1 is the voice's own speed.
 *
 * @param least lowest speed, at most 1
 * @param most highest speed, at least 1
 */
public record SpeedRange(double least, double most) {
  /** The range of an engine that speaks at its own speed only. */
  public static final SpeedRange NONE = new SpeedRange(1, 1);

  /** The speeds that a turn may ask for. */
  public static final SpeedRange ANY = new SpeedRange(0.25, 4);

  /**
   * The nearest speed at which the engine can speak.
   *
   * @param asked the wanted speed; 0 for the engine's configured one, which stays 0
   */
  public double nearest(double asked) {
    return asked == 0 ? 0 : Math.max(least, Math.min(most, asked));
  }

  /** Whether the engine cannot speak at this speed; 0 stands for its configured one. */
  public boolean lacks(double asked) {
    return nearest(asked) != asked;
  }

  /** The message for a speed that the engine does not have. */
  public String fault(String engine, double asked) {
    String can =
        least == most
            ? "has one speed only"
            : "speaks from " + shown(least) + " to " + shown(most) + " times as fast as usual";
    return engine
        + " "
        + can
        + ": it speaks at "
        + shown(nearest(asked))
        + " instead of "
        + shown(asked)
        + "; ask for that, or choose another engine";
  }

  private static String shown(double speed) {
    String text = String.format(Locale.ROOT, "%.3f", speed);
    return text.replaceAll("0+$", "").replaceAll("\\.$", "");
  }
}
