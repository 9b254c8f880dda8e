package io.voicebus.chunker;

import io.voicebus.chunker.spoken.SaidText;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Quotations within a sentence that speak clearly for another language than the sentence. */
final class Quotations {
  /** What stands between quotes, with something to write out. */
  private static final Pattern QUOTED =
      Pattern.compile("(?:(?<!\\d)\"|[“„«»])(?<words>[^\"“”„«»\\n]{4,200})[\"”“»«]");

  /** The least lead of the other language, in units of {@link LanguageScores}. */
  private static final double MIN_LEAD = 4;

  private Quotations() {}

  /**
   * The said text, in which quotations of another language are as they are written: their numbers
   * are left to the voice.
   *
   * @param written what it says
   * @param code the language in which it says it
   */
  static SaidText asWritten(SaidText said, String written, String code) {
    int own = LanguageScores.CODES.indexOf(code);
    if (said.edits().isEmpty() || own < 0) {
      return said;
    }
    SaidText result = said;
    Matcher quoted = QUOTED.matcher(written);
    int from = 0;
    while (quoted.find(from)) {
      int start = quoted.start("words");
      int end = quoted.end("words");
      boolean edited =
          result.edits().stream().anyMatch(edit -> edit.start() >= start && edit.end() <= end);
      boolean foreign = edited && isForeign(quoted.group("words"), own);
      result = foreign ? without(result, written, start, end) : result;
      from = foreign ? quoted.end() : end;
    }
    return result;
  }

  /** The text outside of its quotations; all of it if nothing else has a letter. */
  static String outside(String text) {
    String rest = QUOTED.matcher(text).replaceAll("…");
    return rest.chars().anyMatch(Character::isLetter) ? rest : text;
  }

  private static boolean isForeign(String words, int own) {
    double[] scores = LanguageScores.of(words);
    double most = scores[own];
    for (double score : scores) {
      most = Math.max(most, score);
    }
    return most - scores[own] >= MIN_LEAD;
  }

  /** The text without its edits in a part of what is written. */
  private static SaidText without(SaidText said, String written, int start, int end) {
    StringBuilder text = new StringBuilder();
    List<SaidText.Edit> edits = new ArrayList<>();
    int at = 0;
    for (SaidText.Edit edit : said.edits()) {
      if (edit.start() >= start && edit.end() <= end) {
        continue;
      }
      text.append(written, at, edit.start());
      int from = text.length();
      text.append(said.said(), edit.saidStart(), edit.saidEnd());
      edits.add(new SaidText.Edit(edit.start(), edit.end(), from, text.length()));
      at = edit.end();
    }
    text.append(written, at, written.length());
    return new SaidText(text.toString(), edits);
  }
}
