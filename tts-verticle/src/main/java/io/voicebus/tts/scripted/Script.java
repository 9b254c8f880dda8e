package io.voicebus.tts.scripted;

import io.voicebus.bus.FailureKind;
import java.time.Duration;
import java.util.Optional;

/**
 * How a {@link ScriptedVoice} behaves for one utterance.
 *
 * @param samplesPerChar how long it speaks each char, at least {@link ScriptedVoice#HEADER_SAMPLES}
 * @param frameSamples length of each frame but the last
 * @param room how long it waits for room first, with nobody at it
 * @param firstDelay from then to the first frame or to what comes instead
 * @param frameDelay between frames, and before the end
 * @param refuses {@code speak} itself throws
 * @param failure what it fails with instead of going on
 * @param framesBefore how many frames come before the failure or the silence
 * @param hangs it goes silent without an end after those frames
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

  /** Speaks at once, 10 ms a char at 24 kHz, in frames of 40 ms. */
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

  /** Waits for room before it speaks. */
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

  /** {@code speak} throws an {@link IllegalStateException}. */
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

  /** Fails in place of the frame or the end that would follow so many frames. */
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

  /** Says nothing more after so many frames, and never ends. */
  public Script hangingAfter(int frames) {
    return new Script(
        samplesPerChar, frameSamples, room, firstDelay, frameDelay, refuses, failure, frames, true);
  }
}
