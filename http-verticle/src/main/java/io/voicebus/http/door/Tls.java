package io.voicebus.http.door;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The certificate and the key with which the server uses TLS.
 *
 * @param certificate file in PEM, the server's own certificate first
 * @param key file in PEM (PKCS#8), without a password
 */
public record Tls(String certificate, String key) {

  /**
   * Checks the settings {@code tls-cert} and {@code tls-key}.
   *
   * @return null if neither is set
   * @throws IllegalArgumentException when one lacks the other, or cannot be read
   */
  static @Nullable Tls of(String certificate, String key) {
    if (certificate.isEmpty() && key.isEmpty()) {
      return null;
    }
    if (certificate.isEmpty() || key.isEmpty()) {
      throw new IllegalArgumentException(
          "http settings 'tls-cert' and 'tls-key' go together: "
              + (key.isEmpty() ? "tls-key" : "tls-cert")
              + " is not set");
    }
    readable("tls-cert", certificate);
    readable("tls-key", key);
    return new Tls(certificate, key);
  }

  /** Whether a file that a setting names can be read. */
  static Path readable(String setting, String file) {
    try {
      Path path = Path.of(file);
      if (Files.isRegularFile(path) && Files.isReadable(path)) {
        return path;
      }
    } catch (InvalidPathException e) {
      throw new IllegalArgumentException(unreadable(setting, file), e);
    }
    throw new IllegalArgumentException(unreadable(setting, file));
  }

  private static String unreadable(String setting, String file) {
    return "http setting '"
        + setting
        + "' is '"
        + file
        + "': it must be a file that this user can read";
  }
}
