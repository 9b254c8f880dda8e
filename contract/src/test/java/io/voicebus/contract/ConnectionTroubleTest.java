package io.voicebus.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.net.ConnectException;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ConnectionTroubleTest {
  private static final ServiceAddress TO =
      ServiceAddress.parse("https://models.example/v1").orElseThrow();

  private static Throwable handshake(Throwable cause) {
    return new SSLHandshakeException("failed").initCause(cause);
  }

  static Stream<Arguments> troubles() {
    return Stream.of(
        arguments(new UnknownHostException("x"), "", "no host is called models.example", false),
        arguments(
            new UnknownHostException("x").initCause(new IllegalStateException("it timed out")),
            "",
            "no name server says where models.example is",
            false),
        arguments(
            new SocketException("Network is unreachable: models.example/10.1.2.3:443"),
            "",
            "there is no way to models.example: check the network",
            false),
        arguments(
            new ConnectException("refused"), "", "nobody listens at models.example:443", false),
        arguments(new ConnectException("refused"), "p:1", "through the proxy at p:1", false),
        arguments(new IllegalStateException("HTTP/1.1 407 no"), "p:1", "wants a user", false),
        arguments(new SSLException("not an SSL/TLS record: 48"), "", "does not speak TLS", true),
        arguments(
            handshake(new CertificateException("unable to find valid certification path")),
            "",
            "set ca-file",
            true),
        arguments(handshake(new CertificateExpiredException("old")), "", "has expired", true),
        arguments(
            handshake(new CertificateException("No subject alternative DNS name matching x")),
            "",
            "for another name",
            true),
        arguments(new IllegalStateException("odd"), "", "IllegalStateException: odd", false));
  }

  @ParameterizedTest(name = "{2}")
  @MethodSource("troubles")
  void saysWhatIsWrongAndWhetherItPasses(Throwable why, String proxy, String words, boolean lasts) {
    assertThat(ConnectionTrouble.words(why, TO, proxy)).contains(words);
    assertThat(ConnectionTrouble.lasts(why)).isEqualTo(lasts);
  }
}
