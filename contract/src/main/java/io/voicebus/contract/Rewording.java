package io.voicebus.contract;

import java.util.ArrayList;
import java.util.List;

/**
 * What a chunk's voice is given in place of its words, and how the places of the one are found in
 * the other. What differs is one part, which counts as said, and as written, once it is said to its
 * end.
 */
final class Rewording {
  private final ChunkCaption chunk;
  private final String words;

  /** The part that differs: where it starts in both, and where it ends in the old and the new. */
  private int start;

  private int oldEnd;
  private int newEnd;

  /** The spoken forms before that part, in it, and behind it. */
  private final List<SpokenForm> before = new ArrayList<>();

  private final List<SpokenForm> within = new ArrayList<>();
  private final List<SpokenForm> behind = new ArrayList<>();

  Rewording(ChunkCaption chunk, String words) {
    this.chunk = chunk;
    this.words = words;
    findPart();
    for (SpokenForm form : chunk.forms()) {
      if (form.saidEnd() <= start) {
        before.add(form);
      } else if (form.saidStart() >= oldEnd) {
        behind.add(form);
      } else {
        within.add(form);
      }
    }
    if (!within.isEmpty()) {
      start = Math.min(start, within.get(0).saidStart());
      int end = Math.max(oldEnd, within.get(within.size() - 1).saidEnd());
      newEnd += end - oldEnd;
      oldEnd = end;
    }
  }

  private void findPart() {
    String old = chunk.words();
    int most = Math.min(old.length(), words.length());
    while (start < most && old.charAt(start) == words.charAt(start)) {
      start++;
    }
    int same = 0;
    while (same < most - start
        && old.charAt(old.length() - 1 - same) == words.charAt(words.length() - 1 - same)) {
      same++;
    }
    oldEnd = old.length() - same;
    newEnd = words.length() - same;
  }

  ChunkCaption caption() {
    return new ChunkCaption(
        chunk.chunk(),
        chunk.text(),
        chunk.sourceStart(),
        chunk.sourceEnd(),
        words,
        chunk.estimatedMs() * words.length() / chunk.words().length(),
        chunk.end(),
        points(),
        chunk.language(),
        forms());
  }

  /** How much of the old words has been said once so much of the new ones has. */
  private int oldAt(int said) {
    if (said < newEnd) {
      return Math.min(said, start);
    }
    return said - newEnd + oldEnd;
  }

  private List<TextPoint> points() {
    List<TextPoint> points = new ArrayList<>();
    long step = Long.MIN_VALUE;
    for (int said = 0; said <= words.length(); said++) {
      long written = chunk.writtenAt(oldAt(said));
      if (written - said != step) {
        points.add(new TextPoint(said, written));
        step = written - said;
      }
    }
    return points;
  }

  private List<SpokenForm> forms() {
    if (chunk.forms().isEmpty() && chunk.words().length() != chunk.text().length()) {
      return List.of(); // not known before, either
    }
    List<SpokenForm> forms = new ArrayList<>(before);
    int shift = shift(before);
    int endShift = within.isEmpty() ? shift : shift(within);
    forms.add(new SpokenForm(start + shift, oldEnd + endShift, start, newEnd));
    int more = newEnd - oldEnd;
    for (SpokenForm form : behind) {
      forms.add(
          new SpokenForm(form.start(), form.end(), form.saidStart() + more, form.saidEnd() + more));
    }
    return forms;
  }

  /** By how much the text is ahead of what is said, behind these forms. */
  private static int shift(List<SpokenForm> forms) {
    if (forms.isEmpty()) {
      return 0;
    }
    SpokenForm last = forms.get(forms.size() - 1);
    return last.end() - last.saidEnd();
  }
}
