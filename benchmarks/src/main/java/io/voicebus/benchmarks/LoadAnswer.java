package io.voicebus.benchmarks;

import io.voicebus.emulators.EmulatedSpeech;
import java.util.List;
import java.util.zip.CRC32;

/**
 * An answer as the client got it.
 *
 * @param firstMs from the time at which the prompt was due, to the first byte of audio
 * @param wholeMs from there to the end of the response
 * @param pcm all of its body
 * @param turn Voicebus' name for it; empty in other flows
 */
record LoadAnswer(
    LoadFlow flow,
    LoadQuestion question,
    double firstMs,
    double wholeMs,
    List<byte[]> pcm,
    String turn) {

  /**
   * Reads the audio back.
   *
   * @return its checksum
   * @throws IllegalStateException unless the answer is whole and in order, to the last sample
   */
  long prove() {
    byte[] all = new byte[pcm.stream().mapToInt(piece -> piece.length).sum()];
    int at = 0;
    for (byte[] piece : pcm) {
      System.arraycopy(piece, 0, all, at, piece.length);
      at += piece.length;
    }
    String heard;
    try {
      heard = EmulatedSpeech.textOf(all);
    } catch (IllegalArgumentException e) {
      throw new IllegalStateException(flow.word() + " garbled an answer: " + e.getMessage(), e);
    }
    // The voice is told every sentence with a blank at its end, and says that as well.
    if (!heard.equals(question.text() + " ")) {
      throw new IllegalStateException(
          flow.word() + " said '" + heard + "' instead of '" + question.text() + "'");
    }
    CRC32 checksum = new CRC32();
    checksum.update(all);
    return checksum.getValue();
  }
}
