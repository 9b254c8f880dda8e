package io.voicebus.http.door;

import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/**
 * Says which pages may send requests: any page could otherwise spend the user's credits with a
 * simple form post, even if it cannot read the answer.
 */
final class OriginCheck {
  private final Set<String> others = new TreeSet<>();

  /** Allows pages of this server, and those of other origins, such as {@code https://a.example}. */
  OriginCheck(Set<String> others) {
    others.forEach(origin -> this.others.add(origin.toLowerCase(Locale.ROOT)));
  }

  /**
   * Whether the page is one of this server's.
   *
   * @param origin the {@code Origin} header
   * @param host the {@code Host} header, allowed by {@link HostCheck}
   */
  boolean same(String origin, String host) {
    String page = origin.toLowerCase(Locale.ROOT);
    String authority = host.toLowerCase(Locale.ROOT);
    return page.equals("http://" + authority) || page.equals("https://" + authority);
  }

  /** Whether there are others. */
  boolean any() {
    return !others.isEmpty();
  }

  /** Whether it is one of the others that were allowed. */
  boolean listed(String origin) {
    return others.contains(origin.toLowerCase(Locale.ROOT));
  }
}
