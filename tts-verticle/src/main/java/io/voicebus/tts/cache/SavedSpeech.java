package io.voicebus.tts.cache;

import io.voicebus.contract.NativeBytes;
import io.voicebus.tts.engine.SpeechSink;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All that an engine said for one utterance, as it said it. Its sound is outside the heap, and is
 * given back when this is closed. Thread-safe.
 *
 * @param sampleRateHz of all frames
 * @param frames in their order
 * @param sound of all frames, from place 0 on, sealed
 */
record SavedSpeech(int sampleRateHz, List<Frame> frames, NativeBytes sound)
    implements AutoCloseable {
  /**
   * A frame.
   *
   * @param length of its sound, in bytes
   * @param spokenChars as {@link SpeechSink#frame} has it
   * @param wordSamples as {@link SpeechSink#frame} has it
   */
  record Frame(int length, int spokenChars, int wordSamples) {}

  private static final int MAGIC = 0x56425333;
  private static final int FRAME_COST_BYTES = 32;

  /** What it takes of a bound, in bytes. */
  int weight() {
    return (int) sound.heldBytes() + FRAME_COST_BYTES * frames.size() + 256;
  }

  /** The same, to be closed on its own; null if this one is closed. */
  @Nullable SavedSpeech share() {
    NativeBytes shared = sound.share(0, sound.end());
    return shared == null ? null : new SavedSpeech(sampleRateHz, frames, shared);
  }

  @Override
  public void close() {
    sound.close();
  }

  /** Says it all to a sink, without the end. */
  void replay(SpeechSink sink) {
    sink.format(sampleRateHz);
    long at = 0;
    for (Frame frame : frames) {
      sink.frame(sound.read(at, frame.length()), frame.spokenChars(), frame.wordSamples());
      at += frame.length();
    }
  }

  byte[] encode() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(weight());
    DataOutputStream out = new DataOutputStream(bytes);
    try {
      out.writeInt(MAGIC);
      out.writeInt(sampleRateHz);
      out.writeInt(frames.size());
      long at = 0;
      for (Frame frame : frames) {
        out.writeInt(frame.length());
        out.writeInt(frame.spokenChars());
        out.writeInt(frame.wordSamples());
        out.write(sound.read(at, frame.length()));
        at += frame.length();
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
    List<Frame> frames = new ArrayList<>();
    NativeBytes sound = new NativeBytes();
    try {
      for (int i = 0; i < count; i++) {
        int length = in.readInt();
        frames.add(new Frame(length, in.readInt(), in.readInt()));
        if (length < 2 || length % 2 != 0 || length > in.available()) {
          throw new IOException("a saved speech with a broken frame");
        }
        sound.append(in.readNBytes(length));
      }
      if (in.available() > 0) {
        throw new IOException("a saved speech with something after it");
      }
    } catch (IOException broken) {
      sound.close();
      throw broken;
    }
    sound.seal();
    return new SavedSpeech(sampleRateHz, List.copyOf(frames), sound);
  }
}
