package io.voicebus.chunker.spoken;

import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Moves of chess, totals of cricket, minutes of matches. */
final class Games {
  private static final Map<String, String> PIECES =
      Map.of("K", "king", "Q", "queen", "R", "rook", "B", "bishop", "N", "knight");

  /** Where these are talked of, "e4" and "Nf3" are moves. */
  private static final Pattern CHESS =
      Pattern.compile(
          "(?<!\\p{L})(?:[Cc]hess|[Cc]heckmat\\p{L}{1,3}|[Mm]ate|[Pp]awns?|[Kk]nights?|[Bb]ishops?|[Rr]ooks?|[Gg]ambit|[Cc]astl\\p{L}{1,3}|Sicilian|Ruy Lopez|White|Black)(?!\\p{L})|\\d\\.{1,3}\\h?(?:[a-h][1-8]|[KQRBN][a-h])|(?<!\\p{L})[KQRBN]?[a-h][1-8][+#]?\\h[KQRBN][a-h][1-8]");

  private static final Pattern CRICKET =
      Pattern.compile(
          "(?i)(?<!\\p{L})(?:declared|wickets?|innings|stumps|all out|overs|cricket|bowled|batsm[ae]n|batting)(?!\\p{L})");

  /** A text that ends with a move. */
  private static final Pattern MOVED =
      Pattern.compile("(?:[a-h][1-8](?:=[QRBN])?|O-O)[+#!?]{0,3}$");

  private static final Pattern BOWLED =
      Pattern.compile(
          "(?<!\\p{L})(?:took|takes|with|figures(?: of)?|finished(?: with)?|claimed) $");

  private Games() {}

  static void add(Rules rules, Language language) {
    // "gol al 45'+2", "in the 90+3' minute"
    rules.add(
        "+",
        "<B> (?<n> 45|90|105|120 ) (?: (?<q> ['’′] ) \\+ | \\+ ) (?<m> \\d{1,2} ) (?: ['’′] | (?<= ['’′] \\+ \\d{1,2} ) ) (?! [\\p{L}\\p{N}] )",
        m ->
            language.small(m.of("n"))
                + " "
                + language.of("plus")
                + " "
                + language.small(m.of("m")));
    if (!language.is("en")) {
      return;
    }
    // "458/7 at stumps"
    rules.add(
        "/",
        "<B> (?<a> [2-9]\\d | \\d{3} ) / (?<b> \\d ) (?! [\\p{L}\\p{N}_/%] | [.,]\\p{N} )",
        m ->
            CRICKET.matcher(m.text()).find()
                ? language.small(m.of("a")) + " for " + language.small(m.of("b"))
                : null);
    // "Bumrah took 5/41"
    rules.add(
        "/",
        "<B> (?<a> \\d{1,2} ) / (?<b> \\d{1,3} ) (?! [\\p{L}\\p{N}_/%] | [.,]\\p{N} )",
        m ->
            m.integer("a") <= 10
                    && BOWLED.matcher(m.before()).find()
                    && CRICKET.matcher(m.text()).find()
                ? language.small(m.of("a")) + " for " + language.small(m.of("b"))
                : null);
    // "1.e4 c5 2.Nf3", "1. d4 Nf6", "3... a6"
    rules.add(
        "0",
        "(?: (?<= [\\p{L}\\p{N}+\\#!?] ) (?<gap> \\h ) )? (?<![\\p{L}\\p{N}.]) (?<n> \\d{1,3} ) \\.{1,3} \\h? (?= (?: [KQRBN]? [a-h]? [1-8]? x? [a-h][1-8] (?! [\\p{L}\\p{N}] ) | [KQRBN]? [a-h]? [1-8]? x? [a-h][1-8] [=+\\#] | O-O ) )",
        m ->
            (m.has("gap") ? MOVED.matcher(m.before()).find() ? ", " : " " : "")
                + language.small(m.of("n"))
                + ", ");
    // "O-O-O", "0-0": castling
    rules.add(
        "O",
        "(?<![\\p{L}\\p{N}-]) O-O (?<long> -O )? (?<mark> [+#] )? (?! [\\p{L}\\p{N}-] )",
        m ->
            (m.before().contains("astl") ? "" : "castles ")
                + (m.has("long") ? "queenside" : "kingside")
                + end(m.of("mark"), ""));
    // "Nf3", "Qxf7#", "exd5", "e8=Q+", "Nbd2", "R1e2"
    rules.add(
        "12345678",
        "(?<![\\p{L}\\p{N}_-] | \\p{L}\\.) (?: (?<p> [KQRBN] ) (?<f> [a-h]? [1-8]? ) (?<x> x )? | (?<file> [a-h] ) (?<fx> x ) | ) (?<to> [a-h][1-8] ) (?: = (?<new> [QRBN] ) )? (?<mark> [+#] )? (?! [\\p{L}\\p{N}_] | [-./=]\\p{N} | \\h?[=^(] )",
        Games::move);
  }

  private static @Nullable String move(Match m) {
    if (m.before().endsWith(".") && m.before().matches("(?s).*\\.\\d{1,3}\\.")) {
      return null; // "2.1.a1"
    }
    boolean sure = m.has("x") || (m.has("mark") && m.has("p"));
    if (!sure && !CHESS.matcher(m.text()).find()) {
      return null;
    }
    StringBuilder said = new StringBuilder();
    said.append(m.has("p") ? PIECES.get(m.of("p")) + " " : "");
    said.append(squares(m.of("f") + m.of("file")));
    said.append(m.has("x") || m.has("fx") ? "takes " : "");
    said.append(squares(m.of("to")).strip());
    return said + end(m.of("mark"), m.of("new"));
  }

  private static String end(String mark, String piece) {
    String promoted = piece.isEmpty() ? "" : " promotes to " + PIECES.get(piece);
    return promoted + (mark.equals("+") ? " check" : mark.equals("#") ? " mate" : "");
  }

  /** "e4" as "e four", "b" as "b". */
  private static String squares(String written) {
    StringBuilder said = new StringBuilder();
    for (int i = 0; i < written.length(); i++) {
      char c = written.charAt(i);
      said.append(
              Character.isDigit(c)
                  ? new String[] {"one", "two", "three", "four", "five", "six", "seven", "eight"}
                      [c - '1']
                  : String.valueOf(c))
          .append(' ');
    }
    return said.toString();
  }
}
