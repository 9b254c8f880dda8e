package io.voicebus.launcher;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The Markdown files of the project, for tests that compare them with what there is. */
final class Documentation {
  static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

  private static final Pattern FENCE = Pattern.compile("(?ms)^\\s*```[a-z]*\\n(.*?)^\\s*```\\s*$");
  private static final Pattern INLINE = Pattern.compile("`([^`\\n]++)`");
  private static final Pattern HEADING = Pattern.compile("(?m)^#{1,6} (.*)$");

  /** {@code word "two words" 'and three'} → each of them. */
  private static final Pattern WORD = Pattern.compile("\"([^\"]*+)\"|'([^']*+)'|(\\S++)");

  private Documentation() {}

  /** README.md, CONTRIBUTING.md, and everything in docs. */
  static List<Path> pages() {
    try (Stream<Path> docs = Files.walk(ROOT.resolve("docs"))) {
      return Stream.concat(
              Stream.of(ROOT.resolve("README.md"), ROOT.resolve("CONTRIBUTING.md")),
              docs.filter(file -> file.toString().endsWith(".md")))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A page without its blocks of code. */
  static String prose(Path page) {
    return FENCE.matcher(text(page)).replaceAll("");
  }

  /** The anchors of a page, as GitHub makes them of its headings. */
  static Set<String> anchors(Path page) {
    Set<String> anchors = new HashSet<>();
    Map<String, Integer> seen = new HashMap<>();
    for (String heading : all(HEADING, prose(page))) {
      String anchor =
          heading
              .replaceAll("\\[([^]]*)]\\([^)]*\\)", "$1")
              .strip()
              .toLowerCase(Locale.ROOT)
              .replaceAll("[^\\p{L}\\p{N}_\\- ]", "")
              .replace(' ', '-');
      int before = seen.merge(anchor, 1, Integer::sum) - 1;
      anchors.add(before == 0 ? anchor : anchor + "-" + before);
    }
    return anchors;
  }

  /** Lines of code, from blocks and within sentences; a line that a backslash continues is one. */
  static List<String> code(Path page) {
    List<String> lines = new ArrayList<>();
    for (String block : all(FENCE, text(page))) {
      block.replace("\\\n", " ").lines().forEach(lines::add);
    }
    lines.addAll(all(INLINE, prose(page)));
    return lines;
  }

  /** The first group of each match. */
  static List<String> all(Pattern pattern, String text) {
    return pattern.matcher(text).results().map(match -> match.group(1)).toList();
  }

  /**
   * The arguments of a program wherever a line of code calls it, up to the end of that command.
   *
   * @param program a regular expression
   */
  static List<List<String>> calls(String program, String line) {
    Pattern call =
        Pattern.compile(
            "(?<![\\w/.-])(?:\\./|/\\S*/)?"
                + program
                + "((?: (?:\"[^\"]*+\"|'[^']*+'|[^|<>&;#)\"'])*+)?+)");
    return call.matcher(line).results().map(match -> words(match.group(1))).toList();
  }

  private static List<String> words(String arguments) {
    Matcher matcher = WORD.matcher(arguments);
    return matcher.results().map(Documentation::word).toList();
  }

  private static String word(MatchResult match) {
    for (int group = 1; group <= 3; group++) {
      if (match.group(group) != null) {
        return match.group(group);
      }
    }
    return "";
  }
}
