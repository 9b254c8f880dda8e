package io.voicebus.contract;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which proxy is on the way to a service, as other programs of the same machine understand it: the
 * setting {@code proxy}, else the properties of the JVM ({@code https.proxyHost} …), else {@code
 * HTTPS_PROXY}, {@code HTTP_PROXY} or {@code ALL_PROXY}, in capitals or not, without those of
 * {@code NO_PROXY}. What is on this machine is never asked through a proxy.
 */
final class ProxyRules {
  private static final Pattern PROXY =
      Pattern.compile(
          "(?:(?<scheme>[A-Za-z0-9]+)://)?(?:(?<user>[^/?#]*)@)?"
              + "(?<host>\\[[0-9A-Fa-f:.]+]|[A-Za-z0-9._-]+)(?::(?<port>\\d{1,5}))?/?");

  private static final int USUAL_PORT = 3128;
  private static final int SOCKS_PORT = 1080;

  private final String setting;
  private final Map<String, String> environment;
  private final UnaryOperator<@Nullable String> properties;

  /**
   * Rules.
   *
   * @param setting a URL, {@code none}, or empty where it is not set
   * @param properties of the JVM
   * @throws IllegalArgumentException for a setting that is not understood
   */
  ProxyRules(
      String setting, Map<String, String> environment, UnaryOperator<@Nullable String> properties) {
    this.setting = setting;
    this.environment = environment;
    this.properties = properties;
    check(setting);
  }

  /**
   * Checks a value of the setting.
   *
   * @throws IllegalArgumentException if it is not understood
   */
  static void check(String setting) {
    if (!setting.isEmpty() && !setting.equals("none")) {
      parse("setting 'proxy'", setting);
    }
  }

  /**
   * A proxy.
   *
   * @param socks 0 for HTTP, else the version of SOCKS
   * @param user empty for none
   */
  record Proxy(String host, int port, int socks, String user, String password) {
    /** Never shows the password. */
    @Override
    public String toString() {
      return host + ":" + port;
    }
  }

  /**
   * The proxy on the way to a service, if any.
   *
   * @throws IllegalArgumentException for a proxy that is not understood; says where it is set
   */
  Optional<Proxy> of(ServiceAddress to) {
    if (to.isLoopback() || setting.equals("none")) {
      return Optional.empty();
    }
    if (!setting.isEmpty()) {
      return Optional.of(parse("setting 'proxy'", setting));
    }
    Optional<Proxy> ofJvm = ofJvm(to);
    return ofJvm.isPresent() ? ofJvm : ofEnvironment(to);
  }

  private Optional<Proxy> ofJvm(ServiceAddress to) {
    String scheme = to.secure() ? "https" : "http";
    String host = property(scheme + ".proxyHost");
    String socks = property("socksProxyHost");
    if (matches(to, property("http.nonProxyHosts").split("\\|", -1))) {
      return Optional.empty();
    }
    if (!host.isEmpty()) {
      int usual = to.secure() ? 443 : 80;
      return Optional.of(new Proxy(host, port(property(scheme + ".proxyPort"), usual), 0, "", ""));
    }
    return socks.isEmpty()
        ? Optional.empty()
        : Optional.of(new Proxy(socks, port(property("socksProxyPort"), SOCKS_PORT), 5, "", ""));
  }

  private Optional<Proxy> ofEnvironment(ServiceAddress to) {
    for (String name : List.of(to.secure() ? "HTTPS_PROXY" : "HTTP_PROXY", "ALL_PROXY")) {
      String value = variable(name);
      if (!value.isEmpty()) {
        return matches(to, variable("NO_PROXY").split("[,\\s]+", -1))
            ? Optional.empty()
            : Optional.of(parse(name, value));
      }
    }
    return Optional.empty();
  }

  private String variable(String name) {
    String lower = environment.getOrDefault(name.toLowerCase(Locale.ROOT), "").strip();
    return lower.isEmpty() ? environment.getOrDefault(name, "").strip() : lower;
  }

  private String property(String name) {
    String value = properties.apply(name);
    return value == null ? "" : value.strip();
  }

  private static int port(String text, int usual) {
    return text.matches("\\d{1,5}") ? Integer.parseInt(text) : usual;
  }

  private static Proxy parse(String where, String text) {
    Matcher url = PROXY.matcher(text);
    String scheme = "";
    if (url.matches()) {
      scheme = url.group("scheme") == null ? "http" : url.group("scheme").toLowerCase(Locale.ROOT);
    }
    int socks =
        switch (scheme) {
          case "http" -> 0;
          case "socks4", "socks4a" -> 4;
          case "socks5", "socks5h", "socks" -> 5;
          default ->
              throw new IllegalArgumentException(
                  where
                      + " is '"
                      + ServiceAddress.masked(text)
                      + "': it must be like http://host:3128 or socks5://host:1080");
        };
    String user = url.group("user") == null ? "" : url.group("user");
    int colon = user.indexOf(':');
    String port = url.group("port") == null ? "" : url.group("port");
    return new Proxy(
        url.group("host"),
        port(port, socks == 0 ? USUAL_PORT : SOCKS_PORT),
        socks,
        ServiceAddress.decoded(colon < 0 ? user : user.substring(0, colon)),
        ServiceAddress.decoded(colon < 0 ? "" : user.substring(colon + 1)));
  }

  /** Whether one of some patterns is for a host. */
  private static boolean matches(ServiceAddress to, String[] patterns) {
    return Stream.of(patterns).anyMatch(pattern -> matches(to, pattern.strip()));
  }

  private static boolean matches(ServiceAddress to, String pattern) {
    if (pattern.isEmpty()) {
      return false;
    }
    String host = to.host().toLowerCase(Locale.ROOT).replaceAll("[\\[\\]]", "");
    String rule = pattern.toLowerCase(Locale.ROOT);
    if (rule.matches(".*[^:]:\\d{1,5}") && rule.indexOf(':') == rule.lastIndexOf(':')) {
      int colon = rule.lastIndexOf(':');
      if (Integer.parseInt(rule.substring(colon + 1)) != to.port()) {
        return false;
      }
      rule = rule.substring(0, colon);
    }
    if (rule.contains("/")) {
      return inBlock(host, rule);
    }
    if (rule.contains("*")) {
      Stream<String> parts = Stream.of(rule.split("\\*", -1)).map(Pattern::quote);
      return host.matches(String.join(".*", parts.toList()));
    }
    String bare = rule.startsWith(".") ? rule.substring(1) : rule;
    return host.equals(bare) || host.endsWith("." + bare);
  }

  /** Whether an IPv4 address is within a block like {@code 10.0.0.0/8}; names never are. */
  private static boolean inBlock(String host, String block) {
    int slash = block.indexOf('/');
    Optional<Long> from = ipv4(block.substring(0, slash));
    Optional<Long> address = ipv4(host);
    String bits = block.substring(slash + 1);
    if (from.isEmpty() || address.isEmpty() || !bits.matches("\\d|[12]\\d|3[0-2]")) {
      return false;
    }
    int shift = 32 - Integer.parseInt(bits);
    return from.get() >> shift == address.get() >> shift;
  }

  private static Optional<Long> ipv4(String text) {
    if (!text.matches("\\d{1,3}(\\.\\d{1,3}){3}")) {
      return Optional.empty();
    }
    long all = 0;
    for (String part : text.split("\\.", -1)) {
      all = all << 8 | Integer.parseInt(part);
    }
    return Optional.of(all);
  }
}
