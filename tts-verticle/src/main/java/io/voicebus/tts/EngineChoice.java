package io.voicebus.tts;

import io.voicebus.contract.Settings;
import io.voicebus.tts.embedded.EmbeddedVoice;
import io.voicebus.tts.engine.EngineOpener;
import io.voicebus.tts.scripted.ScriptedVoice;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.stream.Stream;

/**
 * Which engines of a catalog the settings choose, in the order of fail-over, and which others a
 * turn may name by a voice. Immutable.
 */
final class EngineChoice {
  private final SortedMap<String, EngineOpener> openers;
  private final Settings settings;
  private final List<String> names;

  /** Whether the settings name engines: then no other one speaks, whatever voice a turn names. */
  private final boolean named;

  /**
   * Reads the settings.
   *
   * @param openers the engines of the catalog; all of them read their settings, so that these are
   *     known
   * @throws IllegalArgumentException if a setting is wrong
   */
  EngineChoice(SortedMap<String, EngineOpener> openers, Settings settings) {
    this.openers = openers;
    this.settings = settings;
    String unnamed = unnamed();
    String line = settings.get(TtsConfig.ENGINES);
    String one = settings.find(TtsConfig.ENGINE).orElse(unnamed);
    require(oneOf(openers.keySet(), one), "engine", one);
    if (line.isEmpty()) {
      this.names = List.of(one.equals(EngineCatalog.AUTO) ? betterThan(unnamed) : one);
    } else {
      if (!settings.get(TtsConfig.ENGINE).isEmpty()) {
        throw new IllegalArgumentException(
            "tts settings 'engine' and 'engines' are both set: one of them is enough");
      }
      require(someOf(openers.keySet(), line), "engines", line);
      this.names = split(line);
    }
    String engine = settings.get(TtsConfig.ENGINE);
    this.named = !(engine.isEmpty() || engine.equals(EngineCatalog.AUTO)) || !line.isEmpty();
  }

  /**
   * Checks a value of the setting {@code engine}.
   *
   * @return the allowed values, as the end of "it must be …"; empty if the value is allowed
   */
  static Optional<String> oneOf(Collection<String> known, String text) {
    return known.contains(text) || text.equals(EngineCatalog.AUTO)
        ? Optional.empty()
        : Optional.of("one of " + String.join(", ", known) + ", " + EngineCatalog.AUTO);
  }

  /**
   * Checks a value of the setting {@code engines}.
   *
   * @return the allowed values, as the end of "it must be …"; empty if the value is allowed
   */
  static Optional<String> someOf(Collection<String> known, String text) {
    List<String> names = split(text);
    return known.containsAll(names) && new HashSet<>(names).size() == names.size()
        ? Optional.empty()
        : Optional.of("some of " + String.join(", ", known) + ", each once, separated by commas");
  }

  private static void require(Optional<String> allowed, String key, String value) {
    if (allowed.isPresent()) {
      throw new IllegalArgumentException(
          "tts setting '" + key + "' is '" + value + "': it must be " + allowed.get());
    }
  }

  private static List<String> split(String line) {
    return Arrays.stream(line.split(",", -1)).map(String::strip).toList();
  }

  /** The first engine whose own settings choose it, as a key does; else the embedded voice. */
  private String unnamed() {
    List<String> wanted =
        configured()
            .filter(each -> each.getValue().wanted(settings))
            .map(Map.Entry::getKey)
            .toList();
    return wanted.isEmpty() ? EmbeddedVoice.NAME : wanted.get(0);
  }

  /** The first engine that sounds better here than the embedded voice, if that is the engine. */
  private String betterThan(String engine) {
    return engine.equals(EmbeddedVoice.NAME)
        ? configured()
            .filter(each -> each.getValue().betterHere(settings))
            .map(Map.Entry::getKey)
            .findFirst()
            .orElse(engine)
        : engine;
  }

  private Stream<Map.Entry<String, EngineOpener.Configured>> configured() {
    return openers.entrySet().stream()
        .filter(each -> each.getValue() instanceof EngineOpener.Configured)
        .map(each -> Map.entry(each.getKey(), (EngineOpener.Configured) each.getValue()));
  }

  /** The names of the chosen engines, in the order of fail-over; at least one. */
  List<String> names() {
    return names;
  }

  /** The engine's place in the order of fail-over, from 1; 0 if it is not chosen. */
  int place(String name) {
    return names.indexOf(name) + 1;
  }

  /** The chosen engines, in their order, with their models and voices if they are known. */
  List<String> described() {
    return names.stream()
        .map(
            name ->
                openers.get(name) instanceof EngineOpener.Configured configured
                    ? name + ": " + configured.described(settings)
                    : name)
        .toList();
  }

  /** Whether a chosen engine is a service. */
  boolean hasService() {
    return names.stream().anyMatch(this::isService);
  }

  /** Whether the engine is a service. */
  boolean isService(String name) {
    return openers.get(name) instanceof EngineOpener.Service;
  }

  /** The first chosen engine, or what {@code auto} would choose in place of the embedded voice. */
  String best() {
    return names.size() == 1 ? betterThan(names.get(0)) : names.get(0);
  }

  /** Whether a turn may name a voice of the engine, although the engine is not chosen. */
  boolean isNameable(String name) {
    return openers.containsKey(name) && !name.equals(ScriptedVoice.NAME) && !names.contains(name);
  }

  /** Why the engine does not speak, even for a turn that names it; empty if it does. */
  Optional<String> refusal(String name) {
    return named && !names.contains(name)
        ? Optional.of(
            "it could speak, but is not among the engines that are set: set "
                + TtsConfig.ENGINES.key()
                + "="
                + String.join(",", names)
                + ","
                + name)
        : Optional.empty();
  }
}
