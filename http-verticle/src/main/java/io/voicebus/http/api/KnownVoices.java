package io.voicebus.http.api;

import io.voicebus.contract.EngineVoice;
import io.voicebus.contract.EngineVoices;
import io.voicebus.http.wire.JsonFields;
import io.voicebus.http.wire.ProblemException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Finds the voice that a request means.
 *
 * @param aliases further names of voices, from the settings
 * @param engines the known engines and voices; empty before the first answer
 */
public record KnownVoices(VoiceAliases aliases, List<EngineVoices> engines) {
  /** As long as any turn's voice may be, in UTF-16 units. */
  private static final int MAX_NAME_CHARS = 200;

  /**
   * Returns the voice for a turn as {@code engine/voice}; empty for the default one.
   *
   * @param model counts only if it is the name of an engine
   * @param voice a voice with or without its engine, an alias, or a voice of OpenAI's; empty for
   *     the default
   * @param param name of the voice's field, for errors
   * @throws ProblemException 400 for an unknown name, or an engine that cannot speak now
   */
  public String voice(String model, String voice, String param) {
    return voice(model, voice, param, VoiceAliases.OPENAI::contains);
  }

  /**
   * The same for clients of another service.
   *
   * @param others whether a lower-case name is a voice of that service; if no engine has it, it
   *     means the default voice
   */
  public String voice(String model, String voice, String param, Predicate<String> others) {
    String name = voice.strip();
    if (name.length() > MAX_NAME_CHARS || name.chars().anyMatch(Character::isISOControl)) {
      throw Invalid.field(param, "'" + param + "' is no name of a voice");
    }
    String alias = aliases.voices().get(plain(name));
    String ours = alias == null ? name : alias;
    if (ours.indexOf('/') > 0) {
      return ours;
    }
    Optional<EngineVoices> engine =
        engines.stream().filter(one -> one.engine().equals(plain(model))).findFirst();
    if (engine.isPresent() && !engine.get().usable()) {
      throw Invalid.field(
          "model",
          "model_not_found",
          "the engine " + JsonFields.show(model) + " cannot be used: " + engine.get().reason());
    }
    List<EngineVoices> asked = engine.map(List::of).orElse(engines);
    return listed(asked, ours)
        .orElseGet(() -> engine.map(one -> one.engine() + "/").orElse("") + unlisted(ours, others));
  }

  /**
   * Whether a name stands for the default voice.
   *
   * @param voice what {@link #voice} has made of the name
   */
  public static boolean standsForDefault(String name, String voice) {
    return !name.isBlank() && (voice.isEmpty() || voice.endsWith("/"));
  }

  /** What no engine has told of may be a voice all the same: its engine knows. */
  private static String unlisted(String voice, Predicate<String> others) {
    return others.test(plain(voice)) ? "" : voice;
  }

  private static Optional<String> listed(List<EngineVoices> engines, String voice) {
    for (EngineVoices engine : engines) {
      for (EngineVoice one : engine.voices()) {
        if (one.id().equals(voice) || plain(one.name()).equals(plain(voice))) {
          return Optional.of(engine.engine() + "/" + one.id());
        }
      }
    }
    return Optional.empty();
  }

  /** The form of a name in which names are compared. */
  public static String plain(String name) {
    return name.strip().toLowerCase(Locale.ROOT);
  }
}
