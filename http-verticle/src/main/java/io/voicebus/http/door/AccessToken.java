package io.voicebus.http.door;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The secret that callers of this server must know. It is compared in constant time, and appears in
 * no message and no {@link #toString}.
 */
final class AccessToken {
  /** What RFC 6750, section 2.1, lets a bearer token be. */
  private static final Pattern BEARER = Pattern.compile("[A-Za-z0-9._~+/-]++=*+");

  /** The characters that 128 random bits take at least, by what they are written with. */
  private static final int HEX_CHARS = 32;

  private static final int BASE64_CHARS = 22;
  private static final int LONGEST_CHARS = 1024;

  /** Fewer different characters than this are a pattern, not chance: of 22, 17 are usual. */
  private static final int LEAST_DIFFERENT = 8;

  private final byte[] secret;
  private final byte[] digest;

  private AccessToken(byte[] secret) {
    this.secret = secret;
    this.digest = sha256(secret);
  }

  /**
   * A token that nobody can guess.
   *
   * @param place where it stands, for messages
   * @throws IllegalArgumentException says what is wrong with it, without repeating it
   */
  static AccessToken of(String text, String place) {
    boolean hex = text.chars().allMatch(c -> Character.digit(c, 16) >= 0);
    if (text.length() > LONGEST_CHARS || !BEARER.matcher(text).matches()) {
      throw wrong(
          place,
          "it may have letters, digits and . _ ~ + / - in it, " + LONGEST_CHARS + " at most");
    }
    if (text.length() < (hex ? HEX_CHARS : BASE64_CHARS)
        || text.chars().distinct().count() < LEAST_DIFFERENT) {
      throw wrong(
          place,
          "it can be guessed; give it 128 random bits, which are "
              + HEX_CHARS
              + " hexadecimal digits or "
              + BASE64_CHARS
              + " letters and digits");
    }
    return new AccessToken(text.getBytes(StandardCharsets.UTF_8));
  }

  private static IllegalArgumentException wrong(String place, String why) {
    return new IllegalArgumentException(
        place
            + " is not fit to be an access token: "
            + why
            + ". Make one with: openssl rand -hex 16");
  }

  /** Whether it is this one; takes as long for every text of the same length. */
  boolean matches(String text) {
    return MessageDigest.isEqual(digest, sha256(text.getBytes(StandardCharsets.UTF_8)));
  }

  /** Bytes that only who knows the token can make of these words: HMAC-SHA-256. */
  byte[] sign(String words) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret, "HmacSHA256"));
      return mac.doFinal(words.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public String toString() {
    return "AccessToken[set]";
  }
}
