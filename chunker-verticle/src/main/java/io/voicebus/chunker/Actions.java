package io.voicebus.chunker;

import java.util.regex.Pattern;

/**
 * Tells actions, as in "Hello. *smiles and waves* How are you?", from emphasis: they stand between
 * sentences, begin small, and have a pause on both sides.
 */
final class Actions {
  private enum State {
    NONE,
    /** One may be at the start of a line, if it has more than one word. */
    FIRST,
    /** One follows a sentence. */
    BETWEEN
  }

  /**
   * Short forms before an emphasised word, in small letters: the stop in "cf. Fr. *salaire*" ends
   * no sentence.
   */
  private static final Pattern SHORT_FORM =
      Pattern.compile(
          "(?:\\p{L}\\.)+|\\(?(?:cf|vgl|fr|it|lat|gr|ger|eng|sp|port|dt|frz|e\\.g|i\\.e|z\\.b|no|vol|see|s|p)\\.");

  private State state = State.NONE;

  void reset() {
    state = State.NONE;
  }

  /**
   * A single asterisk came that marks emphasis.
   *
   * @param line what is before it
   * @param after what follows it
   * @return whether there is a pause in its place
   */
  boolean mark(LineOut line, int after) {
    State was = state;
    state = State.NONE;
    if (was != State.NONE) {
      return (was == State.BETWEEN && !Marks.isClauseMark(after)) || line.hasWords();
    }
    if (!Marks.isLower(after)) {
      return false;
    }
    boolean between =
        Marks.isSpace(line.before())
            && Marks.isStop(line.last())
            && !SHORT_FORM.matcher(line.lastWord()).matches();
    state = line.isEmpty() ? State.FIRST : between ? State.BETWEEN : State.NONE;
    return state == State.BETWEEN;
  }
}
