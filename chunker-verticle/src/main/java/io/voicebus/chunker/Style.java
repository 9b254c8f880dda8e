package io.voicebus.chunker;

/** How the author of a text sets stops, as far as it shows so far. */
final class Style {
  private boolean small;
  private boolean asked;
  private int stop;
  private boolean trailing;
  private int before = ' ';
  private int beforeThat = ' ';
  private boolean starting = true;
  private int citation;

  /** Sentences start with small letters. */
  boolean startsSmall() {
    return small;
  }

  /** Things that belong to a sentence came after its stop and a space: emoticons, citations. */
  boolean isTrailing() {
    return trailing;
  }

  /** A sentence was cut, so the next letter starts one. */
  void startSentence() {
    starting = true;
  }

  /** Whether the sentence before the one that goes on was a question. */
  boolean hasAsked() {
    return asked;
  }

  void accept(int cp) {
    if (Marks.isSpeakable(cp) && stop != 0) {
      asked = stop == '?';
      stop = 0;
    } else if (Marks.isStop(cp)) {
      stop = cp;
    }
    if (Marks.isLetter(cp)) {
      small |= starting && Marks.isLower(cp);
      starting = false;
    }
    if (Marks.isOrdinary(cp) && citation == 0) {
      beforeThat = before;
      before = cp;
      return;
    }
    boolean eyes = beforeThat == ':' || beforeThat == ';';
    boolean nose = before == '-' || before == '\'';
    trailing |= (before == ':' || before == ';' || (eyes && nose)) && (cp == ')' || cp == '(');
    cite(cp);
    beforeThat = before;
    before = cp;
  }

  /** Numbers in square brackets that follow a word's end: "…it was closed. [17]" */
  private void cite(int cp) {
    if (cp == '[') {
      citation = 1;
    } else if (citation > 0 && Marks.isDigit(cp)) {
      citation = 2;
    } else {
      trailing |= citation == 2 && cp == ']';
      citation = 0;
    }
  }
}
