package io.voicebus.playback.seam;

import io.voicebus.contract.ChunkEnd;

/** Leaves everything as the engines made it, bit by bit. */
public final class NoProcessing implements Processing {
  private long from;
  private boolean finished = true;

  @Override
  public void resume(int due, int gain) {}

  @Override
  public void begin(long fromRaw, ChunkEnd end, String voice) {
    from = fromRaw;
    finished = false;
  }

  /** The engine has skipped them. */
  @Override
  public void skip(long samples) {}

  @Override
  public byte[] accept(byte[] pcm) {
    return pcm;
  }

  @Override
  public byte[] finish(boolean textGoesOn) {
    finished = true;
    return new byte[0];
  }

  @Override
  public boolean finished() {
    return finished;
  }

  @Override
  public int pause(long waited) {
    return 0;
  }

  @Override
  public int lead() {
    return 0;
  }

  @Override
  public int due() {
    return 0;
  }

  @Override
  public long within(long raw) {
    return raw - from;
  }

  @Override
  public int gain() {
    return 0;
  }

  @Override
  public int heldBytes() {
    return 0;
  }

  @Override
  public boolean transparent() {
    return true;
  }
}
