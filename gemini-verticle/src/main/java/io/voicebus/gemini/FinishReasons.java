package io.voicebus.gemini;

import java.time.Duration;

/**
 * Interprets the finish reasons of one answer. Most services give one, at the end. Some give one
 * with each piece of text: Gemini once did, and servers that pass its answers on. So their first
 * piece looks like a whole answer.
 */
final class FinishReasons {
  /** The count of tokens and the mark behind an answer may follow its end within this. */
  static final Duration AFTERWORD = Duration.ofMillis(800);

  /** The same, where the answer stops within a sentence. */
  static final Duration DOUBT = Duration.ofSeconds(3);

  /** The same, where reasons say little: a model may think for some seconds in mid-answer. */
  static final Duration LONG_AFTERWORD = Duration.ofSeconds(10);

  private static final String SENTENCE_ENDS = ".!?…。！？｡।॥؟۔។";

  /** What may stand behind the end of a sentence. */
  private static final String CLOSERS = "\"'”’»›“)]}*_`~」』）\uFE0F";

  private boolean anyContent;
  private boolean textWithout;
  private boolean any;
  private boolean last;
  private boolean wentOn;
  private boolean sentenceOver;

  /**
   * The next event.
   *
   * @param content whether the event has text or thoughts of the model
   * @param text the text in it; may be empty
   * @param reason whether it gives a reason to finish
   */
  void event(boolean content, String text, boolean reason) {
    wentOn |= any && content;
    if (content) {
      textWithout |= !any && !reason && !text.isEmpty();
      last = false;
    }
    if (reason) {
      any = true;
      last |= content ? textWithout && !wentOn : anyContent;
    }
    anyContent |= content;
    if (!text.isBlank()) {
      sentenceOver = endsSentence(text);
    }
  }

  /** Whether any event gave a reason to finish. */
  boolean any() {
    return any;
  }

  /**
   * Whether the last reason ends the answer: it came in an event without content, or after pieces
   * without a reason.
   */
  boolean areFinal() {
    return last;
  }

  /** Whether the model has gone on after one. */
  boolean wentOn() {
    return wentOn;
  }

  /** Whether the model has said something before it gave one, and nothing after. */
  boolean cameLast() {
    return textWithout && any && !wentOn;
  }

  /**
   * Whether the answer is whole where the way to the service is lost now.
   *
   * @param usuallyGoesOn whether it has given reasons with each piece before
   */
  boolean makeWhole(boolean usuallyGoesOn) {
    return last || (any && !wentOn && !usuallyGoesOn && sentenceOver);
  }

  /**
   * For how long the service is waited for after the last one.
   *
   * @param usuallyGoesOn whether it has given reasons with each piece before
   */
  Duration patience(boolean usuallyGoesOn) {
    if (last) {
      return AFTERWORD;
    }
    if (wentOn || usuallyGoesOn) {
      return LONG_AFTERWORD;
    }
    return sentenceOver ? AFTERWORD : DOUBT;
  }

  private static boolean endsSentence(String text) {
    int at = text.stripTrailing().length();
    while (at > 0 && CLOSERS.indexOf(text.charAt(at - 1)) >= 0) {
      at--;
    }
    if (at == 0) {
      return false;
    }
    int before = text.codePointBefore(at);
    return SENTENCE_ENDS.indexOf(before) >= 0
        || Character.getType(before) == Character.OTHER_SYMBOL;
  }
}
