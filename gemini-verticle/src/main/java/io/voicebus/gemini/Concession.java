package io.voicebus.gemini;

/** A part of a request that can be left out or changed for a server that refuses it. */
enum Concession {
  /** Without the fields that can be left out. */
  OPTIONS,
  /** The instruction is part of the first message, for models without a system role. */
  SYSTEM_ROLE,
  /** {@code /v1} is added to a base URL that has no path. */
  VERSION_PATH,
  /** The limit of tokens has the other one of its two names. */
  TOKENS_FIELD
}
