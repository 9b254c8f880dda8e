package io.voicebus.chunker.spoken;

import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Moves of chess: "Nf3", "Sxe4", "O-O", with the letters and names of the pieces as data. */
final class Chess {
  /** Where these are talked of, "e4" and "Nf3" are moves. */
  private static final Pattern TOPIC =
      Pattern.compile(
          "(?<!\\p{L})(?:[Cc]hess|[Cc]heckmat\\p{L}{1,3}|[Mm]ate|[Pp]awns?|[Kk]nights?|[Bb]ishops?|[Rr]ooks?|[Gg]ambit|[Cc]astl\\p{L}{1,3}|Sicilian|Ruy Lopez|White|Black"
              + "|Schach\\p{L}{0,12}|Springers?|Läufers?|Turms?|Türme|Bauern?|Rochade|[Rr]ochier\\p{L}{1,2}|Weiß|Schwarz|Eröffnung|Sizilianisch\\p{L}{0,2})(?!\\p{L})"
              + "|\\d\\.{1,3}\\h?(?:[a-h]x?[a-h]?[1-8]|[KQRBNDTLS]x?[a-h])|(?<!\\p{L})[KQRBNDTLS]?[a-h][1-8][+#]?\\h[KQRBNDTLS][a-h][1-8]");

  private final Language language;
  private final Map<String, String> pieces;

  private Chess(Language language) {
    this.language = language;
    pieces = language.words().map("chess");
  }

  static void add(Rules rules, Language language) {
    if (!language.words().has("chess")) {
      return;
    }
    Chess chess = new Chess(language);
    rules.define("PIECE", "[" + String.join("", chess.pieces.keySet()) + "]");
    rules.define("SQUARES", "<PIECE>? [a-h]? [1-8]? x? [a-h][1-8]");
    // a text that ends with a move
    LatePattern moved =
        rules.pattern("(?: [a-h][1-8] (?: =<PIECE> )? | [O0]-[O0] ) [+\\#!?]{0,3} $");
    // "1.e4 c5 2.Nf3", "1. d4 Nf6", "3... a6", "13. 0-0"
    rules.add(
        "0",
        "(?: (?<= [\\p{L}\\p{N}+\\#!?] ) (?<gap> \\h ) )? (?<![\\p{L}\\p{N}.]) (?<n> \\d{1,3} ) \\.{1,3} \\h? (?= (?: <SQUARES> (?! [\\p{L}\\p{N}] ) | <SQUARES> [=+\\#] | O-O | 0-0 (?! \\h?[.:,]?\\d ) ) )",
        m ->
            (m.has("gap") ? m.follows(moved) ? ", " : " " : "") + language.small(m.of("n")) + ", ");
    // "O-O-O", "0-0": castling
    rules.add(
        "O0",
        "(?<![\\p{L}\\p{N}-]) (?: O-O (?<long> -O )? | (?<zeros> 0-0 ) (?<longer> -0 )? ) (?<mark> [+#] )? (?! [\\p{L}\\p{N}-] )",
        chess::castling);
    // "Nf3", "Qxf7#", "exd5", "e8=Q+", "Nbd2", "R1e2"
    rules.add(
        "12345678",
        "(?<![\\p{L}\\p{N}_-] | \\p{L}\\.) (?: (?<p> <PIECE> ) (?<f> [a-h]? [1-8]? ) (?<x> x )? | (?<file> [a-h] ) (?<fx> x ) | ) (?<to> [a-h][1-8] ) (?: = (?<new> <PIECE> ) )? (?<mark> [+#] )? (?! [\\p{L}\\p{N}_] | [-./=]\\p{N} | \\h?[=^] | \\( )",
        chess::move);
  }

  private @Nullable String castling(Match m) {
    if (m.has("zeros") && !TOPIC.matcher(m.text()).find()) {
      return null; // a score
    }
    String side =
        language.of(m.has("long") || m.has("longer") ? "chess-queenside" : "chess-kingside");
    boolean named = language.is("en") && !m.before().contains("astl");
    return (named ? "castles " : "") + side + end(m.of("mark"), "");
  }

  private @Nullable String move(Match m) {
    if (m.before().endsWith(".") && m.before().matches("(?s).*\\.\\d{1,3}\\.")) {
      return null; // "2.1.a1"
    }
    boolean sure = m.has("x") || m.has("fx") || (m.has("mark") && m.has("p"));
    if (!sure && !TOPIC.matcher(m.text()).find()) {
      return null;
    }
    StringBuilder said = new StringBuilder();
    said.append(m.has("p") ? pieces.get(m.of("p")) + " " : "");
    said.append(squares(m.of("f") + m.of("file")));
    said.append(m.has("x") || m.has("fx") ? language.of("chess-takes") + " " : "");
    said.append(squares(m.of("to")).strip());
    return said + end(m.of("mark"), m.of("new"));
  }

  private String end(String mark, String piece) {
    String promoted =
        piece.isEmpty() ? "" : " " + language.of("chess-promotes") + " " + pieces.get(piece);
    return promoted
        + (mark.equals("+")
            ? " " + language.of("chess-check")
            : mark.equals("#") ? " " + language.of("chess-mate") : "");
  }

  /** "e4" as "e four", "b" as "b". */
  private String squares(String written) {
    StringBuilder said = new StringBuilder();
    for (int i = 0; i < written.length(); i++) {
      String sign = written.substring(i, i + 1);
      said.append(Character.isDigit(sign.charAt(0)) ? language.small(sign) : sign).append(' ');
    }
    return said.toString();
  }
}
