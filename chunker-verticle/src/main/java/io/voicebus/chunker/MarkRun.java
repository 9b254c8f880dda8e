package io.voicebus.chunker;

import java.util.Set;

/** A run of marks, as in {@code **}, and whether it is spoken. Not thread-safe. */
final class MarkRun {
  /** Behind these a star is a key of the telephone: "Dial *31#". */
  private static final Set<String> DIAL =
      Set.of(
          "dial",
          "press",
          "enter",
          "call",
          "wähle",
          "wählen",
          "drücke",
          "drücken",
          "composez",
          "tapez",
          "appuyez",
          "pulse",
          "marque",
          "marca",
          "premi",
          "premere",
          "digita",
          "componi",
          "toets",
          "bel",
          "kies",
          "druk",
          "disque",
          "tecle",
          "digite",
          "aperte");

  private final Emphasis emphasis = new Emphasis();
  private final Actions actions = new Actions();
  private int mark;
  private int length;
  private long end;

  /** The first mark has come, which ends there. */
  void start(int cp, long at) {
    mark = cp;
    length = 1;
    end = at;
  }

  /** Takes a code point that is one more of the marks; false for another. */
  boolean goesOn(int cp, long at) {
    if (cp == mark) {
      length++;
      end = at;
    }
    return cp == mark;
  }

  int length() {
    return length;
  }

  boolean isCode() {
    return mark == '`';
  }

  /** Whether the run has ended and may open a block of code in mid-line. */
  boolean opensFence(int next) {
    return isCode()
        && next != '`'
        && length >= 3
        && length < FencedCode.MAX_LINE; // or it is no fence, however often that is asked
  }

  /** The marks as they were written. */
  HeldText marks() {
    HeldText marks = new HeldText();
    for (int i = length - 1; i >= 0; i--) {
      marks.add(mark, end - i);
    }
    return marks;
  }

  /** Whether the run formats the text, and is not spoken; backticks are not asked for. */
  boolean isSilent(LineOut line, int after) {
    boolean inUrl = line.inUrl() && mark != '*';
    boolean key =
        mark == '*' && length == 1 && Marks.isDigit(after) && DIAL.contains(line.lastWord());
    return !inUrl && !key && emphasis.isMark(mark, length, line.before(), after);
  }

  /** Whether a silent run begins or ends an action: "*smiles and waves*". */
  boolean isPause(LineOut line, int after) {
    return mark == '*' && length == 1 && actions.mark(line, after);
  }

  /** A block has ended, and with it all emphasis. */
  void endBlock() {
    emphasis.reset();
    actions.reset();
  }

  /** A block of HTML begins, which ends emphasis. */
  void endEmphasis() {
    emphasis.reset();
  }
}
