package io.voicebus.http.door;

import io.vertx.core.MultiMap;
import java.net.URI;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Says whether a page of another site has a browser fetch something with {@code GET}, as an {@code
 * <audio>} does: that has no {@code Origin}, and costs as much as a {@code POST} where it makes
 * speech.
 */
final class SiteCheck {
  /** What browsers say of requests of the page's own origin, and of addresses that were typed. */
  private static final Set<String> OWN = Set.of("same-origin", "none");

  private SiteCheck() {}

  /**
   * Whether the request may come.
   *
   * @param headers of a request that has no {@code Origin}
   * @param allowed whether pages of an origin may send requests
   */
  static boolean passes(MultiMap headers, Predicate<String> allowed) {
    String purpose = headers.get("Sec-Purpose");
    if (purpose != null && purpose.contains("prefetch")) {
      return false;
    }
    String referrer = headers.get("Referer");
    if (referrer != null && !allowed.test(origin(referrer))) {
      return false;
    }
    String site = headers.get("Sec-Fetch-Site");
    return site == null || OWN.contains(site) || referrer != null;
  }

  private static String origin(String url) {
    try {
      URI uri = URI.create(url);
      return uri.getScheme() + "://" + uri.getRawAuthority();
    } catch (IllegalArgumentException notAUrl) {
      return "";
    }
  }
}
