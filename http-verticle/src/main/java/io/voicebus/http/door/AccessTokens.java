package io.voicebus.http.door;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The access tokens of a server. Each has a name, by which the limits of a client are counted; one
 * token can be revoked without the others.
 */
public final class AccessTokens {
  /** Of a token that was given without a name. */
  static final String UNNAMED = "default";

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,64}");

  private final Map<String, AccessToken> byName = new LinkedHashMap<>();

  private AccessTokens() {}

  /**
   * Reads {@code TOKEN} or {@code NAME:TOKEN}, separated by commas or lines; what follows a {@code
   * #} at the beginning of a line is a remark.
   *
   * @param from what to call the place where they stand, in messages
   * @throws IllegalArgumentException says what is wrong, without repeating it: it may be a secret
   */
  static AccessTokens parse(String text, String from) {
    AccessTokens tokens = new AccessTokens();
    int entry = 0;
    for (String line : text.split("\\R", -1)) {
      if (line.strip().startsWith("#")) {
        continue;
      }
      for (String item : line.split(",", -1)) {
        if (!item.isBlank()) {
          entry++;
          tokens.add(item.strip(), entry == 1 ? from : from + ", entry " + entry + ",");
        }
      }
    }
    if (tokens.byName.isEmpty()) {
      throw new IllegalArgumentException(
          from + " has no token in it: give one, or several as NAME:TOKEN, one a line");
    }
    return tokens;
  }

  private void add(String item, String place) {
    int colon = item.indexOf(':');
    String name = colon < 0 ? UNNAMED : item.substring(0, colon);
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          place + " has a name that is none: it may have 64 letters, digits and . _ -");
    }
    AccessToken token = AccessToken.of(item.substring(colon + 1), place);
    if (nameOf(item.substring(colon + 1)).isPresent()) {
      throw new IllegalArgumentException(place + " has the token of another entry");
    }
    if (byName.put(name, token) != null) {
      throw new IllegalArgumentException(
          place + " has the name '" + name + "' again: give each token a name of its own");
    }
  }

  /**
   * The name of the token that this is; takes as long for every text of the same length, whether
   * and whichever it is.
   */
  Optional<String> nameOf(String text) {
    String found = null;
    for (Map.Entry<String, AccessToken> each : byName.entrySet()) {
      found = each.getValue().matches(text) ? each.getKey() : found;
    }
    return Optional.ofNullable(found);
  }

  /** Gives each with its name. */
  void forEach(BiConsumer<String, AccessToken> action) {
    byName.forEach(action);
  }

  /** These and those; null for none of either. */
  static @Nullable AccessTokens both(@Nullable AccessTokens some, @Nullable AccessTokens others) {
    if (some == null || others == null) {
      return some == null ? others : some;
    }
    AccessTokens all = new AccessTokens();
    all.byName.putAll(some.byName);
    others.byName.forEach(
        (name, token) -> {
          if (all.byName.put(name, token) != null) {
            throw new IllegalArgumentException(
                "access-token and access-token-file both have a token with the name '"
                    + name
                    + "': give each a name of its own, as NAME:TOKEN");
          }
        });
    return all;
  }

  @Override
  public String toString() {
    return "AccessTokens" + byName.keySet();
  }
}
