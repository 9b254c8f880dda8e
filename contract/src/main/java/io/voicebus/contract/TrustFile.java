package io.voicebus.contract;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/**
 * PEM files of certificates, which are trusted beside the JVM's own. The process reads each once
 * for all, and again when it has changed.
 */
final class TrustFile {
  /** The state of a file when it was read. */
  private record Known(FileTime changedAt, long bytes, TrustManagerFactory trust) {}

  private static final Map<Path, Known> READ = new HashMap<>();

  private TrustFile() {}

  /**
   * What trusts the certificates of a file.
   *
   * @param where what names it, for people
   * @throws IllegalArgumentException for a file that cannot be read, or holds no certificate
   */
  static TrustManagerFactory read(String where, Path file) {
    // Who comes second waits: reading it twice at once takes as long for both.
    synchronized (READ) {
      Known known = READ.get(file);
      try {
        BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class);
        if (known == null
            || known.bytes != now.size()
            || !known.changedAt.equals(now.lastModifiedTime())) {
          known = new Known(now.lastModifiedTime(), now.size(), parsed(where, file));
          READ.put(file, known);
        }
        return known.trust;
      } catch (IOException e) {
        throw new IllegalArgumentException(
            where + " names " + file + ", which cannot be read: " + FileTrouble.inWords(file, e),
            e);
      }
    }
  }

  private static TrustManagerFactory parsed(String where, Path file) throws IOException {
    // All of it first: the parser takes byte by byte, each of which would be a call of the system.
    ByteArrayInputStream in = new ByteArrayInputStream(Files.readAllBytes(file));
    try {
      Collection<? extends Certificate> told =
          CertificateFactory.getInstance("X.509").generateCertificates(in);
      if (told.isEmpty()) {
        throw new IllegalArgumentException(
            where + " names " + file + ", which has no certificate: it must be a PEM file");
      }
      KeyStore all = KeyStore.getInstance(KeyStore.getDefaultType());
      all.load(null, null);
      int number = 0;
      for (Certificate certificate : told) {
        all.setCertificateEntry("told-" + number++, certificate);
      }
      for (X509Certificate certificate : ofJvm()) {
        all.setCertificateEntry("jvm-" + number++, certificate);
      }
      return factory(all);
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException(
          where + " names " + file + ", which has no usable certificates: " + e.getMessage(), e);
    }
  }

  private static X509Certificate[] ofJvm() throws GeneralSecurityException {
    for (TrustManager manager : factory(null).getTrustManagers()) {
      if (manager instanceof X509TrustManager usual) {
        return usual.getAcceptedIssuers();
      }
    }
    return new X509Certificate[0];
  }

  private static TrustManagerFactory factory(@Nullable KeyStore store)
      throws GeneralSecurityException {
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(store);
    return factory;
  }
}
