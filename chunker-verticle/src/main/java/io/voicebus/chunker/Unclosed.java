package io.voicebus.chunker;

import io.voicebus.contract.UnspokenText;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Text behind marks that nothing closes: it is read again as text, or reported as unspoken. */
final class Unclosed {
  private final List<UnspokenText> unspoken = new ArrayList<>();
  private @Nullable HeldText text;
  private boolean literal;
  private boolean hadCall;

  /** Text over line ends whose marks were none: it is read again next. */
  void read(HeldText again) {
    text = again;
  }

  /** The text to read again, once. */
  @Nullable HeldText take() {
    HeldText taken = text;
    text = null;
    return taken;
  }

  /** Whether text is read for the second time, when marks are text. */
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

  /** Reports a part of the written text as unspoken. */
  void tell(UnspokenText part) {
    if (part.sourceEnd() > part.sourceStart()) {
      unspoken.add(part);
    }
  }

  /** The parts that were reported, in order. */
  List<UnspokenText> unspoken() {
    return unspoken;
  }
}
