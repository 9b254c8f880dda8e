package io.voicebus.gemini;

import io.vertx.core.Future;
import io.voicebus.bus.Bus;
import io.voicebus.bus.Inbox;
import io.voicebus.bus.Link;
import io.voicebus.bus.Load;
import io.voicebus.contract.Prompt;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Set;

/** Receives prompts at one instance's inbox, and answers them. NOT thread safe. */
public final class BusPrompts {
  private final Inbox inbox;
  private final BusConversations conversations;
  private final TextSource source;
  private final Set<BusTurn> turns = new HashSet<>();

  /** Takes what comes to the inbox from now on. */
  BusPrompts(Inbox inbox, BusConversations conversations, TextSource source) {
    this.inbox = inbox;
    this.conversations = conversations;
    this.source = source;
    inbox.load(() -> new Load(turns.size(), 0));
    inbox.worksWith(
        source.model().isEmpty() ? source.name() : source.name() + "/" + source.model());
    inbox.onLink(Prompt.class, this::onPrompt);
  }

  /**
   * Answers each prompt with its own text, at a fixed pace, and keeps no conversations.
   *
   * @param deltaChars length of a delta in UTF-16 units, at least 1
   * @param deltasPerSecond deltas in a second; 0 for no limit
   */
  public static BusPrompts reading(Inbox inbox, Bus bus, int deltaChars, int deltasPerSecond) {
    return asking(inbox, bus, new ReaderSource(bus, deltaChars, deltasPerSecond));
  }

  /** Answers each prompt by this source, and keeps no conversations. */
  public static BusPrompts asking(Inbox inbox, Bus bus, TextSource source) {
    return new BusPrompts(
        inbox,
        new BusConversations(
            () -> Future.failedFuture("nothing is remembered"),
            bus,
            InstantSource.system(),
            ConversationLimits.DEFAULTS),
        source);
  }

  private void onPrompt(Prompt prompt, Link link) {
    BusTurn[] turn = new BusTurn[1];
    turn[0] = new BusTurn(inbox, conversations, prompt, link, () -> turns.remove(turn[0]));
    turns.add(turn[0]);
    turn[0].begin(source);
  }

  /** Number of turns that this instance answers now. */
  public int active() {
    return turns.size();
  }
}
