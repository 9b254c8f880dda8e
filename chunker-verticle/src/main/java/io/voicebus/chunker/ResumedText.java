package io.voicebus.chunker;

import io.voicebus.contract.ChunkEnd;

/**
 * Passes on the text behind a place, and of what comes before it only what tells the language: what
 * another chunker has cut already is not spoken again.
 */
final class ResumedText implements SpokenText {
  private final BoundaryScanner scanner;
  private final long resumeAt;
  private boolean behind;

  /**
   * A text that goes on.
   *
   * @param resumeAt the first UTF-16 unit of the written text that is not in a chunk yet
   */
  ResumedText(BoundaryScanner scanner, long resumeAt) {
    this.scanner = scanner;
    this.resumeAt = resumeAt;
  }

  @Override
  public void text(int codePoint, long end, boolean verbatim) {
    if (behind || end > resumeAt) {
      behind = true;
      scanner.text(codePoint, end, verbatim);
    } else {
      scanner.passedOver(codePoint);
    }
  }

  @Override
  public void lineBreak(long end) {
    if (behind) {
      scanner.lineBreak(end);
    }
  }

  @Override
  public void cellBreak(long end) {
    if (behind) {
      scanner.cellBreak(end);
    }
  }

  @Override
  public void pause() {
    if (behind) {
      scanner.pause();
    }
  }

  @Override
  public void blockBreak(ChunkEnd end) {
    if (behind) {
      scanner.blockBreak(end);
    }
  }
}
