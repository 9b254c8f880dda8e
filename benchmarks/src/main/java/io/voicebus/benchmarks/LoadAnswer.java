package io.voicebus.benchmarks;

import io.voicebus.emulators.EmulatedSpeech;
import java.nio.charset.StandardCharsets;
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
   * Reads the audio back, sample by sample.
   *
   * @return a checksum of its sentences, and of where each ends
   * @throws IllegalStateException unless the answer is whole and in order
   */
  long prove() {
    byte[] all = new byte[pcm.stream().mapToInt(piece -> piece.length).sum()];
    int at = 0;
    for (byte[] piece : pcm) {
      System.arraycopy(piece, 0, all, at, piece.length);
      at += piece.length;
    }
    // The voice is told every sentence with a blank at its end, and says that as well.
    String expected = question.text() + " ";
    List<String> heard;
    try {
      heard = HeardSpeech.utterances(all, LoadPace.RATE_HZ, expected, LoadAnswer::spoken);
    } catch (IllegalArgumentException e) {
      throw new IllegalStateException(flow.word() + " garbled an answer: " + e.getMessage(), e);
    }
    if (!String.join("", heard).equals(expected)) {
      throw new IllegalStateException(
          flow.word()
              + " said '"
              + String.join("", heard)
              + "' instead of '"
              + question.text()
              + "'");
    }
    CRC32 checksum = new CRC32();
    checksum.update(String.join("\n", heard).getBytes(StandardCharsets.UTF_8));
    return checksum.getValue();
  }

  private static byte[] spoken(String text) {
    return EmulatedSpeech.pcm(text, LoadPace.RATE_HZ);
  }
}
