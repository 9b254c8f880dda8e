package io.voicebus.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NativeBytesTest {
  private static final int BLOCK = NativeBytes.BLOCK_BYTES;

  private static byte at(long place) {
    return (byte) (place * 31 + place / 251);
  }

  private static byte[] bytes(long from, int length) {
    byte[] bytes = new byte[length];
    for (int i = 0; i < length; i++) {
      bytes[i] = at(from + i);
    }
    return bytes;
  }

  private static NativeBytes of(int length) {
    NativeBytes all = new NativeBytes();
    all.append(bytes(0, length));
    return all;
  }

  private static byte[] read(NativeBytes bytes) {
    return bytes.read(bytes.first(), (int) (bytes.end() - bytes.first()));
  }

  private static byte[] joined(List<ByteBuffer> buffers) {
    ByteBuffer all = ByteBuffer.allocate(buffers.stream().mapToInt(ByteBuffer::remaining).sum());
    buffers.forEach(all::put);
    return all.array();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 7, BLOCK})
  void whatIsHereIsReadInWhateverPiecesItCame(int blockBytes) {
    Random random = new Random(blockBytes);
    NativeBytes all = new NativeBytes(blockBytes);
    for (int step = 0; step < 2000; step++) {
      if (random.nextInt(4) == 0) {
        all.dropFirstBlock();
      } else {
        all.append(bytes(all.end(), random.nextInt(2 * Math.min(blockBytes, 2000))));
      }
      // then
      long length = all.end() - all.first();
      long from = all.first() + (long) (random.nextDouble() * (length + 1));
      int some = (int) Math.min(5000, (long) (random.nextDouble() * (all.end() - from + 1)));
      assertThat(all.read(from, some)).isEqualTo(bytes(from, some));
      assertThat(all.heldBytes()).isBetween(length, length + 2L * blockBytes);
    }
    assertThat(joined(all.buffers())).isEqualTo(read(all));
    all.close();
    assertThat(all.heldBytes()).isZero();
  }

  @Test
  void whatIsSharedStaysWhenTheOthersAreDroppedAndTheirBlocksAreUsedAgain() {
    NativeBytes all = of(5 * BLOCK + 10);
    NativeBytes part = all.share(BLOCK + 5, 3 * BLOCK + 7);
    // when
    while (all.dropFirstBlock()) {
      // all of them
    }
    NativeBytes others = new NativeBytes();
    others.append(new byte[20 * BLOCK]);
    // then
    assertThat(part).isNotNull();
    assertThat(read(part)).isEqualTo(bytes(BLOCK + 5, 2 * BLOCK + 2));
    assertThat(joined(part.buffers())).isEqualTo(read(part));
    assertThat(part.heldBytes()).isEqualTo(3L * BLOCK);
    part.close();
    others.close();
  }

  @Test
  void nobodyOverwritesWhatIsShared() {
    NativeBytes all = of(100);
    NativeBytes part = all.share(0, 100);
    assertThat(part).isNotNull();
    assertThatThrownBy(() -> part.append(new byte[1])).isInstanceOf(IllegalStateException.class);
    // when more comes behind it
    all.append(bytes(100, 50));
    assertThat(read(part)).isEqualTo(bytes(0, 100));
    assertThat(read(all)).isEqualTo(bytes(0, 150));
    // and when the others are cut off
    all.truncate(20);
    assertThatThrownBy(() -> all.append(new byte[1])).isInstanceOf(IllegalStateException.class);
    assertThat(read(all)).isEqualTo(bytes(0, 20));
    assertThat(read(part)).isEqualTo(bytes(0, 100));
  }

  @Test
  void whatIsSealedTakesNoMoreThanItsLength() {
    for (int length : new int[] {0, 1, BLOCK - 1, BLOCK, BLOCK + 1, 3 * BLOCK + 99}) {
      NativeBytes all = of(length);
      all.seal();
      assertThat(all.heldBytes()).isEqualTo(length);
      assertThat(read(all)).isEqualTo(bytes(0, length));
      NativeBytes part = all.share(0, length);
      all.close();
      assertThat(part).isNotNull();
      assertThat(part.heldBytes()).isEqualTo(length);
      assertThat(read(part)).isEqualTo(bytes(0, length));
      part.close();
    }
  }

  @Test
  void whatIsNotHereIsRefused() {
    NativeBytes all = of(3 * BLOCK);
    all.dropFirstBlock();
    assertThat(all.first()).isEqualTo(BLOCK);
    assertThatThrownBy(() -> all.read(BLOCK - 1, 1)).isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> all.read(3 * BLOCK, 1)).isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> all.share(0, BLOCK)).isInstanceOf(IndexOutOfBoundsException.class);
    all.close();
    all.close();
    assertThat(all.share(0, 0)).isNull();
    assertThat(all.dropFirstBlock()).isFalse();
    assertThatThrownBy(() -> all.append(new byte[1])).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> new NativeBytes(0)).isInstanceOf(IllegalArgumentException.class);
  }

  /** A reader that shares while the owner closes gets all of them, or is told that it does not. */
  @Test
  void aReaderNeverSeesWhatSomebodyElseHasWritten() throws InterruptedException {
    AtomicInteger read = new AtomicInteger();
    List<Thread> readers = new ArrayList<>();
    List<byte[]> wrong = new ArrayList<>();
    for (int round = 0; round < 300; round++) {
      NativeBytes all = of(4 * BLOCK);
      byte[] expected = bytes(0, 4 * BLOCK);
      Thread reader =
          new Thread(
              () -> {
                try (NativeBytes part = all.share(0, 4 * BLOCK)) {
                  if (part != null) {
                    byte[] got = read(part);
                    read.incrementAndGet();
                    if (!Arrays.equals(got, expected)) {
                      synchronized (wrong) {
                        wrong.add(got);
                      }
                    }
                  }
                }
              });
      reader.start();
      readers.add(reader);
      all.close();
      NativeBytes next = new NativeBytes();
      next.append(new byte[8 * BLOCK]);
      next.close();
    }
    for (Thread reader : readers) {
      reader.join();
    }
    assertThat(wrong).isEmpty();
  }
}
