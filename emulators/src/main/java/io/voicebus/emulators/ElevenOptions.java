package io.voicebus.emulators;

import java.time.Duration;
import java.util.Set;
import java.util.function.Function;

/**
 * What account and service an {@link ElevenEmulator} plays.
 *
 * @param port 0 for any free one
 * @param keys those it accepts; empty for any but none
 * @param voices those there are; empty for any
 * @param maxConcurrent how many requests and contexts may generate at once; 0 for no limit
 * @param credits how many characters may still be spoken
 * @param second how long a second of the inactivity limits is; less, so that tests need not wait
 * @param closeDelay from an error frame to the close
 * @param scripts how each request is served
 * @param refusedFields fields of a request's body that no model takes here
 * @param host to listen on
 */
public record ElevenOptions(
    int port,
    Set<String> keys,
    Set<String> voices,
    int maxConcurrent,
    long credits,
    Duration second,
    Duration closeDelay,
    Function<ElevenRequest, ElevenScript> scripts,
    Set<String> refusedFields,
    String host) {

  public ElevenOptions {
    keys = Set.copyOf(keys);
    voices = Set.copyOf(voices);
    refusedFields = Set.copyOf(refusedFields);
  }

  /** Any key, any voice, no limits, at once. */
  public static ElevenOptions generous() {
    return new ElevenOptions(
        0,
        Set.of(),
        Set.of(),
        0,
        Long.MAX_VALUE,
        Duration.ofSeconds(1),
        Duration.ofMillis(800),
        request -> ElevenScript.instant(),
        Set.of(),
        "127.0.0.1");
  }

  public ElevenOptions onPort(int fixed) {
    Copy copy = new Copy(this);
    copy.port = fixed;
    return copy.made();
  }

  public ElevenOptions withKeys(String... accepted) {
    Copy copy = new Copy(this);
    copy.keys = Set.of(accepted);
    return copy.made();
  }

  public ElevenOptions withVoices(String... known) {
    Copy copy = new Copy(this);
    copy.voices = Set.of(known);
    return copy.made();
  }

  public ElevenOptions withMaxConcurrent(int most) {
    Copy copy = new Copy(this);
    copy.maxConcurrent = most;
    return copy.made();
  }

  public ElevenOptions withCredits(long characters) {
    Copy copy = new Copy(this);
    copy.credits = characters;
    return copy.made();
  }

  public ElevenOptions withSecond(Duration length) {
    Copy copy = new Copy(this);
    copy.second = length;
    return copy.made();
  }

  public ElevenOptions withCloseDelay(Duration delay) {
    Copy copy = new Copy(this);
    copy.closeDelay = delay;
    return copy.made();
  }

  public ElevenOptions withScripts(Function<ElevenRequest, ElevenScript> chosen) {
    Copy copy = new Copy(this);
    copy.scripts = chosen;
    return copy.made();
  }

  public ElevenOptions withRefusedFields(String... names) {
    Copy copy = new Copy(this);
    copy.refusedFields = Set.of(names);
    return copy.made();
  }

  public ElevenOptions onHost(String other) {
    Copy copy = new Copy(this);
    copy.host = other;
    return copy.made();
  }

  /** A copy of which one component is changed. */
  private static final class Copy {
    private int port;
    private Set<String> keys;
    private Set<String> voices;
    private int maxConcurrent;
    private long credits;
    private Duration second;
    private Duration closeDelay;
    private Function<ElevenRequest, ElevenScript> scripts;
    private Set<String> refusedFields;
    private String host;

    Copy(ElevenOptions of) {
      port = of.port;
      keys = of.keys;
      voices = of.voices;
      maxConcurrent = of.maxConcurrent;
      credits = of.credits;
      second = of.second;
      closeDelay = of.closeDelay;
      scripts = of.scripts;
      refusedFields = of.refusedFields;
      host = of.host;
    }

    ElevenOptions made() {
      return new ElevenOptions(
          port,
          keys,
          voices,
          maxConcurrent,
          credits,
          second,
          closeDelay,
          scripts,
          refusedFields,
          host);
    }
  }
}
