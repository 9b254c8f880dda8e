package io.voicebus.launcher;

import io.voicebus.contract.FileTrouble;
import io.voicebus.http.door.DoorConfig;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/**
 * Trusts the certificate of a server with the same settings, and no other one. It is made out to
 * the name under which others reach the server, not to the address that it is asked at here, and
 * perhaps by an authority that Java does not know.
 */
final class OwnCertificate extends X509ExtendedTrustManager {
  private final Certificate own;

  private OwnCertificate(Certificate own) {
    this.own = own;
  }

  /**
   * What to call a server with these settings with; empty for one without TLS.
   *
   * @throws IllegalArgumentException for a certificate that cannot be read
   */
  static Optional<SSLContext> of(Configuration configuration, Path directory) {
    return configuration
        .value(DoorConfig.TLS_CERT)
        .map(file -> trusting(read(directory.resolve(file))));
  }

  private static Certificate read(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      return CertificateFactory.getInstance("X.509").generateCertificates(in).stream()
          .findFirst()
          .orElseThrow(() -> new CertificateException("it has no certificate in it"));
    } catch (IOException e) {
      throw unreadable(file, FileTrouble.inWords(file, e), e);
    } catch (CertificateException e) {
      throw unreadable(file, String.valueOf(e.getMessage()), e);
    }
  }

  private static IllegalArgumentException unreadable(Path file, String why, Exception cause) {
    return new IllegalArgumentException(
        "cannot read the certificate in tls-cert (" + file + "): " + why, cause);
  }

  private static SSLContext trusting(Certificate own) {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, new TrustManager[] {new OwnCertificate(own)}, null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has TLS", e);
    }
  }

  private void check(X509Certificate[] chain) throws CertificateException {
    if (chain.length == 0 || !chain[0].equals(own)) {
      throw new CertificateException("it is not the one in tls-cert");
    }
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type) throws CertificateException {
    check(chain);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type, @Nullable Socket socket)
      throws CertificateException {
    check(chain);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type, @Nullable SSLEngine engine)
      throws CertificateException {
    check(chain);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type) throws CertificateException {
    throw new CertificateException("nobody calls here");
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type, @Nullable Socket socket)
      throws CertificateException {
    throw new CertificateException("nobody calls here");
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type, @Nullable SSLEngine engine)
      throws CertificateException {
    throw new CertificateException("nobody calls here");
  }

  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return new X509Certificate[0];
  }
}
