package io.voicebus.contract;

import java.time.Duration;
import java.util.List;

/** Settings that several roles have. */
public final class SharedConfig {
  /** A thousand turns whose listeners all stopped, at 24 kHz and 20 s, hold 1 GB. */
  public static final int DEFAULT_MAX_TURNS = 1_000;

  private static final long HOUR_MS = 3_600_000;

  /** Of an instance of {@code http} or {@code playback}. */
  public static final Setting<Integer> MAX_TURNS =
      Setting.integer(
          "max-turns",
          DEFAULT_MAX_TURNS,
          1,
          1_000_000,
          "Most turns at once; further ones get 429.");

  /** Of an instance that is stopped; one that an application deploys itself is given its own. */
  public static final Setting<Duration> DRAIN =
      Setting.millis(
          "drain-ms",
          10_000,
          0,
          HOUR_MS,
          "How long turns under way may go on when Voicebus stops.");

  /** Of the roles that own turns. */
  public static final Setting<String> LOG_TURNS =
      Setting.choice(
          "log-turns",
          "failed",
          List.of("failed", "all"),
          "Which turns are logged when they end: `failed`, or `all`.");

  /** See {@link Outbound}. */
  public static final Setting<String> PROXY =
      Setting.text(
              "proxy",
              ProxyRules::check,
              "like http://host:3128 or socks5://host:1080, or none",
              "Proxy for services that are not on this machine, like"
                  + " `http://user:password@host:3128` or `socks5://host:1080`; `none` for none. By"
                  + " default what `https.proxyHost` … of the JVM or `HTTPS_PROXY`, `HTTP_PROXY`,"
                  + " `ALL_PROXY` and `NO_PROXY` say.")
          .otherwise("that of the environment")
          .masked();

  /** See {@link Outbound}. */
  public static final Setting<String> CA_FILE =
      Setting.text(
              "ca-file", "PEM file with certificates of authorities to trust besides the JVM's.")
          .otherwise("the file of `SSL_CERT_FILE`");

  private SharedConfig() {}
}
