package io.voicebus.contract;

import io.voicebus.bus.Inbox;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Names one turn everywhere.
 *
 * @param value 1 to 64 characters of {@code A-Z a-z 0-9 _ -}; those made by {@link #random()} hold
 *     128 random bits, so that knowing one does not tell another
 */
public record TurnId(String value) {
  /** What {@link #random()} makes of 128 bits. */
  private static final int RANDOM_CHARS = 22;

  /** Those that clients ask for are owned by instances of this role. */
  private static final String OWNER = Inbox.addressPrefix("http");

  private static final SecureRandom RANDOM = new SecureRandom();

  public TurnId {
    if (value.isEmpty() || value.length() > 64) {
      throw new IllegalArgumentException("a turn id has 1 to 64 characters");
    }
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      boolean ok =
          (c >= 'A' && c <= 'Z')
              || (c >= 'a' && c <= 'z')
              || (c >= '0' && c <= '9')
              || c == '_'
              || c == '-';
      if (!ok) {
        throw new IllegalArgumentException("a turn id has only letters, digits, '_' and '-'");
      }
    }
  }

  public static TurnId random() {
    byte[] bytes = new byte[16];
    RANDOM.nextBytes(bytes);
    return new TurnId(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
  }

  /**
   * A random id that names the owner, so that an instance that is given it need not look for the
   * owner.
   *
   * @param inbox the owner's
   */
  public static TurnId ofOwner(String inbox) {
    String random = random().value;
    String key = inbox.startsWith(OWNER) ? inbox.substring(OWNER.length()) : "";
    return key.matches("[A-Za-z0-9_-]{0,40}") ? new TurnId(random + key) : new TurnId(random);
  }

  /** The inbox of the {@code http} instance that owns the turn; empty if it does not say. */
  public Optional<String> owner() {
    return value.length() > RANDOM_CHARS
        ? Optional.of(OWNER + value.substring(RANDOM_CHARS))
        : Optional.empty();
  }

  // By hand, as in Meter.

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof TurnId that && value.equals(that.value);
  }

  @Override
  public int hashCode() {
    return value.hashCode();
  }

  @Override
  public String toString() {
    return value;
  }
}
