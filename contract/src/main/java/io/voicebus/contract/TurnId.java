package io.voicebus.contract;

import java.security.SecureRandom;
import java.util.Base64;

/**
 * Names one turn everywhere.
 *
 * @param value 1 to 64 characters of {@code A-Z a-z 0-9 _ -}; those made by {@link #random()} hold
 *     128 random bits, so that knowing one does not tell another
 */
public record TurnId(String value) {
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

  @Override
  public String toString() {
    return value;
  }
}
