package io.voicebus.queue;

/**
 * How long an offer may go unanswered: four deviations beyond what answers take, and twice as long
 * after each silence, as TCP waits for its acknowledgements (RFC 6298). NOT thread safe.
 */
final class AnswerTime {
  private double meanNanos = -1;
  private double deviationNanos;
  private int silences;

  /** An answer came after so long. */
  void answered(long nanos) {
    silences = 0;
    if (meanNanos < 0) {
      meanNanos = nanos;
      deviationNanos = nanos / 2.0;
    } else {
      deviationNanos += (Math.abs(nanos - meanNanos) - deviationNanos) / 4;
      meanNanos += (nanos - meanNanos) / 8;
    }
  }

  /** None came in time. */
  void silent() {
    silences++;
  }

  /** How long the next one is waited for, in nanoseconds. */
  long timeoutNanos() {
    long usual = meanNanos < 0 ? 0 : (long) (meanNanos + 4 * deviationNanos);
    long wait = Math.max(JobLimits.ANSWER.toNanos(), usual) << Math.min(silences, 8);
    return Math.min(JobLimits.ANSWER_MAX.toNanos(), wait);
  }
}
