package io.voicebus.http.door;

/**
 * The path under which a proxy offers this server, such as {@code /voice}; empty for none. Requests
 * may come with it or without it, since some proxies take it away and others do not.
 *
 * @param path without a slash at its end
 */
public record BasePath(String path) {
  /** A server of its own. */
  public static final BasePath NONE = new BasePath("");

  /** Where browsers find one of this server's paths, which begins with a slash. */
  public String below(String own) {
    return path + own;
  }

  /** This server's own path of a request's; never empty. */
  public String strip(String requested) {
    if (path.isEmpty() || !requested.startsWith(path)) {
      return requested;
    }
    String own = requested.substring(path.length());
    return own.isEmpty() ? "/" : own.startsWith("/") ? own : requested;
  }
}
