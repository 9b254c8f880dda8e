package io.voicebus.chunker;

import io.voicebus.bus.Inbox;
import io.voicebus.bus.Link;
import io.voicebus.bus.Load;
import io.voicebus.contract.Pace;
import io.voicebus.contract.TextMode;
import io.voicebus.contract.TextOpen;
import io.voicebus.contract.TurnOptions;
import java.util.HashSet;
import java.util.Set;

/** The texts that one instance cuts into chunks, at its inbox. NOT thread safe. */
public final class BusTexts {
  private final Inbox inbox;
  private final ChunkerOptions options;
  private final JobText jobText;
  private final Set<BusTurn> turns = new HashSet<>();

  /** Takes what comes to the inbox from now on. */
  BusTexts(Inbox inbox, ChunkerOptions options, JobText jobText) {
    this.inbox = inbox;
    this.options = options;
    this.jobText = jobText;
    inbox.load(() -> new Load(turns.size(), 0));
    inbox.onLink(TextOpen.class, this::onOpen);
  }

  /** The same without spoken forms: the voice gets the text as it is written. */
  public static BusTexts asWritten(Inbox inbox, ChunkerOptions options) {
    return new BusTexts(
        inbox, options, new JobText(false, Pronunciations.NONE, "", LanguageForms.Loader.HERE));
  }

  private void onOpen(TextOpen open, Link link) {
    TurnOptions chosen = open.turn().options();
    JobText words =
        jobText.forTurn(
            chosen.pronunciations(), chosen.language(), open.prompt(), chosen.expected());
    BusTurn[] turn = new BusTurn[1];
    turn[0] =
        new BusTurn(
            inbox,
            link,
            new TurnChunks(
                new Chunker(
                    options(chosen).withLanguageKnown(words.knowsLanguage()),
                    open.nextChunk(),
                    open.resumeAt()),
                options.maxChars(),
                chosen.pace() == Pace.REALTIME,
                open.nextChunk()),
            words,
            open.nextChunk(),
            () -> turns.remove(turn[0]));
    turns.add(turn[0]);
    turn[0].begin();
  }

  private ChunkerOptions options(TurnOptions chosen) {
    return chosen.mode() == TextMode.VERBATIM
        ? options.asVerbatim()
        : options.withClauses(chosen.clauses());
  }

  /** How many turns it has. */
  public int active() {
    return turns.size();
  }
}
