package io.voicebus.tts.embedded;

import com.sun.speech.freetts.FreeTTSSpeakable;
import com.sun.speech.freetts.Utterance;
import com.sun.speech.freetts.audio.AudioPlayer;
import io.voicebus.contract.Words;
import io.voicebus.tts.engine.OnceSink;
import java.io.InputStream;
import java.util.BitSet;
import javax.sound.sampled.AudioFormat;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Document;

/**
 * What FreeTTS asks about the text it speaks. It asks whether that is completed before each
 * processor, each pitch period and each write: that is how it is stopped.
 */
final class KevinPlayback implements FreeTTSSpeakable {
  private final EnglishSpeakable text;
  private final PcmFramer out;
  private final OnceSink sink;
  private final BitSet wordEnds;
  private @Nullable Exception fault;

  /** How many words are spoken so far. */
  private int said;

  /** The sample where the word began of which the end has not come; negative for none. */
  private long wordFrom = -1;

  KevinPlayback(EnglishSpeakable text, PcmFramer out, OnceSink sink) {
    this.text = text;
    this.out = out;
    this.sink = sink;
    this.wordEnds = Words.ends(text.original());
  }

  /** The times of an utterance are known; its samples follow. */
  static void timed(Utterance utterance) {
    ((KevinPlayback) utterance.getSpeakable()).expect(KevinTimes.of(utterance));
  }

  private void expect(KevinTimes times) {
    long base = out.samples();
    times.sounds().forEach(sound -> out.sound(base + sound.from(), base + sound.to()));
    for (KevinTimes.Token token : times.tokens()) {
      int at = text.words().indexOf(token.text(), said);
      if (at < 0) {
        continue; // said together with the next one
      }
      said = at + token.text().length();
      int chars = text.saidAt(said);
      wordFrom = wordFrom < 0 ? base + token.from() : wordFrom;
      if (chars == text.original().length() || wordEnds.get(chars)) {
        out.word(new PcmFramer.Word(wordFrom, base + token.to(), chars));
        wordFrom = -1;
      }
    }
  }

  AudioPlayer player() {
    return new Player();
  }

  void fault(Exception cause) {
    fault = cause;
  }

  void rethrowFault() {
    if (fault != null) {
      throw new IllegalStateException("FreeTTS: " + fault.getClass().getSimpleName(), fault);
    }
  }

  @Override
  public boolean isCompleted() {
    return fault != null || sink.closed();
  }

  @Override
  public boolean waitCompleted() {
    return !isCompleted();
  }

  @Override
  public String getText() {
    return text.words();
  }

  @Override
  public boolean isPlainText() {
    return true;
  }

  @Override
  public boolean isStream() {
    return false;
  }

  @Override
  public boolean isDocument() {
    return false;
  }

  @Override
  public Document getDocument() {
    throw new UnsupportedOperationException("plain text");
  }

  @Override
  public InputStream getInputStream() {
    throw new UnsupportedOperationException("plain text");
  }

  @Override
  public void started() {}

  @Override
  public void completed() {}

  /** FreeTTS has stopped; if it was not cancelled, the rest of the text is missing: a failure. */
  @Override
  public void cancelled() {
    if (!isCompleted()) {
      fault(new IllegalStateException("FreeTTS gave up"));
    }
  }

  /** Takes the samples, signed 16-bit big-endian mono, up to 1,024 bytes at a time. */
  private final class Player implements AudioPlayer {
    private AudioFormat format = new AudioFormat(Kevin.SAMPLE_RATE_HZ, 16, 1, true, true);

    @Override
    public boolean write(byte[] bytes) {
      return write(bytes, 0, bytes.length);
    }

    @Override
    public boolean write(byte[] bytes, int offset, int length) {
      out.bigEndian(bytes, offset, length);
      return !isCompleted();
    }

    @Override
    public void setAudioFormat(AudioFormat format) {
      this.format = format;
    }

    @Override
    public AudioFormat getAudioFormat() {
      return format;
    }

    @Override
    public boolean end() {
      return !isCompleted();
    }

    @Override
    public boolean drain() {
      return true;
    }

    @Override
    public float getVolume() {
      return 1;
    }

    @Override
    public long getTime() {
      return 0;
    }

    @Override
    public void begin(int size) {}

    @Override
    public void pause() {}

    @Override
    public void resume() {}

    @Override
    public void reset() {}

    @Override
    public void cancel() {}

    @Override
    public void close() {}

    @Override
    public void setVolume(float volume) {}

    @Override
    public void resetTime() {}

    @Override
    public void startFirstSampleTimer() {}

    @Override
    public void showMetrics() {}
  }
}
