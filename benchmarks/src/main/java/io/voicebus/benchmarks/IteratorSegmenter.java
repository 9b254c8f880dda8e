package io.voicebus.benchmarks;

import java.text.BreakIterator;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToIntFunction;

/**
 * A library's sentence iterator on a stream, as it is mostly done: the text so far is looked at
 * again with each delta, and a sentence is given out once another one has begun.
 */
final class IteratorSegmenter implements Segmenter {
  private final StringBuilder text = new StringBuilder();
  private final ToIntFunction<String> firstBoundary;

  private IteratorSegmenter(ToIntFunction<String> firstBoundary) {
    this.firstBoundary = firstBoundary;
  }

  /** The iterator of the JDK. */
  static Segmenter jdk(String language) {
    BreakIterator iterator = BreakIterator.getSentenceInstance(Locale.forLanguageTag(language));
    return new IteratorSegmenter(
        part -> {
          iterator.setText(part);
          return iterator.next();
        });
  }

  /**
   * The iterator of ICU4J, with its lists of abbreviations where it has one for the language.
   *
   * @param suppressions whether the lists are used
   */
  static Segmenter icu(String language, boolean suppressions) {
    String tag = suppressions ? language + "-u-ss-standard" : language;
    com.ibm.icu.text.BreakIterator iterator =
        com.ibm.icu.text.BreakIterator.getSentenceInstance(Locale.forLanguageTag(tag));
    return new IteratorSegmenter(
        part -> {
          iterator.setText(part);
          return iterator.next();
        });
  }

  @Override
  public List<String> accept(String delta) {
    text.append(delta);
    List<String> sentences = new ArrayList<>();
    int end;
    while (text.length() > 0 && (end = firstBoundary.applyAsInt(text.toString())) < text.length()) {
      sentences.add(text.substring(0, end).strip());
      text.delete(0, end);
    }
    return sentences;
  }

  @Override
  public List<String> flush() {
    return text.isEmpty() ? List.of() : List.of(text.toString().strip());
  }
}
