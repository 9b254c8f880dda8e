package io.voicebus.http.door;

/**
 * The path under which a proxy offers this server, such as {@code /voice}; empty for none. Requests
 * may come with it or without it, since some proxies remove it and others do not.
 *
 * @param path without a slash at its end
 */
public record BasePath(String path) {
  /** The path of a server without a proxy's path. */
  public static final BasePath NONE = new BasePath("");

  /**
   * The path under which browsers find one of this server's paths.
   *
   * @param own begins with a slash
   */
  public String below(String own) {
    return path + own;
  }

  /** Removes this path from the path of a request; never empty. */
  public String strip(String requested) {
    if (path.isEmpty() || !requested.startsWith(path)) {
      return requested;
    }
    String own = requested.substring(path.length());
    return own.isEmpty() ? "/" : own.startsWith("/") ? own : requested;
  }
}
