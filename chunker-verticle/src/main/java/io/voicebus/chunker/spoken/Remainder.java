package io.voicebus.chunker.spoken;

import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What no other rule has taken: letters and digits in one word, and signs. They are read piece by
 * piece, so that no shape that nobody thought of is left to the voice as raw characters.
 */
final class Remainder {
  /** "9", "f", "3", "c" of 9f3c2ab. */
  private static final Pattern PIECE = Pattern.compile("\\d+|\\p{L}+");

  /** From so many pieces on, and from so many digits, a word is an identifier: digit by digit. */
  private static final int IDENTIFIER_PIECES = 4;

  private static final int IDENTIFIER_DIGITS = 5;

  private final Language language;

  private Remainder(Language language) {
    this.language = language;
  }

  static void add(Rules rules, Language language) {
    Remainder remainder = new Remainder(language);
    // 1.5rem
    rules.add(
        ".",
        "(?<![\\p{L}\\p{N}.,]) (?<n> \\d{1,4} \\.\\d{1,3} ) (?<u> \\p{L}{1,8} ) (?! [\\p{L}\\p{N}.] )",
        m -> remainder.language.numbers().say(m.of("n")) + " " + m.of("u"));
    // 9f3c2ab, 24H2, xyz123
    rules.add(
        "0",
        "(?<![\\p{L}\\p{N}]) (?: \\d{1,20}+ \\p{L} | \\p{L}{1,20}+ \\d ) [\\p{L}\\p{Nd}]{0,40}+ (?![\\p{L}\\p{N}])",
        m -> remainder.word(m.all()));
    // the "6" of 5^b6, of which another rule has the rest
    rules.add(
        "0",
        "(?<= \\p{L} ) \\d{1,20}+ | (?<! \\d ) \\d{1,20}+ (?= \\p{L} )",
        m -> remainder.word(m.all()));
    // "y/o": no slash is said between words
    rules.add("/", "(?<= \\p{Ll} ) / (?= \\p{Ll} )", m -> " ");
    // "Ober-/Unterhitze", "Lehrer/-innen"
    rules.add("/", "(?<= \\p{L}- ) / (?= \\p{L} ) | (?<= \\p{L} ) / (?= -\\p{L} )", m -> " ");
    // 5°/−3°, 12/B, 10.1000/xyz
    rules.add(
        "/",
        "(?<= [\\p{L}\\p{N}°%)] ) / (?= [\\p{L}\\p{N}(−-] )",
        m -> " " + language.of("slash") + " ");
    // "the folder src/", "dist/."
    rules.add(
        "/", "(?<= [\\p{L}\\p{N}_]{2} ) / (?= [\\h.,;:!?)] | $ )", m -> " " + language.of("slash"));
    // "Prep: 15 min | Bake: 1 h"
    rules.add("|", "(?<= [\\p{L}\\p{N}.)%!?] ) \\h \\| \\h (?= [\\p{L}\\p{N}(] )", m -> ", ");
    // HEAD~1, ~/.bashrc
    rules.add(
        "~",
        "(?<= [\\p{L}\\p{N}] ) ~ (?= \\p{N} ) | ~ (?= / )",
        m -> " " + language.of("tilde") + " ");
    // "File > Save"
    rules.add(">", "(?<= \\p{L} ) \\h > (?= \\h \\p{L} )", m -> Rules.GLUE + ",");
    Map<String, String> signs = language.words().map("signs");
    String all = signs.keySet().stream().sorted().collect(Collectors.joining());
    // a ⇔ b, "in %", ~x
    rules.add(
        all,
        "[" + Pattern.quote(all) + "] \\uFE0F?",
        m -> signs.getOrDefault(m.all().substring(0, 1), "").replace('_', ' '));
  }

  private String word(String word) {
    long pieces = PIECE.matcher(word).results().count();
    boolean identifier =
        pieces >= IDENTIFIER_PIECES
            || PIECE
                .matcher(word)
                .results()
                .map(MatchResult::group)
                .anyMatch(
                    piece ->
                        Character.isDigit(piece.charAt(0))
                            && (piece.length() >= IDENTIFIER_DIGITS || piece.charAt(0) == '0'));
    return PIECE
        .matcher(word)
        .results()
        .map(MatchResult::group)
        .map(
            piece ->
                !Character.isDigit(piece.charAt(0))
                    ? piece
                    : identifier ? language.numbers().digits(piece) : language.small(piece))
        .collect(Collectors.joining(" "));
  }
}
