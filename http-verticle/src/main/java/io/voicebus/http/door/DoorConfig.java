package io.voicebus.http.door;

import io.voicebus.contract.Setting;
import io.voicebus.contract.SettingGroup;
import java.time.Duration;
import java.util.List;

/** The settings of admission; {@code docs/http.md} explains each. */
public final class DoorConfig {
  private static final SettingGroup GROUP = new SettingGroup();

  /** All settings of admission. */
  public static final List<Setting<?>> ALL = GROUP.all();

  private static final long HOUR_MS = 3_600_000;
  private static final String NAME = "[A-Za-z0-9._-]+|\\[?[0-9A-Fa-f:.]+\\]?";
  private static final String ORIGIN = "https?://([A-Za-z0-9._-]+|\\[[0-9A-Fa-f:.]+\\])(:[0-9]+)?";
  private static final String ADDRESS = "\\[?[0-9A-Fa-f:.]+\\]?";

  /** Where it listens. */
  public static final Setting<String> HOST =
      GROUP.add(Setting.text("host", "127.0.0.1", "Address to listen on."));

  /** Where it listens. */
  public static final Setting<Integer> PORT =
      GROUP.add(Setting.integer("port", 8080, 0, 65_535, "Port to listen on; 0 for any free one."));

  static final Setting<List<String>> ALLOWED_HOSTS =
      GROUP.add(
          Setting.list(
                  "allowed-hosts",
                  NAME,
                  "names without a port, such as voice.example",
                  "Further names, comma-separated, under which the server may be addressed.")
              .otherwise("the loopback names"));

  static final Setting<List<String>> ALLOWED_ORIGINS =
      GROUP.add(
          Setting.list(
              "allowed-origins",
              ORIGIN,
              "origins such as https://voice.example",
              "Further web origins, comma-separated, whose pages may send requests."));

  /** The token that callers must send. */
  public static final Setting<String> ACCESS_TOKEN =
      GROUP.add(
          Setting.text(
                  "access-token",
                  "Secret that callers must send, or give to the sign-in page; needed beyond"
                      + " loopback. Several as `name:token`, comma-separated.")
              .hidden());

  /** A file with tokens. */
  public static final Setting<String> ACCESS_TOKEN_FILE =
      GROUP.add(
          Setting.text(
              "access-token-file",
              "File with such secrets, one a line, each as `token` or `name:token`."));

  static final Setting<Boolean> INSECURE_HTTP =
      GROUP.add(
          Setting.flag(
              "insecure-http",
              false,
              "Allows addresses beyond loopback without a token; with a token, turns"
                  + " off the warning that it travels unencrypted."));

  static final Setting<String> PUBLIC_URL =
      GROUP.add(
          Setting.text(
                  "public-url",
                  PublicUrl::of,
                  PublicUrl.ALLOWED,
                  "Where people find the server behind a proxy, like `https://example.org/voice/`.")
              .masked());

  static final Setting<List<String>> TRUSTED_PROXIES =
      GROUP.add(
          Setting.list(
                  "trusted-proxies",
                  ADDRESS,
                  "addresses such as 192.0.2.7",
                  "Addresses of proxies, comma-separated, whose `X-Forwarded-For` is"
                      + " believed.")
              .otherwise("this machine's, with `public-url`"));

  /** The certificate, with which the server uses TLS. */
  public static final Setting<String> TLS_CERT =
      GROUP.add(
          Setting.text(
              "tls-cert",
              "PEM file with the server's certificate, for TLS; read again when it" + " changes."));

  static final Setting<String> TLS_KEY =
      GROUP.add(Setting.text("tls-key", "PEM file with its key, without a password."));

  static final Setting<Integer> MAX_CONNECTIONS =
      GROUP.add(
          Setting.integer(
                  "max-connections",
                  1,
                  4_000_000,
                  "Most connections at once; further ones get 503.")
              .otherwise("2 a turn, and 100; at most half of the files that may be open"));

  static final Setting<Integer> CLIENT_TURNS =
      GROUP.add(
          Setting.integer(
                  "client-turns",
                  1,
                  1_000_000,
                  "Most turns at once of one client, which is a token or, without one, an"
                      + " address.")
              .otherwise("`max-turns`; a quarter where others reach the server"));

  static final Setting<Integer> CLIENT_TURNS_PER_MINUTE =
      GROUP.add(
          Setting.integer(
                  "client-turns-per-minute",
                  0,
                  1_000_000,
                  "Turns that one client may start in a minute; 0 for any number.")
              .otherwise("any number; 600 where others reach the server"));

  static final Setting<Duration> REQUEST =
      GROUP.add(
          Setting.millis(
              "request-ms", 10_000, 10, HOUR_MS, "How long a request may take to arrive."));

  static final Setting<Duration> KEEP_ALIVE =
      GROUP.add(
          Setting.millis(
              "keep-alive-ms", 75_000, 10, HOUR_MS, "How long an idle connection is kept."));

  private DoorConfig() {}
}
