package io.voicebus.launcher;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** A role: a part of the pipeline that a process may run. */
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
   * The roles that are called so.
   *
   * @param words as the setting {@code roles} allows them
   */
  static Set<Role> of(List<String> words) {
    Set<Role> roles = EnumSet.noneOf(Role.class);
    for (Role role : values()) {
      if (words.contains(role.word())) {
        roles.add(role);
      }
    }
    return roles;
  }

  /** All of them, with something in between. */
  static String words(String between) {
    return Arrays.stream(values()).map(Role::word).collect(Collectors.joining(between));
  }
}
