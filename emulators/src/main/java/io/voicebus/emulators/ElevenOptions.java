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
    return new ElevenOptions(
        fixed,
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

  public ElevenOptions withKeys(String... accepted) {
    return new ElevenOptions(
        port,
        Set.of(accepted),
        voices,
        maxConcurrent,
        credits,
        second,
        closeDelay,
        scripts,
        refusedFields,
        host);
  }

  public ElevenOptions withVoices(String... known) {
    return new ElevenOptions(
        port,
        keys,
        Set.of(known),
        maxConcurrent,
        credits,
        second,
        closeDelay,
        scripts,
        refusedFields,
        host);
  }

  public ElevenOptions withMaxConcurrent(int most) {
    return new ElevenOptions(
        port, keys, voices, most, credits, second, closeDelay, scripts, refusedFields, host);
  }

  public ElevenOptions withCredits(long characters) {
    return new ElevenOptions(
        port,
        keys,
        voices,
        maxConcurrent,
        characters,
        second,
        closeDelay,
        scripts,
        refusedFields,
        host);
  }

  public ElevenOptions withSecond(Duration length) {
    return new ElevenOptions(
        port,
        keys,
        voices,
        maxConcurrent,
        credits,
        length,
        closeDelay,
        scripts,
        refusedFields,
        host);
  }

  public ElevenOptions withCloseDelay(Duration delay) {
    return new ElevenOptions(
        port, keys, voices, maxConcurrent, credits, second, delay, scripts, refusedFields, host);
  }

  public ElevenOptions withScripts(Function<ElevenRequest, ElevenScript> chosen) {
    return new ElevenOptions(
        port,
        keys,
        voices,
        maxConcurrent,
        credits,
        second,
        closeDelay,
        chosen,
        refusedFields,
        host);
  }

  public ElevenOptions withRefusedFields(String... names) {
    return new ElevenOptions(
        port,
        keys,
        voices,
        maxConcurrent,
        credits,
        second,
        closeDelay,
        scripts,
        Set.of(names),
        host);
  }

  public ElevenOptions onHost(String other) {
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
        other);
  }
}
