package io.voicebus.tts.cache;

import io.voicebus.tts.engine.SpeechSink;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * All that an engine said for one utterance, as it said it. Immutable once it is made; its arrays
 * are shared and never changed.
 *
 * @param sampleRateHz of all frames
 * @param frames in their order
 * @param progress of each, as {@link SpeechSink#frame} has it
 */
record SavedSpeech(int sampleRateHz, List<byte[]> frames, List<Progress> progress) {
  /**
   * How far the text is at the end of a frame.
   *
   * @param spokenChars as {@link SpeechSink#frame} has it
   * @param wordSamples as {@link SpeechSink#frame} has it
   */
  record Progress(int spokenChars, int wordSamples) {}

  private static final int MAGIC = 0x56425333;
  private static final int FRAME_COST_BYTES = 48;

  /** What it takes of a bound, in bytes. */
  int weight() {
    return frames.stream().mapToInt(frame -> frame.length + FRAME_COST_BYTES).sum() + 256;
  }

  /** Says it all to a sink, without the end. */
  void replay(SpeechSink sink) {
    sink.format(sampleRateHz);
    for (int i = 0; i < frames.size(); i++) {
      Progress at = progress.get(i);
      sink.frame(frames.get(i), at.spokenChars(), at.wordSamples());
    }
  }

  byte[] encode() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(weight());
    DataOutputStream out = new DataOutputStream(bytes);
    try {
      out.writeInt(MAGIC);
      out.writeInt(sampleRateHz);
      out.writeInt(frames.size());
      for (int i = 0; i < frames.size(); i++) {
        out.writeInt(frames.get(i).length);
        out.writeInt(progress.get(i).spokenChars());
        out.writeInt(progress.get(i).wordSamples());
        out.write(frames.get(i));
      }
    } catch (IOException e) {
      throw new IllegalStateException("memory does not fail", e);
    }
    return bytes.toByteArray();
  }

  /**
   * The opposite of {@link #encode}.
   *
   * @throws IOException if that is not what the bytes are
   */
  static SavedSpeech decode(byte[] bytes) throws IOException {
    DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
    if (in.readInt() != MAGIC) {
      throw new IOException("not a saved speech");
    }
    int sampleRateHz = in.readInt();
    int count = in.readInt();
    if (sampleRateHz <= 0 || count < 1) { // speech without a frame would be silence
      throw new IOException("a saved speech with a broken head");
    }
    List<byte[]> frames = new ArrayList<>();
    List<Progress> progress = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int length = in.readInt();
      progress.add(new Progress(in.readInt(), in.readInt()));
      if (length < 2 || length % 2 != 0 || length > in.available()) {
        throw new IOException("a saved speech with a broken frame");
      }
      frames.add(in.readNBytes(length));
    }
    if (in.available() > 0) {
      throw new IOException("a saved speech with something after it");
    }
    return new SavedSpeech(sampleRateHz, List.copyOf(frames), List.copyOf(progress));
  }
}
