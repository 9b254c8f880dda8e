package io.voicebus.chunker.spoken;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Rules that replace parts of a text by what is said for them. Each rule matches the text as it is
 * written. A part that an earlier rule has replaced is not replaced again, but later rules see it
 * around their own match.
 */
final class Rules {
  /** What is said for a match. */
  interface Say {
    /**
     * The words, without blanks around them; empty for silence, the match itself to keep it from
     * later rules, null to leave it to them.
     */
    @Nullable String of(Match match);
  }

  private record Rule(Characters needs, LatePattern pattern, Say say) {}

  /**
   * Characters that are looked for in a text: each text is read once, however many rules there are.
   *
   * @param low a bit for each character below 64
   * @param high a bit for each from 64 to 127
   * @param others all other ones
   */
  private record Characters(long low, long high, String others) {
    private static final String DIGITS = "0123456789";

    static Characters of(String text) {
      long low = 0;
      long high = 0;
      StringBuilder others = new StringBuilder();
      for (int i = 0; i < text.length(); i++) {
        char c = text.charAt(i);
        if (c < 64) {
          low |= 1L << c;
        } else if (c < 128) {
          high |= 1L << (c - 64);
        } else {
          others.append(c);
        }
      }
      return new Characters(low, high, others.toString());
    }

    /** Those of a rule, where 0 stands for any digit. */
    static Characters ofRule(String needs) {
      return of(needs.startsWith("0") ? DIGITS + needs.substring(1) : needs);
    }

    boolean isEmpty() {
      return low == 0 && high == 0 && others.isEmpty();
    }

    boolean hasOneOf(Characters wanted) {
      if ((low & wanted.low) != 0 || (high & wanted.high) != 0) {
        return true;
      }
      for (int i = 0; i < wanted.others.length() && !others.isEmpty(); i++) {
        if (others.indexOf(wanted.others.charAt(i)) >= 0) {
          return true;
        }
      }
      return false;
    }
  }

  private record Part(int start, int end, String said) {}

  /** At the start or end of what is said: it is part of the word beside it. */
  static final String GLUE = "\uE000";

  private static final Pattern NUMBER_SIGN = Pattern.compile("(?<!\\\\)#");

  private final List<Rule> rules = new ArrayList<>();
  private final Map<String, Supplier<String>> macros = new HashMap<>();

  /** Lets patterns say {@code <name>} for a part. */
  void define(String name, String pattern) {
    define(name, () -> pattern);
  }

  /** The same of a part that is not known before a pattern is compiled that has it. */
  void define(String name, Supplier<String> pattern) {
    macros.put("<" + name + ">", pattern);
  }

  /**
   * A rule that comes after those so far.
   *
   * @param needs characters of which the text must have one, 0 standing for any digit; empty for
   *     any text
   * @param pattern in the syntax of {@link Pattern#COMMENTS}; {@code \h} stands for a blank
   */
  void add(String needs, String pattern, Say say) {
    rules.add(new Rule(Characters.ofRule(needs), pattern(pattern), say));
  }

  /** A pattern with its parts by name filled in, of those that are defined when it is used. */
  LatePattern pattern(String pattern) {
    return new LatePattern(() -> compile(pattern));
  }

  private Pattern compile(String pattern) {
    String whole = NUMBER_SIGN.matcher(pattern).replaceAll("\\\\#"); // would begin a comment
    for (int depth = 0; depth < 3; depth++) {
      for (Map.Entry<String, Supplier<String>> macro : macros.entrySet()) {
        if (whole.contains(macro.getKey())) {
          whole = whole.replace(macro.getKey(), macro.getValue().get());
        }
      }
    }
    return Pattern.compile(LookAhead.first(whole), Pattern.COMMENTS);
  }

  /** The patterns in their order. */
  List<Pattern> patterns() {
    return rules.stream().map(rule -> rule.pattern.get()).toList();
  }

  /** The text with all that the rules find replaced. */
  SaidText apply(String text) {
    List<Part> parts = new ArrayList<>();
    Characters written = Characters.of(text);
    for (Rule rule : rules) {
      if (rule.needs.isEmpty() || written.hasOneOf(rule.needs)) {
        apply(rule, text, parts);
      }
    }
    return parts.isEmpty() ? SaidText.same(text) : join(text, parts);
  }

  private static void apply(Rule rule, String text, List<Part> parts) {
    Matcher matcher = rule.pattern.get().matcher(text);
    matcher.useTransparentBounds(true).useAnchoringBounds(false);
    List<Part> found = new ArrayList<>();
    int from = 0;
    for (int i = 0; i <= parts.size(); i++) {
      int to = i < parts.size() ? parts.get(i).start : text.length();
      if (to > from) {
        matcher.region(from, to);
        Match match = new Match(matcher, text);
        while (matcher.find()) {
          String said = matcher.end() > matcher.start() ? rule.say.of(match) : null;
          if (said != null) {
            found.add(new Part(matcher.start(), matcher.end(), said));
          }
        }
      }
      from = i < parts.size() ? parts.get(i).end : to;
    }
    if (!found.isEmpty()) {
      parts.addAll(found);
      parts.sort(Comparator.comparingInt(Part::start));
    }
  }

  /** Puts the parts together, with a blank where two words would touch. */
  private static SaidText join(String text, List<Part> parts) {
    StringBuilder said = new StringBuilder();
    List<SaidText.Edit> edits = new ArrayList<>();
    int at = 0;
    boolean glue = false; // the last thing was a replacement
    for (Part part : parts) {
      glue = append(said, edits, text, at, part.start, glue);
      String words = part.said;
      boolean same = text.startsWith(words, part.start) && words.length() == part.end - part.start;
      if (same) {
        glue = append(said, edits, text, part.start, part.end, glue);
        at = part.end;
        continue;
      }
      boolean gluedBefore = words.startsWith(GLUE);
      boolean gluedAfter = words.endsWith(GLUE) && words.length() > 1;
      words = words.replace(GLUE, "");
      int saidStart = said.length();
      if (words.isEmpty()) {
        boolean blank = !said.isEmpty() && said.charAt(said.length() - 1) == ' ';
        boolean after =
            part.end < text.length() && !Character.isLetterOrDigit(text.charAt(part.end));
        int start = part.start;
        if (blank && (after || part.end == text.length()) && start > at) {
          said.setLength(said.length() - 1);
          saidStart--;
          start--;
        }
        edits.add(new SaidText.Edit(start, part.end, saidStart, said.length()));
        at = part.end;
        continue;
      }
      char last = said.isEmpty() ? ' ' : said.charAt(said.length() - 1);
      boolean touches = isWord(last) || (glue && isClosing(last));
      if (touches && !gluedBefore && isWord(words.charAt(0))) {
        said.append(' ');
      }
      said.append(words);
      boolean stops = words.endsWith(".") && text.startsWith(".", part.end);
      boolean elided = words.endsWith("'") && text.startsWith(" ", part.end);
      at = part.end + (stops || elided ? 1 : 0); // "5pm." has the stop of "p.m.", "d'" no blank
      edits.add(new SaidText.Edit(part.start, at, saidStart, said.length()));
      glue = !gluedAfter;
    }
    append(said, edits, text, at, text.length(), glue);
    return new SaidText(said.toString(), edits);
  }

  private static boolean append(
      StringBuilder said, List<SaidText.Edit> edits, String text, int from, int to, boolean glue) {
    if (from >= to) {
      return glue;
    }
    char last = said.isEmpty() ? ' ' : said.charAt(said.length() - 1);
    char first = text.charAt(from);
    if (glue && isWord(first) && isWord(last)) {
      edits.add(new SaidText.Edit(from, from, said.length(), said.length() + 1));
      said.append(' ');
    }
    said.append(text, from, to);
    return false;
  }

  private static boolean isWord(char c) {
    return Character.isLetterOrDigit(c);
  }

  private static boolean isClosing(char c) {
    return c == '.' || c == ',' || c == ')';
  }
}
