package io.voicebus.audio;

/** The samples as they are. */
final class PcmCodec implements Codec {
  @Override
  public byte[] begin(int rateHz) {
    return AudioEncoder.NOTHING;
  }

  @Override
  public byte[] encode(byte[] pcm) {
    return pcm;
  }

  @Override
  public byte[] end() {
    return AudioEncoder.NOTHING;
  }
}
