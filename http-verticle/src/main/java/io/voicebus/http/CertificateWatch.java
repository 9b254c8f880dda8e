package io.voicebus.http;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.ServerSSLOptions;
import io.voicebus.http.door.Tls;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads a renewed certificate without a restart: certificates are valid for weeks, and servers run
 * for longer. New connections get the new one.
 */
final class CertificateWatch {
  private static final Logger LOG = LoggerFactory.getLogger(CertificateWatch.class);

  private final Vertx vertx;
  private final Tls tls;
  private String seen;
  private long timer = -1;

  /** Knows the files as they are now. */
  CertificateWatch(Vertx vertx, Tls tls) {
    this.vertx = vertx;
    this.tls = tls;
    this.seen = stamp();
  }

  /** What the server begins with. */
  PemKeyCertOptions certificate() {
    return new PemKeyCertOptions().setCertPath(tls.certificate()).setKeyPath(tls.key());
  }

  /** Looks at the files from now on, until the context is undeployed. */
  void watch(HttpServer server, Duration interval) {
    timer = vertx.setPeriodic(interval.toMillis(), ignored -> look(server));
  }

  /** Looks at the files now; fails if they have changed and cannot be used. */
  Future<?> look(HttpServer server) {
    return vertx
        .executeBlocking(this::stamp)
        .<Object>compose(
            now -> now.equals(seen) ? Future.succeededFuture() : renew(server, now).mapEmpty())
        .onFailure(
            why ->
                LOG.warn(
                    "the certificate in {} has changed and cannot be used, so the former one stays:"
                        + " {}",
                    tls.certificate(),
                    String.valueOf(why.getMessage())));
  }

  private Future<?> renew(HttpServer server, String now) {
    // Whatever comes of it, it is told once.
    seen = now;
    return server
        .updateSSLOptions(new ServerSSLOptions().setKeyCertOptions(certificate()), true)
        .onSuccess(done -> LOG.info("the certificate in {} was read again", tls.certificate()));
  }

  /** Changes when a file does; a file that is not there is one that is being replaced. */
  private String stamp() {
    return stamp(Path.of(tls.certificate())) + " " + stamp(Path.of(tls.key()));
  }

  private static String stamp(Path file) {
    try {
      return Files.getLastModifiedTime(file) + "/" + Files.size(file);
    } catch (IOException e) {
      return "absent";
    }
  }

  void stop() {
    vertx.cancelTimer(timer);
  }
}
