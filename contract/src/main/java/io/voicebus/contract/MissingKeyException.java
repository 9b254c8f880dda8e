package io.voicebus.contract;

/**
 * Settings that lack a key or a token, which is no mistake in any of them: told from others by who
 * has to get one.
 */
public final class MissingKeyException extends IllegalArgumentException {
  private static final long serialVersionUID = 1;

  /** Says which, and where to set it. */
  public MissingKeyException(String message) {
    super(message);
  }
}
