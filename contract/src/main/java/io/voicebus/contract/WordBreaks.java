package io.voicebus.contract;

import com.ibm.icu.text.BreakIterator;
import java.util.BitSet;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Where words end in scripts that have no blanks, by the dictionaries of ICU. These take some
 * hundred milliseconds to load, which is never done by who asks: until they are there, it is not
 * known. Thread-safe.
 */
final class WordBreaks {
  /** A word of each script that has a dictionary: what is used once is loaded. */
  private static final String SAMPLES = "今天天气很好 これは日本語です สวัสดีครับ ខ្ញុំស្រលាញ់ ສະບາຍດີ မြန်မာ";

  private static final CompletableFuture<BreakIterator> LOADED = new CompletableFuture<>();
  private static boolean asked;

  private WordBreaks() {}

  /** Completes when the dictionaries are there; the first call begins to load them. */
  static synchronized CompletableFuture<?> load() {
    if (!asked) {
      asked = true;
      Thread loader = new Thread(WordBreaks::read, "word-breaks");
      loader.setDaemon(true);
      loader.start();
    }
    return LOADED;
  }

  private static void read() {
    try {
      BreakIterator made = BreakIterator.getWordInstance(Locale.ROOT);
      made.setText(SAMPLES);
      while (made.next() != BreakIterator.DONE) {} // through all scripts
      LOADED.complete(made);
    } catch (RuntimeException e) {
      LOADED.completeExceptionally(e);
    }
  }

  /**
   * Where the words of a run of such a script end, the last one with it.
   *
   * @return nothing as long as it is not known
   */
  static @Nullable BitSet in(String run) {
    load();
    if (!LOADED.isDone() || LOADED.isCompletedExceptionally()) {
      return null;
    }
    BreakIterator words = LOADED.join().clone();
    words.setText(run);
    BitSet ends = new BitSet(run.length() + 1);
    for (int end = words.next(); end != BreakIterator.DONE; end = words.next()) {
      ends.set(end);
    }
    ends.set(run.length());
    return ends;
  }
}
