package io.voicebus.chunker;

import io.voicebus.contract.UnspokenText;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What becomes of text behind marks that nothing closes: it is text again, or it is told of. */
final class Unclosed {
  private final List<UnspokenText> unspoken = new ArrayList<>();
  private @Nullable HeldText text;
  private boolean literal;
  private boolean hadCall;

  /** Text over line ends that was held in vain: it is read again next. */
  void read(HeldText again) {
    text = again;
  }

  /** The text to read again, once. */
  @Nullable HeldText take() {
    HeldText taken = text;
    text = null;
    return taken;
  }

  /** Whether text is read for the second time: what was taken for marks is none. */
  boolean isLiteral() {
    return literal;
  }

  void literal(boolean on) {
    literal = on;
  }

  /** The text has a call of a tool, which is not spoken. */
  void call() {
    hadCall = true;
  }

  boolean hadCall() {
    return hadCall;
  }

  /** A part of the written text is not spoken. */
  void tell(UnspokenText part) {
    if (part.sourceEnd() > part.sourceStart()) {
      unspoken.add(part);
    }
  }

  /** What was told of, in order. */
  List<UnspokenText> unspoken() {
    return unspoken;
  }
}
