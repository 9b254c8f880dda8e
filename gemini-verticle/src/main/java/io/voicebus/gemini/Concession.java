package io.voicebus.gemini;

/**
 * What a request can be made without, or otherwise, for a server that does not take it as it is.
 */
enum Concession {
  /** Without the fields that can be left out. */
  OPTIONS,
  /** The instruction is part of the first message, for models without a system role. */
  SYSTEM_ROLE,
  /** {@code /v1} is added to a base URL that has no path. */
  VERSION_PATH
}
