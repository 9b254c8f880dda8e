package io.voicebus.http.api;

import io.voicebus.audio.AudioCoding;
import io.voicebus.audio.AudioFormat;
import io.voicebus.contract.WavHeader;
import java.io.ByteArrayOutputStream;

/** A turn's encoded audio that is sent in one piece. NOT thread safe. */
public final class WholeAudio {
  /**
   * Largest size of the audio in bytes: six minutes of WAV at 24 kHz, hours of compressed audio.
   */
  public static final int MAX_BYTES = 16 * 1024 * 1024;

  /** What holds it grows by doubling, and at the end it is copied. */
  private static final int GROWTH = 2;

  private final ByteArrayOutputStream audio = new ByteArrayOutputStream();

  /**
   * Adds bytes.
   *
   * @return false, and nothing is added, if the audio would be too long
   */
  public boolean add(byte[] bytes) {
    if (audio.size() + bytes.length > MAX_BYTES) {
      return false;
    }
    audio.write(bytes, 0, bytes.length);
    return true;
  }

  /** What it takes, in bytes. */
  long heldBytes() {
    return GROWTH * (long) audio.size();
  }

  /**
   * The whole audio; a WAV file's header has its length.
   *
   * @param turnRateHz sample rate of the turn in Hz
   */
  public byte[] bytes(AudioCoding coding, int turnRateHz) {
    byte[] bytes = audio.toByteArray();
    if (coding.format() == AudioFormat.WAV) {
      int rateHz = coding.encodedRateHz(turnRateHz);
      byte[] head = WavHeader.exact(rateHz, bytes.length - WavHeader.BYTES);
      System.arraycopy(head, 0, bytes, 0, head.length);
    }
    return bytes;
  }
}
