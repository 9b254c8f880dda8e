package io.voicebus.http.door;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.SocketAddress;
import io.voicebus.http.wire.AcceptHeader;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The sender of a request: the name of its access token or, without tokens, its address. The {@link
 * Door} writes it into a header of the request, as proxies do, and overwrites what the client sent
 * there.
 *
 * @param name the token's name or the address; addresses are in no answer and no log
 * @param trace value of the request's {@code traceparent}; empty for none
 * @param language what it prefers by its {@code Accept-Language}, as a two-letter code; empty if it
 *     does not say
 */
public record Caller(String name, String trace, String language) {
  private static final String HEADER = "voicebus-caller";

  /** Of W3C Trace Context, level 1, section 3.2: version 00, of which later ones are readable. */
  private static final Pattern TRACE =
      Pattern.compile("(?!ff)[0-9a-f]{2}-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}");

  /** Groups of an IPv6 address that one customer of a network shares: a /64. */
  private static final int IPV6_GROUPS = 4;

  /** The sender of a request that the door has admitted. */
  public static Caller of(HttpServerRequest request) {
    String name = request.headers().get(HEADER);
    String trace = request.headers().get("traceparent");
    return new Caller(
        name == null ? "" : name,
        trace != null && TRACE.matcher(trace).matches() ? trace : "",
        AcceptHeader.language(request));
  }

  /** A sender whose request belongs to no trace, and names no language. */
  public Caller(String name) {
    this(name, "", "");
  }

  /** Notes who sends this request. */
  void on(HttpServerRequest request) {
    request.headers().set(HEADER, name);
  }

  /** One that has a token. */
  static Caller withToken(String token) {
    return new Caller("token " + token);
  }

  /** One that is only known by its address; of IPv6 by its network, which has many for each. */
  static Caller at(String address) {
    String[] groups = address.split(":", -1);
    if (groups.length <= IPV6_GROUPS) {
      return new Caller("address " + address);
    }
    return new Caller("network " + String.join(":", List.of(groups).subList(0, IPV6_GROUPS)));
  }

  /** The peer's address, as text; Vert.x writes IPv6 without {@code ::}. */
  static String address(HttpServerRequest request) {
    SocketAddress peer = request.connection().remoteAddress();
    return peer == null ? "" : String.valueOf(peer.hostAddress());
  }
}
