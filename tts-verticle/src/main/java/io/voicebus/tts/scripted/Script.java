package io.voicebus.tts.scripted;

import io.voicebus.bus.FailureKind;
import java.time.Duration;
import java.util.Optional;

/**
 * How a {@link ScriptedVoice} speaks one utterance.
 *
 * @param samplesPerChar samples of each UTF-16 unit, at least {@link ScriptedVoice#HEADER_SAMPLES}
 * @param frameSamples samples of each frame but the last
 * @param room how long it waits for room before it works
 * @param firstDelay from then to the first frame, or to the failure in its place
 * @param frameDelay between frames, and before the end
 * @param refuses whether {@code speak} throws
 * @param failure the failure that comes after {@code framesBefore}
 * @param framesBefore number of frames before the failure or the silence
 * @param hangs whether it is silent after those frames and never ends
 */
public record Script(
    int samplesPerChar,
    int frameSamples,
    Duration room,
    Duration firstDelay,
    Duration frameDelay,
    boolean refuses,
    Optional<FailureKind> failure,
    int framesBefore,
    boolean hangs) {

  public Script {
    if (samplesPerChar < ScriptedVoice.HEADER_SAMPLES || frameSamples < 1) {
      throw new IllegalArgumentException("a char and a frame need more samples");
    }
  }

  /** A script that speaks at once, 10 ms for each char at 24 kHz, in frames of 40 ms. */
  public static Script plain() {
    return new Script(
        240, 960, Duration.ZERO, Duration.ZERO, Duration.ZERO, false, Optional.empty(), 0, false);
  }

  public Script sized(int samplesPerChar, int frameSamples) {
    return new Script(
        samplesPerChar,
        frameSamples,
        room,
        firstDelay,
        frameDelay,
        refuses,
        failure,
        framesBefore,
        hangs);
  }

  public Script delayed(Duration first, Duration between) {
    return new Script(
        samplesPerChar, frameSamples, room, first, between, refuses, failure, framesBefore, hangs);
  }

  /** A copy that waits for room before it speaks. */
  public Script waiting(Duration time) {
    return new Script(
        samplesPerChar,
        frameSamples,
        time,
        firstDelay,
        frameDelay,
        refuses,
        failure,
        framesBefore,
        hangs);
  }

  /** A copy whose {@code speak} throws an {@link IllegalStateException}. */
  public Script refusing() {
    return new Script(
        samplesPerChar,
        frameSamples,
        room,
        firstDelay,
        frameDelay,
        true,
        failure,
        framesBefore,
        hangs);
  }

  /** A copy that fails after a number of frames. */
  public Script failingAfter(int frames, FailureKind kind) {
    return new Script(
        samplesPerChar,
        frameSamples,
        room,
        firstDelay,
        frameDelay,
        refuses,
        Optional.of(kind),
        frames,
        hangs);
  }

  /** A copy that is silent after a number of frames and never ends. */
  public Script hangingAfter(int frames) {
    return new Script(
        samplesPerChar, frameSamples, room, firstDelay, frameDelay, refuses, failure, frames, true);
  }
}
