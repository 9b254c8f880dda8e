package io.voicebus.launcher;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** A part of the pipeline that a process may run. */
enum Role {
  HTTP,
  GEMINI,
  CHUNKER,
  TTS,
  PLAYBACK;

  /** As settings and addresses name it. */
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * Reads a list such as {@code http,tts}.
   *
   * @throws IllegalArgumentException names a word that is no role
   */
  static Set<Role> parse(String list) {
    Set<Role> roles = EnumSet.noneOf(Role.class);
    for (String word : list.split(",", -1)) {
      roles.add(
          Arrays.stream(values())
              .filter(role -> role.word().equals(word.trim()))
              .findFirst()
              .orElseThrow(
                  () ->
                      new IllegalArgumentException(
                          "launcher setting 'roles' has '"
                              + word.trim()
                              + "': it must be some of "
                              + words())));
    }
    return roles;
  }

  private static String words() {
    return Arrays.stream(values()).map(Role::word).collect(Collectors.joining(", "));
  }
}
