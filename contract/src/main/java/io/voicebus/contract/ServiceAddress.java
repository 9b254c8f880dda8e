package io.voicebus.contract;

import java.net.IDN;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where a service is: a base URL, read as people write it. {@code java.net.URI} has no host for
 * names with an underscore, which are usual in container networks.
 *
 * @param secure whether it is TLS
 * @param host a name, or an address; that of IPv6 in brackets
 * @param port always told
 * @param path empty, or begins with a slash and ends without one
 * @param query without the question mark; empty for none
 * @param userInfo {@code user:password}, decoded; empty for none. Goes into a header, nowhere else
 */
public record ServiceAddress(
    boolean secure, String host, int port, String path, String query, String userInfo) {

  private static final Pattern URL =
      Pattern.compile(
          "(?<scheme>https?)://(?:(?<user>[^/?#]*)@)?"
              + "(?<host>\\[[0-9A-Fa-f:.%]+]|[^\\s:/?#@\\[\\]\\\\]+)"
              + "(?::(?<port>\\d{1,5}))?(?<path>/[^\\s?#]*)?(?:\\?(?<query>[^\\s#]*))?(?:#.*)?",
          Pattern.CASE_INSENSITIVE);

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]+|\\[.*]");
  private static final Pattern LOOPBACK =
      Pattern.compile("localhost|.*\\.localhost|127(\\.\\d{1,3}){3}|\\[::1]");

  /**
   * Reads a base URL; slashes at its end are of no matter.
   *
   * @return nothing for what is no URL of {@code http} or {@code https}
   */
  public static Optional<ServiceAddress> parse(String text) {
    Matcher url = URL.matcher(text.strip());
    if (!url.matches()) {
      return Optional.empty();
    }
    boolean secure = url.group("scheme").equalsIgnoreCase("https");
    String host = ascii(url.group("host"));
    int port =
        url.group("port") == null ? (secure ? 443 : 80) : Integer.parseInt(url.group("port"));
    if (!NAME.matcher(host).matches() || port < 1 || port > 65_535) {
      return Optional.empty();
    }
    String path = orEmpty(url.group("path")).replaceAll("/+$", "");
    String user = decoded(orEmpty(url.group("user")));
    return Optional.of(
        new ServiceAddress(secure, host, port, path, orEmpty(url.group("query")), user));
  }

  /** The same text without user information and without a query, for what a person is told. */
  public static String masked(String text) {
    return text.replaceAll("^([A-Za-z]+://)?[^/?#]*@", "$1…@").replaceAll("\\?.*$", "?…");
  }

  private static String orEmpty(@Nullable String text) {
    return text == null ? "" : text;
  }

  private static String ascii(String host) {
    try {
      return host.chars().allMatch(c -> c < 0x80) ? host : IDN.toASCII(host);
    } catch (IllegalArgumentException e) {
      return host;
    }
  }

  /** Unlike in a query, a plus is a plus. */
  static String decoded(String userInfo) {
    try {
      return URLDecoder.decode(userInfo.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return userInfo;
    }
  }

  /** Path and query of something below it. */
  public String uri(String below) {
    return path + below + (query.isEmpty() ? "" : (below.contains("?") ? "&" : "?") + query);
  }

  /** The same with another path. */
  public ServiceAddress at(String otherPath) {
    return new ServiceAddress(secure, host, port, otherPath, query, userInfo);
  }

  /** The value of the header {@code Authorization} that the user information asks for. */
  public Optional<String> basicAuthorization() {
    return userInfo.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "Basic "
                + Base64.getEncoder().encodeToString(userInfo.getBytes(StandardCharsets.UTF_8)));
  }

  /** Whether it is on this machine. */
  public boolean isLoopback() {
    return LOOPBACK.matcher(host.toLowerCase(Locale.ROOT)).matches();
  }

  /** Whether a key that is sent there could be read on the way. */
  public boolean exposesKeys() {
    return !secure && !isLoopback();
  }

  /** As it may be told: without user information and query. */
  @Override
  public String toString() {
    boolean usual = port == (secure ? 443 : 80);
    return (secure ? "https://" : "http://")
        + (userInfo.isEmpty() ? "" : "…@")
        + host
        + (usual ? "" : ":" + port)
        + path
        + (query.isEmpty() ? "" : "?…");
  }
}
