package io.voicebus.launcher;

import io.voicebus.tts.embedded.EmbeddedVoice;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Loads the embedded voice from the process's first moment on, beside all else, where a command
 * will very likely speak with it. A voice that is loaded though a file of settings chooses another
 * one, costs a fifth of a second of another core.
 */
final class EarlyVoice {
  private static final Set<String> COMMANDS = Set.of("say", "ask", "chat", "serve");

  /** Where one of these is set, another engine speaks, or may speak, or another process. */
  private static final List<String> OF_OTHERS =
      List.of("VOICEBUS_ENGINE", "VOICEBUS_CONFIG", "VOICEBUS_ROLES", "ELEVENLABS_", "OPENAI_");

  private static final List<String> FLAGS_OF_OTHERS =
      List.of("--engine", "--config", "--roles", "--elevenlabs-", "--openai-", "-h", "--help");

  private EarlyVoice() {}

  /** Begins to load it, if it is likely. */
  static void load(String[] args, Map<String, String> environment) {
    if (isLikely(args, environment)) {
      EmbeddedVoice.preload();
    }
  }

  static boolean isLikely(String[] args, Map<String, String> environment) {
    return COMMANDS.contains(args.length == 0 ? "serve" : args[0])
        && Stream.of(args).noneMatch(arg -> FLAGS_OF_OTHERS.stream().anyMatch(arg::startsWith))
        && environment.keySet().stream()
            .noneMatch(name -> OF_OTHERS.stream().anyMatch(name::startsWith));
  }
}
