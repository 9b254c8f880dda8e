package io.voicebus.http;

import io.voicebus.turn.TurnEvent;
import java.util.ArrayList;
import java.util.List;

/**
 * What was spoken of a turn, to be read while it is heard: its words, gathered to cues of at most
 * two lines that end where a reader would pause. Kept in a few bytes a word, since it may be asked
 * for long after. NOT thread safe.
 */
final class Captions {
  /** Of a longer turn the first hours are kept. */
  static final int MAX_BYTES = 256 * 1024;

  /** What is usual for subtitles: so many columns a line, and so long before anybody's eyes. */
  static final int LINE_COLUMNS = 42;

  static final int LINES = 2;
  private static final long SHORTEST_MS = 1_000;
  private static final long LONGEST_MS = 7_000;

  /** A pause of this length is one between sentences, at least: a cue does not reach over it. */
  private static final long PAUSE_MS = 600;

  private static final int CUE_BYTES = 64;
  private static final String SENTENCE_ENDS = ".!?…。！？";
  private static final String CLAUSE_ENDS = ",;:、，；：";

  /**
   * A piece of text, and when it is shown: in ms of the playout.
   *
   * @param text on one line
   */
  record Cue(long fromMs, long toMs, String text) {}

  private final List<Cue> cues = new ArrayList<>();
  private final StringBuilder open = new StringBuilder();
  private long from;
  private long to;
  private int bytes;
  private boolean cut;
  private boolean estimated;

  /** The next word. */
  void add(TurnEvent.SpokenWord word) {
    if (cut) {
      return;
    }
    long wordFrom = word.fromNanos() / 1_000_000;
    long wordTo = word.toNanos() / 1_000_000;
    String more = (word.spaced() && !open.isEmpty() ? " " : "") + word.text();
    if (!open.isEmpty() && ends(more, wordFrom, wordTo)) {
      close();
      more = word.text();
    }
    if (bytes + open.length() + more.length() + CUE_BYTES > MAX_BYTES) {
      cut = true;
      return;
    }
    if (open.isEmpty()) {
      from = Math.max(to, wordFrom);
    }
    open.append(more);
    to = Math.max(to, wordTo);
    estimated |= word.estimated();
  }

  /** Whether a cue ends before a word. */
  private boolean ends(String more, long wordFrom, long wordTo) {
    char last = lastMark();
    boolean sentence = SENTENCE_ENDS.indexOf(last) >= 0 && to - from >= SHORTEST_MS;
    boolean clause = CLAUSE_ENDS.indexOf(last) >= 0 && CaptionLines.columns(open) >= LINE_COLUMNS;
    return sentence
        || clause
        || wordFrom - to >= PAUSE_MS
        || wordTo - from > LONGEST_MS
        || !CaptionLines.fits(open + more);
  }

  private char lastMark() {
    int at = open.length() - 1;
    while (at > 0 && "\"'”’»)]".indexOf(open.charAt(at)) >= 0) {
      at--;
    }
    return open.charAt(at);
  }

  private void close() {
    cues.add(new Cue(from, to, open.toString()));
    bytes += CUE_BYTES + open.length();
    open.setLength(0);
  }

  /** What it takes, in bytes. */
  int bytes() {
    return bytes + open.length();
  }

  /** Whether the captions end before the speech, since their bound is reached. */
  boolean isCut() {
    return cut;
  }

  /** Whether some of the times are estimated, since an engine does not tell them. */
  boolean isEstimated() {
    return estimated;
  }

  /**
   * All captions so far; each is shown for at least a second, but ends before the next one begins.
   */
  List<Cue> cues() {
    List<Cue> all = new ArrayList<>(cues);
    if (!open.isEmpty()) {
      all.add(new Cue(from, to, open.toString()));
    }
    for (int i = 0; i < all.size(); i++) {
      Cue cue = all.get(i);
      long next = i + 1 < all.size() ? all.get(i + 1).fromMs() : Long.MAX_VALUE;
      long shown = Math.min(next, Math.max(cue.toMs(), cue.fromMs() + SHORTEST_MS));
      all.set(i, new Cue(cue.fromMs(), shown, cue.text()));
    }
    return all;
  }
}
