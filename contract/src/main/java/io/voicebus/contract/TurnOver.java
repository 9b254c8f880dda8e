package io.voicebus.contract;

import io.voicebus.bus.Failure;
import io.voicebus.bus.FailureKind;
import io.voicebus.bus.Message;
import io.voicebus.bus.Stage;
import org.jspecify.annotations.Nullable;

/**
 * Item, owner to who asked with {@link TurnListen}, last: the turn has ended, and everything of it
 * came before.
 *
 * @param finished whether it did not fail and was not cancelled
 * @param why it did not finish
 */
public record TurnOver(boolean finished, Failure why) implements Message {
  private static final Failure NONE = new Failure(Stage.OWNER, FailureKind.CANCELLED, "");

  /** It ended like this; null for a turn that finished. */
  public static TurnOver of(@Nullable Failure why) {
    return new TurnOver(why == null, why == null ? NONE : why);
  }

  /** Why it did not finish; null if it did. */
  public @Nullable Failure failure() {
    return finished ? null : why;
  }
}
