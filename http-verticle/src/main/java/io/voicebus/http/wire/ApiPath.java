package io.voicebus.http.wire;

import java.util.regex.Pattern;

/**
 * Corrects the paths of other services' clients. Their base URL is typed by hand, so it may lack
 * the version, have it twice, or end in a slash that the client adds once more.
 */
public final class ApiPath {
  private static final Pattern SLASHES = Pattern.compile("//+");

  /** {@code /v1} in {@code /v1/v1/models}: a version before another one. */
  private static final Pattern REPEATED = Pattern.compile("^(?:/v[12](?=/v[12]/)){1,8}");

  private ApiPath() {}

  /**
   * The intended path, from its version on.
   *
   * @param path path of the request as it was sent; may begin with the path of a proxy
   */
  public static String meant(String path) {
    String single = SLASHES.matcher(path).replaceAll("/");
    int version = version(single);
    if (version < 0) {
      return "/v1" + single;
    }
    return REPEATED.matcher(single.substring(version)).replaceFirst("");
  }

  private static int version(String path) {
    int first = path.indexOf("/v1/");
    int second = path.indexOf("/v2/");
    return first < 0 ? second : second < 0 ? first : Math.min(first, second);
  }
}
