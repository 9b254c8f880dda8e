package io.voicebus.tts;

import static org.assertj.core.api.Assertions.assertThat;

import io.voicebus.contract.Frame;
import io.voicebus.contract.WordEnd;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FrameGatherTest {
  private final List<Frame> frames = new ArrayList<>();
  private final FrameGather gather = new FrameGather(frames::add);

  private static byte[] pcm(int bytes) {
    return new byte[bytes];
  }

  @Test
  void piecesThatComeAtOnceAreOneFrameThatKnowsWhereItsWordsEnd() {
    gather.add(new byte[] {1, 2}, 0, 3, 0, false);
    gather.add(new byte[] {3, 4, 5, 6}, 0, 8, 0, false);
    gather.add(new byte[] {7, 8}, 0, -1, 0, false);
    gather.flush();
    assertThat(frames).hasSize(1);
    assertThat(frames.get(0).pcm()).containsExactly(1, 2, 3, 4, 5, 6, 7, 8);
    assertThat(frames.get(0).words()).containsExactly(new WordEnd(1, 3), new WordEnd(3, 8));
  }

  @Test
  void aWordEndsOnce() {
    gather.add(pcm(2), 0, 0, 0, false);
    gather.add(pcm(2), 0, 4, 0, false);
    gather.add(pcm(2), 0, 4, 0, false);
    gather.flush();
    gather.add(pcm(2), 0, 4, 0, false);
    gather.add(pcm(2), 0, 9, 0, false);
    gather.flush();
    assertThat(frames.get(0).words()).containsExactly(new WordEnd(2, 4));
    assertThat(frames.get(1).words()).containsExactly(new WordEnd(2, 9));
  }

  @Test
  void theOnlyPieceIsNotCopied() {
    byte[] only = pcm(100);
    gather.add(only, 0, -1, 0, false);
    gather.flush();
    gather.flush();
    assertThat(frames).hasSize(1);
    assertThat(frames.get(0).pcm()).isSameAs(only);
    assertThat(frames.get(0).words()).isEmpty();
  }

  @Test
  void aFrameIsNeverTooLarge() {
    gather.add(pcm(Frame.MAX_BYTES - 2), 0, 5, 0, false);
    gather.add(pcm(4), 0, 7, 0, false);
    gather.add(pcm(2 * Frame.MAX_BYTES + 6), 0, 9, 0, false);
    gather.flush();
    assertThat(frames.stream().map(frame -> frame.pcm().length))
        .containsExactly(Frame.MAX_BYTES - 2, 4, Frame.MAX_BYTES, Frame.MAX_BYTES, 6);
    assertThat(frames.get(0).words()).containsExactly(new WordEnd(Frame.MAX_BYTES / 2 - 1, 5));
    assertThat(frames.get(1).words()).containsExactly(new WordEnd(2, 7));
    assertThat(frames.get(4).words()).containsExactly(new WordEnd(3, 9));
  }

  @Test
  void whatIsSkippedIsNotInIt() {
    gather.add(new byte[] {1, 2, 3, 4}, 2, 4, 0, false);
    gather.add(new byte[] {5, 6}, 0, 6, 0, false);
    gather.flush();
    assertThat(frames).hasSize(1);
    assertThat(frames.get(0).pcm()).containsExactly(3, 4, 5, 6);
  }
}
