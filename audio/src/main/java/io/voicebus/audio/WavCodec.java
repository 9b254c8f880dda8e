package io.voicebus.audio;

import io.voicebus.contract.WavHeader;

/** A head of unknown length, then the samples as they are. */
final class WavCodec implements Codec {
  private int rateHz;
  private long dataBytes;

  @Override
  public byte[] begin(int newRateHz) {
    rateHz = newRateHz;
    return WavHeader.streaming(newRateHz);
  }

  @Override
  public byte[] encode(byte[] pcm) {
    dataBytes += pcm.length;
    return pcm;
  }

  @Override
  public byte[] end() {
    return AudioEncoder.NOTHING;
  }

  @Override
  public byte[] finishedHead() {
    return WavHeader.exact(rateHz, dataBytes);
  }
}
