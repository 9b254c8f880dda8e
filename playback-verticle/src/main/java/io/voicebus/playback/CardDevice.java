package io.voicebus.playback;

import io.voicebus.audio.RateConverter;
import io.voicebus.bus.FailureKind;
import io.voicebus.bus.Stage;
import io.voicebus.bus.VoicebusException;
import io.voicebus.contract.ListenerPosition;
import java.util.List;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioSystem;
import javax.sound.sampled.LineUnavailableException;
import javax.sound.sampled.SourceDataLine;
import org.jspecify.annotations.Nullable;

/**
 * Plays samples on the local sound card. A card that does not take the turn's rate, or mono, gets
 * what it takes.
 */
final class CardDevice implements AudioDevice {
  /** How much the card buffers: a barge-in discards it, a late thread must not empty it. */
  private static final int BUFFER_MS = 100;

  /** What is handed to the card at a time: a cancel is noticed between two pieces. */
  private static final int PIECE_MS = 20;

  /** Gives lines of a format; the JDK's, or a test's. */
  @FunctionalInterface
  interface Lines {
    SourceDataLine line(AudioFormat format) throws LineUnavailableException;
  }

  private record Match(SourceDataLine line, AudioFormat format) {}

  private final Lines lines;
  private volatile @Nullable SourceDataLine line;
  private volatile boolean silenced;
  private @Nullable RateConverter converter;
  private int channels = 1;
  private int pieceBytes;

  CardDevice() {
    this(AudioSystem::getSourceDataLine);
  }

  CardDevice(Lines lines) {
    this.lines = lines;
  }

  @Override
  public void prepare() {
    find(ListenerPosition.ASSUMED_RATE_HZ);
  }

  @Override
  public void open(int sampleRateHz) {
    Match match = find(sampleRateHz);
    SourceDataLine found = match.line;
    AudioFormat format = match.format;
    int rateHz = Math.round(format.getSampleRate());
    channels = format.getChannels();
    pieceBytes = rateHz * PIECE_MS / 1000 * format.getFrameSize();
    converter = rateHz == sampleRateHz ? null : new RateConverter(sampleRateHz, rateHz);
    try {
      found.open(format, rateHz * BUFFER_MS / 1000 * format.getFrameSize());
    } catch (LineUnavailableException e) {
      throw new VoicebusException(
          Stage.PLAYBACK,
          FailureKind.UNAVAILABLE,
          "the sound card is busy: close what uses it, or use -o out.wav");
    }
    line = found;
    if (silenced) {
      found.close();
    } else {
      found.start();
    }
  }

  /** The first line that exists, the one that needs no conversion foremost. */
  private Match find(int rateHz) {
    for (int hz : List.of(rateHz, 48_000, 44_100)) {
      for (int channel = 1; channel <= 2; channel++) {
        try {
          AudioFormat format = new AudioFormat(hz, 16, channel, true, false);
          return new Match(lines.line(format), format);
        } catch (IllegalArgumentException | LineUnavailableException e) {
          // The card does not take this one: the next.
        } catch (LinkageError e) {
          throw noCard(); // A JDK without its sound library.
        }
      }
    }
    throw noCard();
  }

  private static VoicebusException noCard() {
    return new VoicebusException(
        Stage.PLAYBACK,
        FailureKind.UNAVAILABLE,
        "there is no sound card here: use -o out.wav, or pipe the audio into a player");
  }

  @Override
  public void write(byte[] pcm) {
    play(converter == null ? pcm : converter.convert(pcm));
  }

  @Override
  public void drain() {
    if (converter != null) {
      play(converter.finish());
    }
    SourceDataLine playing = line;
    if (playing != null && !silenced) {
      playing.drain();
    }
  }

  private void play(byte[] mono) {
    SourceDataLine playing = line;
    if (playing == null) {
      return;
    }
    byte[] pcm = channels == 1 ? mono : twice(mono);
    for (int at = 0; at < pcm.length && !silenced; at += pieceBytes) {
      playing.write(pcm, at, Math.min(pieceBytes, pcm.length - at));
    }
  }

  private static byte[] twice(byte[] mono) {
    byte[] stereo = new byte[2 * mono.length];
    for (int i = 0; i < mono.length; i += 2) {
      System.arraycopy(mono, i, stereo, 2 * i, 2);
      System.arraycopy(mono, i, stereo, 2 * i + 2, 2);
    }
    return stereo;
  }

  @Override
  public void silence() {
    silenced = true;
    SourceDataLine playing = line;
    if (playing != null) {
      playing.stop();
      playing.flush();
    }
  }

  @Override
  public void close() {
    SourceDataLine playing = line;
    if (playing != null) {
      if (silenced) {
        playing.flush(); // What was written while it was being silenced.
      }
      playing.close();
    }
  }
}
