package io.voicebus.gemini;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Whether a service gives a reason to finish with each piece, as its last answers have shown. */
final class FinishHabit {
  private static final Logger LOG = LoggerFactory.getLogger(FinishHabit.class);

  private boolean goesOn;

  /** Whether it goes on after a reason to finish. */
  boolean goesOn() {
    return goesOn;
  }

  /** An answer is over. */
  void learn(FinishReasons reasons, String service) {
    if (reasons.wentOn() && !goesOn) {
      goesOn = true;
      LOG.info("{} gives a reason to finish with each piece: its answers are waited for", service);
    } else if (reasons.cameLast()) {
      goesOn = false;
    }
  }
}
