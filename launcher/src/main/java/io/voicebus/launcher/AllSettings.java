package io.voicebus.launcher;

import io.voicebus.chunker.ChunkerConfig;
import io.voicebus.contract.Setting;
import io.voicebus.gemini.GeminiConfig;
import io.voicebus.http.HttpConfig;
import io.voicebus.playback.PlaybackConfig;
import io.voicebus.tts.TtsConfig;
import io.voicebus.wyoming.WyomingConfig;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The settings of all roles, as their modules define them. */
final class AllSettings {
  static final String LAUNCHER = "launcher";
  static final String WYOMING = "wyoming";

  /** In the order of the documentation. */
  private static final Map<String, List<Setting<?>>> BY_ROLE = new LinkedHashMap<>();

  private static final Map<String, Setting<?>> BY_KEY = new LinkedHashMap<>();

  static {
    BY_ROLE.put(Role.HTTP.word(), HttpConfig.ALL);
    BY_ROLE.put(WYOMING, WyomingConfig.ALL);
    BY_ROLE.put(Role.GEMINI.word(), GeminiConfig.ALL);
    BY_ROLE.put(Role.CHUNKER.word(), ChunkerConfig.ALL);
    BY_ROLE.put(Role.TTS.word(), TtsConfig.ALL);
    BY_ROLE.put(Role.PLAYBACK.word(), PlaybackConfig.ALL);
    BY_ROLE.put(LAUNCHER, LauncherConfig.ALL);
    BY_ROLE
        .values()
        .forEach(settings -> settings.forEach(setting -> BY_KEY.put(setting.key(), setting)));
  }

  private AllSettings() {}

  /** Each once, in the order of the documentation. */
  static Collection<Setting<?>> all() {
    return Collections.unmodifiableCollection(BY_KEY.values());
  }

  /** The keys of all. */
  static Collection<String> keys() {
    return Collections.unmodifiableCollection(BY_KEY.keySet());
  }

  static Optional<Setting<?>> named(String key) {
    return Optional.ofNullable(BY_KEY.get(key));
  }

  /** Those of one role. */
  static List<Setting<?>> of(String role) {
    return BY_ROLE.getOrDefault(role, List.of());
  }

  /** The roles that have a setting. */
  static List<String> roles(Setting<?> setting) {
    return BY_ROLE.keySet().stream().filter(role -> of(role).contains(setting)).toList();
  }
}
