package io.voicebus.http.wire;

import io.vertx.core.http.HttpServerRequest;
import io.voicebus.contract.LanguageTag;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads what a client accepts. */
public final class AcceptHeader {
  /**
   * RFC 9110, section 12.4.2; blanks are let pass. {@code ;q=0.5} is 0.5, {@code q=7} is nothing.
   */
  private static final Pattern WEIGHT =
      Pattern.compile("\\s*+[qQ]\\s*+=\\s*+(0(?:\\.[0-9]{0,3})?|1(?:\\.0{0,3})?)\\s*+");

  private AcceptHeader() {}

  /** Whether the client prefers HTML to plain text; browsers do, curl does not. */
  public static boolean prefersHtml(HttpServerRequest request) {
    String accept = String.join(",", request.headers().getAll("Accept"));
    return quality(accept, Set.of("text/html")) > quality(accept, Set.of("text/plain"));
  }

  /**
   * The language that the client prefers, as a two-letter code; empty if it names none. Browsers
   * name the user's languages, programs mostly none.
   */
  public static String language(HttpServerRequest request) {
    String preferred = "";
    double most = 0;
    for (String range : split(String.join(",", request.headers().getAll("Accept-Language")), ',')) {
      List<String> parts = split(range, ';');
      String code = LanguageTag.code(parts.get(0).trim()).orElse("");
      double quality = quality(parts);
      if (!code.isEmpty() && quality > most) {
        preferred = code;
        most = quality;
      }
    }
    return preferred;
  }

  /**
   * The quality of the most specific range that matches, from 0 to 1; 0 for none.
   *
   * @param accept the header's value
   * @param names names of the media type, all in the same group, such as {@code audio}
   */
  public static double quality(String accept, Set<String> names) {
    String group = names.iterator().next().split("/", 2)[0] + "/*";
    double quality = 0;
    int specific = -1;
    for (String range : split(accept, ',')) {
      List<String> parts = split(range, ';');
      String name = parts.get(0).trim().toLowerCase(Locale.ROOT);
      int level = names.contains(name) ? 2 : name.equals(group) ? 1 : name.equals("*/*") ? 0 : -1;
      if (level > specific) {
        specific = level;
        quality = quality(parts);
      } else if (level >= 0 && level == specific) {
        quality = Math.max(quality, quality(parts));
      }
    }
    return quality;
  }

  /** The weight of a range; 1 where it has none, or one that is not well-formed. */
  private static double quality(List<String> parts) {
    for (String part : parts.subList(1, parts.size())) {
      Matcher weight = WEIGHT.matcher(part);
      if (weight.matches()) {
        return Double.parseDouble(weight.group(1));
      }
    }
    return 1;
  }

  /** The parts between these marks, but for marks within quotes. */
  private static List<String> split(String text, char mark) {
    List<String> parts = new ArrayList<>();
    StringBuilder part = new StringBuilder();
    boolean quoted = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (quoted && c == '\\' && i + 1 < text.length()) {
        part.append(c).append(text.charAt(++i));
      } else if (c == mark && !quoted) {
        parts.add(part.toString());
        part.setLength(0);
      } else {
        quoted ^= c == '"';
        part.append(c);
      }
    }
    parts.add(part.toString());
    return parts;
  }
}
