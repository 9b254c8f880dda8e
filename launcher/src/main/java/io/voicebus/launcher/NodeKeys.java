package io.voicebus.launcher;

import io.voicebus.contract.FileTrouble;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What a node shows to the others of its cluster, and by what it knows them: the files that {@code
 * cluster-keys} makes.
 *
 * @param keyStore its key and certificate, as PKCS#12
 * @param trustStore the certificate of the authority that all nodes' certificates come from
 * @param password of both
 */
record NodeKeys(Path keyStore, Path trustStore, String password) {
  static final String KEY_STORE = "node.p12";
  static final String TRUST_STORE = "trust.p12";
  static final String PASSWORD = "password";

  /**
   * Reads a node's folder.
   *
   * @throws IllegalArgumentException when its password cannot be read
   */
  static NodeKeys in(Path folder) {
    try {
      return new NodeKeys(
          folder.resolve(KEY_STORE).toAbsolutePath(),
          folder.resolve(TRUST_STORE).toAbsolutePath(),
          Files.readString(folder.resolve(PASSWORD)).trim());
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "cannot read the keys in "
              + folder
              + ": "
              + FileTrouble.inWords(folder.resolve(PASSWORD), e),
          e);
    }
  }

  @Override
  public String toString() {
    return "the keys of " + keyStore;
  }
}
