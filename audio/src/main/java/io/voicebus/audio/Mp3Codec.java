package io.voicebus.audio;

import de.sciss.jump3r.mp3.BitStream;
import de.sciss.jump3r.mp3.GainAnalysis;
import de.sciss.jump3r.mp3.ID3Tag;
import de.sciss.jump3r.mp3.Lame;
import de.sciss.jump3r.mp3.LameGlobalFlags;
import de.sciss.jump3r.mp3.MPEGMode;
import de.sciss.jump3r.mp3.Presets;
import de.sciss.jump3r.mp3.Quantize;
import de.sciss.jump3r.mp3.QuantizePVT;
import de.sciss.jump3r.mp3.Reservoir;
import de.sciss.jump3r.mp3.Takehiro;
import de.sciss.jump3r.mp3.VBRTag;
import de.sciss.jump3r.mp3.Version;
import de.sciss.jump3r.mpg.MPGLib;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * MP3 at a constant bit rate, by a port of LAME. There is no Xing or LAME tag, whose length nobody
 * knows yet. The first sample comes {@link #DELAY} samples after the decoded beginning.
 */
final class Mp3Codec implements Codec {
  /** LAME's delay and a decoder's, in samples. */
  static final int DELAY = 576 + 529;

  /** 1 is best, 9 is fastest: LAME's own default is 5 for what 3.98 called normal. */
  private static final int QUALITY = 5;

  /** Below 32 kHz, where speech does not gain by more. */
  private static final int LOW_RATE_KBPS = 64;

  private static final int HIGH_RATE_KBPS = 96;
  private static final int HIGH_RATE_HZ = 32_000;

  /** No filter beyond that of the encoder's bands. */
  private static final int NO_FILTER = -1;

  /** What LAME's documentation asks for: 1.25 bytes a sample, and this. */
  private static final int SPARE_BYTES = 7_200;

  private final int kbps;
  private @Nullable Lame lame;
  private @Nullable LameGlobalFlags flags;

  /**
   * One turn.
   *
   * @param kbps {@link AudioCoding#USUAL} for what is good for speech
   */
  Mp3Codec(int kbps) {
    this.kbps = kbps;
  }

  @Override
  public byte[] begin(int rateHz) {
    Lame made = wired();
    LameGlobalFlags set = made.lame_init();
    set.num_channels = 1;
    set.mode = MPEGMode.MONO;
    set.in_samplerate = rateHz;
    set.out_samplerate = rateHz;
    set.brate =
        kbps != AudioCoding.USUAL ? kbps : rateHz < HIGH_RATE_HZ ? LOW_RATE_KBPS : HIGH_RATE_KBPS;
    set.quality = QUALITY;
    set.scale = 1; // its own default is 0.95
    set.lowpassfreq = NO_FILTER;
    set.highpassfreq = NO_FILTER;
    set.bWriteVbrTag = false;
    set.write_id3tag_automatic = false;
    int refused = made.lame_init_params(set);
    if (refused < 0) {
      throw new IllegalStateException("LAME refuses its parameters: " + refused);
    }
    lame = made;
    flags = set;
    return AudioEncoder.NOTHING;
  }

  /** LAME's parts, which know each other. */
  private static Lame wired() {
    Lame lame = new Lame();
    GainAnalysis gain = new GainAnalysis();
    BitStream bits = new BitStream();
    Presets presets = new Presets();
    QuantizePVT tables = new QuantizePVT();
    Quantize quantize = new Quantize();
    VBRTag tag = new VBRTag();
    Version version = new Version();
    ID3Tag id3 = new ID3Tag();
    Reservoir reservoir = new Reservoir();
    Takehiro huffman = new Takehiro();
    MPGLib decoder = new MPGLib();
    lame.setModules(gain, bits, presets, tables, quantize, tag, version, id3, decoder);
    bits.setModules(gain, decoder, version, tag);
    id3.setModules(bits, version);
    presets.setModules(lame);
    quantize.setModules(bits, reservoir, tables, huffman);
    tables.setModules(huffman, reservoir, lame.enc.psy);
    reservoir.setModules(bits);
    huffman.setModules(tables);
    tag.setModules(lame, bits, version);
    return lame;
  }

  @Override
  public byte[] encode(byte[] pcm) {
    if (lame == null || flags == null) {
      throw new IllegalStateException("not begun");
    }
    int samples = pcm.length / 2;
    int[] left = new int[samples];
    for (int i = 0; i < samples; i++) {
      left[i] = WholeSamples.sample(pcm, i) << 16;
    }
    byte[] bytes = new byte[samples * 5 / 4 + SPARE_BYTES];
    return some(
        bytes, lame.lame_encode_buffer_int(flags, left, left, samples, bytes, 0, bytes.length));
  }

  @Override
  public byte[] end() {
    if (lame == null || flags == null) {
      throw new IllegalStateException("not begun");
    }
    byte[] bytes = new byte[2 * SPARE_BYTES];
    return some(bytes, lame.lame_encode_flush(flags, bytes, 0, bytes.length));
  }

  private static byte[] some(byte[] bytes, int length) {
    if (length < 0) {
      throw new IllegalStateException("LAME cannot encode: " + length);
    }
    return Arrays.copyOf(bytes, length);
  }

  @Override
  public void close() {
    lame = null;
    flags = null;
  }
}
