package io.voicebus.tts.engine;

import java.util.Locale;

/**
 * How fast an engine can speak, 1 being the voice's own speed.
 *
 * @param least at most 1
 * @param most at least 1
 */
public record SpeedRange(double least, double most) {
  /** Of an engine that has no other than its own. */
  public static final SpeedRange NONE = new SpeedRange(1, 1);

  /** All that can be asked for. */
  public static final SpeedRange ANY = new SpeedRange(0.25, 4);

  /**
   * The speed that it speaks at.
   *
   * @param asked 0 for what it is set up for: that stays 0
   */
  public double nearest(double asked) {
    return asked == 0 ? 0 : Math.max(least, Math.min(most, asked));
  }

  /** Whether it does not speak as fast as is asked for; 0 for what it is set up for. */
  public boolean lacks(double asked) {
    return nearest(asked) != asked;
  }

  /** What to tell of an engine that is asked for another speed. */
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
