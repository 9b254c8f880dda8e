package io.voicebus.contract;

import io.voicebus.bus.Message;
import java.util.List;

/**
 * Item, owner to who asked with {@link TurnListen}: why the client is not served, as it is told.
 *
 * @param type the problem's, in lower-case-dashed words
 * @param title the same for all of its type
 * @param status the HTTP status
 * @param detail what to do about it
 * @param members further ones
 */
public record TurnRefused(
    String type, String title, int status, String detail, List<Member> members) implements Message {
  /** One more member of the problem. */
  public record Member(String name, String value) {}
}
