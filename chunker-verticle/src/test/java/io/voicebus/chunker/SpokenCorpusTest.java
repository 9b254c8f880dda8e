package io.voicebus.chunker;

import static org.assertj.core.api.Assertions.assertThat;

import io.voicebus.chunker.spoken.SpokenForms;
import io.voicebus.contract.ChunkEnd;
import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Runs {@code spoken/<language>/<kind>.tsv}: what a model writes, a tab, and what is said, or
 * several ways to say it with {@code |} between. Markdown is removed as in a turn. Case does not
 * matter, nor do hyphens, the comma after a word, blanks before a mark, a doubled stop, the accents
 * of Dutch "één", and "and" within an English number.
 */
class SpokenCorpusTest {
  private static final Pattern HYPHEN =
      Pattern.compile("(?<=[\\p{L}\\p{N}])[-‑](?=[\\p{L}\\p{N}])");
  private static final Pattern COMMA = Pattern.compile("(?<=[\\p{L}\\p{N}.]),(?=\\s|$)");
  private static final Pattern AND =
      Pattern.compile("(?<=hundred|thousand|million|billion) and (?=[a-z])");
  private static final Pattern MARKS = Pattern.compile("\\s+(?=[.,!?;:])");
  private static final Pattern STOPS = Pattern.compile("\\.{2,}");
  private static final Pattern BLANKS = Pattern.compile("[\\s\u00A0\u202F\u2009\u00AD]+");

  private record Count(int lines, int wrong) {}

  @ParameterizedTest
  @ValueSource(strings = {"en", "de", "fr", "es", "it", "nl", "pt"})
  void saysWhatPeopleSay(String language) throws IOException, URISyntaxException {
    SpokenForms forms = new SpokenForms(language);
    Map<String, Count> counts = new TreeMap<>();
    List<String> wrong = new ArrayList<>();
    try (Stream<Path> kinds = Files.list(folder(language))) {
      for (Path kind : kinds.filter(file -> file.toString().endsWith(".tsv")).sorted().toList()) {
        int missed = wrong.size();
        List<String> lines =
            Files.readAllLines(kind, StandardCharsets.UTF_8).stream()
                .filter(line -> !line.isBlank() && line.charAt(0) != '#')
                .toList();
        lines.forEach(line -> check(forms, kind.getFileName().toString(), line, wrong));
        counts.put(kind.getFileName().toString(), new Count(lines.size(), wrong.size() - missed));
      }
    }
    counts.forEach(
        (kind, count) ->
            System.out.printf(
                "spoken %s %-24s %4d lines, %3d wrong (%.1f %%)%n",
                language, kind, count.lines, count.wrong, 100.0 * count.wrong / count.lines));
    assertThat(wrong).as("%d lines", wrong.size()).isEmpty();
  }

  private static void check(SpokenForms forms, String kind, String line, List<String> wrong) {
    String[] fields = line.split("\t", -1);
    if (fields.length != 2) {
      wrong.add(kind + ": no tab in " + line);
      return;
    }
    String said = forms.say(withoutMarkdown(fields[0])).said();
    boolean right =
        Stream.of(fields[1].split(" \\| ", -1)).anyMatch(way -> same(way).equals(same(said)));
    if (!right) {
      wrong.add("%s: %s → %s, not %s".formatted(kind, fields[0], said, fields[1]));
    }
  }

  private static String same(String said) {
    String text = said.toLowerCase(Locale.ROOT).replace('’', '\'').replace("één", "een");
    text = MARKS.matcher(text).replaceAll("");
    text = HYPHEN.matcher(text).replaceAll(" ");
    text = COMMA.matcher(text).replaceAll("");
    text = STOPS.matcher(text).replaceAll(".");
    text = BLANKS.matcher(text).replaceAll(" ");
    return AND.matcher(text).replaceAll(" ").strip();
  }

  private static String withoutMarkdown(String written) {
    StringBuilder text = new StringBuilder();
    MarkdownFilter filter =
        new MarkdownFilter(new Joined(text), new CodeRemark("", () -> "en"), false);
    int at = 0;
    while (at < written.length()) {
      int cp = written.codePointAt(at);
      at += Character.charCount(cp);
      filter.accept(cp, at);
    }
    filter.flush();
    return BLANKS.matcher(text).replaceAll(" ").strip();
  }

  /** The whole text in one piece, wherever sentences end. */
  private record Joined(StringBuilder text) implements SpokenText {
    @Override
    public void text(int codePoint, long end, boolean verbatim) {
      text.appendCodePoint(codePoint);
    }

    @Override
    public void lineBreak(long end) {
      text.append(' ');
    }

    @Override
    public void cellBreak(long end) {
      text.append(", ");
    }

    @Override
    public void pause() {}

    @Override
    public void blockBreak(ChunkEnd end) {
      text.append(' ');
    }
  }

  private static Path folder(String language) throws URISyntaxException {
    URL sentences = SpokenCorpusTest.class.getResource("spoken/" + language + "/sentences.tsv");
    return Path.of(Objects.requireNonNull(sentences).toURI()).resolveSibling("");
  }
}
