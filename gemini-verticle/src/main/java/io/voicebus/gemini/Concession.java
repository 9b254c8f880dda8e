package io.voicebus.gemini;

/** A change to requests for a server that refuses a part of them. */
enum Concession {
  /** Requests have no optional fields. */
  OPTIONS,
  /** The instruction is the beginning of the first message, for models without a system role. */
  SYSTEM_ROLE,
  /** {@code /v1} is added to a base URL that has no path. */
  VERSION_PATH,
  /** The limit of tokens has the other one of its two names. */
  TOKENS_FIELD
}
