package io.voicebus.benchmarks;

import io.voicebus.emulators.EmulatedSpeech;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import java.util.zip.CRC32;

/**
 * An answer as the client got it.
 *
 * @param firstMs from the time at which the prompt was due, to the first byte of audio
 * @param wholeMs from there to the end of the response
 * @param pcm all of its body, in the pieces in which it came
 * @param pcmMs when each piece came
 * @param turn Voicebus' name for it; empty in other flows
 */
record LoadAnswer(
    LoadFlow flow,
    LoadQuestion question,
    double firstMs,
    double wholeMs,
    List<byte[]> pcm,
    List<Double> pcmMs,
    String turn) {

  private byte[] sound() {
    byte[] all = new byte[pcm.stream().mapToInt(piece -> piece.length).sum()];
    int at = 0;
    for (byte[] piece : pcm) {
      System.arraycopy(piece, 0, all, at, piece.length);
      at += piece.length;
    }
    return all;
  }

  /**
   * Reads the audio back, and allows that speech broke off and went on in another attempt, as on a
   * machine that is so busy that a worker seemed lost.
   *
   * @return how often it did
   * @throws IllegalStateException unless the answer is whole and in order
   */
  int proveWords() {
    HeardPieces heard = HeardPieces.of(sound(), question.text());
    if (!heard.whole()) {
      throw new IllegalStateException(
          "%s did not say '%s' once and in order, but %s"
              .formatted(flow.word(), question.text(), heard));
    }
    return heard.resumed();
  }

  /**
   * Reads the audio back, sample by sample.
   *
   * @return a checksum of its sentences, and of where each ends
   * @throws IllegalStateException unless the answer is whole and in order
   */
  long prove() {
    byte[] all = sound();
    // Over a WebSocket the voice is told every sentence with a blank at its end, and says that as
    // well; over HTTP it is told none.
    String expected = question.text() + " ";
    List<String> heard;
    try {
      heard = HeardSpeech.utterances(all, LoadPace.RATE_HZ, expected, LoadAnswer::spoken);
    } catch (IllegalArgumentException e) {
      List<String> said = HeardPieces.of(all, question.text()).pieces();
      throw new IllegalStateException(
          flow.word() + " garbled an answer: " + e.getMessage() + "; it said " + said, e);
    }
    if (!unspaced(String.join("", heard)).equals(unspaced(expected))) {
      throw new IllegalStateException(
          flow.word()
              + " said '"
              + String.join("", heard)
              + "' instead of '"
              + question.text()
              + "'");
    }
    CRC32 checksum = new CRC32();
    String cut = heard.stream().map(String::strip).collect(Collectors.joining("\n"));
    checksum.update(cut.getBytes(StandardCharsets.UTF_8));
    return checksum.getValue();
  }

  private static String unspaced(String text) {
    return text.replace(" ", "");
  }

  private static byte[] spoken(String text) {
    return EmulatedSpeech.pcm(text, LoadPace.RATE_HZ);
  }
}
