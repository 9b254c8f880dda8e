package io.voicebus.http;

import io.voicebus.contract.WavHeader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;

/** How turns begin whose listeners are lost. */
abstract class DetachedTest extends ServerTest {
  String path = "";

  /** A turn that has not made a sound. */
  void begin(Object... settings) throws Exception {
    serve(settings);
    path = startTurn();
  }

  /** A turn with its first 50 samples. */
  FakeTurn beginWithSound(Object... settings) throws Exception {
    serve(settings);
    path = startTurn();
    return pipeline.nextTurn().format(24_000).audio(flooded(0, 100));
  }

  String id() {
    return path.substring(path.lastIndexOf('/') + 1);
  }

  RawClient audio(String... headers) throws IOException {
    return call("GET", path + "/audio", NOTHING, headers);
  }

  /** A listener that has got so many bytes of the sound. */
  RawClient hear(int bytes) throws IOException {
    RawClient listener = audio();
    listener.read(WavHeader.BYTES + bytes);
    return listener;
  }

  static byte[] flooded(long from, int bytes) {
    byte[] pcm = new byte[bytes];
    for (int i = 0; i < bytes; i++) {
      pcm[i] = FakeTurn.sample(from + i);
    }
    return pcm;
  }

  static byte[] wav(int bytes) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    all.writeBytes(WavHeader.streaming(24_000));
    all.writeBytes(flooded(0, bytes));
    return all.toByteArray();
  }
}
