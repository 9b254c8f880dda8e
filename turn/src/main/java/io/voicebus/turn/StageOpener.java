package io.voicebus.turn;

import io.voicebus.contract.ListenerAway;
import io.voicebus.contract.PlayoutRequest;
import io.voicebus.contract.Position;
import io.voicebus.contract.Prompt;
import io.voicebus.contract.Sink;
import io.voicebus.contract.TextLength;
import io.voicebus.contract.TextOpen;
import io.voicebus.contract.TurnContext;

/**
 * Opens the stages of one turn, also at another instance in place of one that is lost, and tells
 * the instance all that it needs of what has happened. NOT thread safe.
 */
final class StageOpener {
  private final TurnRequest request;
  private final TurnContext context;
  private final TurnRecord record;
  private final TurnJournal journal;
  private final TurnAudio audio;
  private final TurnStage text;
  private final StageLink chunker;
  private final StageLink playback;

  /** The text source was lost while nobody listened: it is taken over when somebody does. */
  private boolean textIsDue;

  StageOpener(
      TurnRequest request,
      TurnContext context,
      TurnRecord record,
      TurnAudio audio,
      TurnStage text,
      StageLink chunker,
      StageLink playback) {
    this.request = request;
    this.context = context;
    this.record = record;
    this.journal = record.journal();
    this.audio = audio;
    this.text = text;
    this.chunker = chunker;
    this.playback = playback;
  }

  /** Opens the stages of a new turn. */
  void begin() {
    openPlayback();
    openChunker();
    openText();
  }

  /** Opens those stages of a former owner's turn that have not done their part. */
  void resume() {
    openPlayback();
    if (journal.isLengthKnown()) {
      chunker.markEnded();
    } else {
      if (!text.hasEnded() && !request.isFeed()) {
        record.takeTextBack();
      }
      openChunker();
    }
    if (!text.hasEnded()) {
      openText();
    }
  }

  private void openPlayback() {
    playback.open(
        new PlayoutRequest(
            context, request.sink(), request.path(), record.playoutResume(), record.isTaped()));
  }

  private void openChunker() {
    chunker.open(
        new TextOpen(context, request.prompt(), journal.nextChunk(), journal.chunkedUpTo()));
  }

  private void openText() {
    text.open(new Prompt(context, request.prompt(), journal.text(), request.background()));
  }

  /** Tells the new instance of a stage what it needs of what has happened. */
  void brief(TurnStage stage) {
    if (stage == chunker) {
      journal.textItems().forEach(chunker::tell);
      if (text.hasEnded()) {
        chunker.end();
      }
    } else if (stage == playback) {
      if (audio.isAway()) {
        playback.tell(new ListenerAway(true));
      }
      journal.undelivered().forEach(playback::tell);
      if (journal.isLengthKnown()) {
        playback.tell(new TextLength(journal.length()));
      }
      Position position = record.position();
      if (position != null) {
        playback.tell(position);
      }
    }
  }

  /**
   * Opens a stage on another instance, which continues where the last one stopped.
   *
   * @return false if that is not possible: the stage was taken over too often, a device plays the
   *     turn, or its text is too long for the journal
   */
  boolean takeOver(TurnStage stage) {
    if (!stage.mayBeTakenOver()) {
      return false;
    }
    record.takenOver(stage.stage());
    if (stage == playback) {
      if (request.sink() != Sink.BUS) {
        return false;
      }
      openPlayback();
      return true;
    }
    if (!journal.isTextWhole()) {
      return false;
    }
    if (stage == chunker) {
      openChunker();
      return true;
    }
    if (audio.isAway()) {
      textIsDue = true;
      return true;
    }
    // The text after the last chunk is written again, so the chunker must forget it.
    record.takeTextBack();
    openChunker();
    openText();
    return true;
  }

  /** A listener is there again: a text source that was lost meanwhile is taken over. */
  void listenerIsBack() {
    if (textIsDue) {
      textIsDue = false;
      takeOver(text);
    }
  }
}
