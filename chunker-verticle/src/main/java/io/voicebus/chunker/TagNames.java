package io.voicebus.chunker;

import java.util.Set;

/** The tags that are seen in prose, by what they mean to a listener. */
final class TagNames {
  /** Elements whose content is a model's reasoning. */
  private static final Set<String> THOUGHT = Set.of("think", "thinking", "thought");

  /** Elements whose content is not for the ear. */
  private static final Set<String> SILENT = words("script style svg");

  /** Elements in which a model calls a tool. */
  private static final Set<String> CALLS =
      words(
          "tool_call tool_calls function_call function_calls tool_response tool_use tool_code function_results invoke function");

  /** Pauses of SSML and its neighbours. */
  private static final Set<String> PAUSES = Set.of("break", "pause");

  /** Sounds that some voices make, and that stand in a text like stage directions. */
  private static final Set<String> SOUNDS =
      words(
          "laugh laughs laughing laughter chuckle chuckles giggle giggles sigh sighs gasp gasps cough coughs sniffle groan yawn cry cries sob whisper whispers breath breathe sfx");

  private static final Set<String> BLOCKS =
      words(
          "address article aside blockquote center dd details div dl dt figure footer form h1 h2 h3 h4 h5 h6 header hr li main nav ol p pre section summary table tbody td th thead tr ul");

  private static final Set<String> INLINES =
      words(
          "a abbr b bdi bdo big cite code del dfn em font i img input ins kbd label mark q s samp small span strike strong sub sup time tt u var wbr audio video source iframe button html head body speak prosody emphasis say-as phoneme voice");

  private TagNames() {}

  private static Set<String> words(String names) {
    return Set.of(names.split(" ", -1));
  }

  static boolean isThought(String name) {
    return THOUGHT.contains(name);
  }

  static boolean isSilent(String name) {
    return SILENT.contains(name) || THOUGHT.contains(name) || CALLS.contains(name);
  }

  static boolean isCall(String name) {
    return CALLS.contains(name);
  }

  static boolean isPause(String name) {
    return PAUSES.contains(name);
  }

  static boolean isSound(String name) {
    return SOUNDS.contains(name);
  }

  static boolean isBlock(String name) {
    return BLOCKS.contains(name) || isSilent(name);
  }

  /** Whether it is an element of HTML or SSML, or a model's mark of thought. */
  static boolean isKnown(String name) {
    return name.equals("br")
        || isPause(name)
        || isSilent(name)
        || BLOCKS.contains(name)
        || INLINES.contains(name);
  }
}
