package io.voicebus.contract;

/**
 * A key or a token is not set, while all settings are valid: a separate type, so that callers can
 * say where to get one.
 */
public final class MissingKeyException extends IllegalArgumentException {
  private static final long serialVersionUID = 1;

  /** Says which, and where to set it. */
  public MissingKeyException(String message) {
    super(message);
  }
}
