package io.voicebus.turn;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.voicebus.bus.Clock;
import io.voicebus.bus.Inbox;
import io.voicebus.bus.Link;
import io.voicebus.bus.Message;
import io.voicebus.bus.VertxBus;
import io.voicebus.contract.Addresses;
import io.voicebus.contract.ChunkAudio;
import io.voicebus.contract.ChunkCaption;
import io.voicebus.contract.ChunkSpoken;
import io.voicebus.contract.PlayoutFormat;
import io.voicebus.contract.PlayoutMark;
import io.voicebus.contract.PlayoutRequest;
import io.voicebus.contract.PlayoutResume;
import io.voicebus.contract.Prompt;
import io.voicebus.contract.TextDelta;
import io.voicebus.contract.TextLength;
import io.voicebus.contract.TextOpen;
import io.voicebus.contract.WordMark;
import java.time.Duration;
import java.util.List;

/**
 * All three stages on one inbox of a real bus: a text source that reads its prompt, a chunker that
 * cuts at full stops, and a deterministic voice whose samples say which of the turn they are.
 */
final class ReadingStages {
  static final int RATE = 8000;
  static final int CHUNK_SAMPLES = 4000;

  private final Inbox inbox;
  private final Duration perWord;
  private final List<Gate> gates;

  /**
   * Where the text source waits.
   *
   * @param chars of the text that are written before
   * @param open when it goes on
   */
  record Gate(int chars, Future<Void> open) {}

  private ReadingStages(Inbox inbox, Duration perWord, List<Gate> gates) {
    this.inbox = inbox;
    this.perWord = perWord;
    this.gates = gates;
    inbox.onLink(Prompt.class, this::read);
    inbox.onLink(TextOpen.class, this::chunk);
    inbox.onLink(PlayoutRequest.class, this::speak);
  }

  /** Serves; {@code perWord} is between two words of a text. */
  static Future<VertxBus> serve(Vertx vertx, Duration perWord, Gate... gates) {
    return VertxBus.register(vertx, Clock.system(), "stages")
        .compose(
            bus -> {
              new ReadingStages(bus.inbox(), perWord, List.of(gates));
              return Future.join(
                      bus.serve(Addresses.PROMPT),
                      bus.serve(Addresses.TEXT),
                      bus.serve(Addresses.PLAYOUT))
                  .map(bus);
            });
  }

  private static void silent(Link link) {
    link.in().handler(ignored -> {});
    link.onFailure(gone -> {});
  }

  private void read(Prompt prompt, Link link) {
    silent(link);
    link.onConfirmed(() -> write(prompt.text(), prompt.said().length(), link));
  }

  private void write(String text, int at, Link link) {
    if (!link.isAlive()) {
      return;
    }
    if (at >= text.length()) {
      link.out().end();
      return;
    }
    for (Gate gate : gates) {
      if (at >= gate.chars && !gate.open.isComplete()) {
        gate.open.onSuccess(open -> inbox.execute(() -> write(text, at, link)));
        return;
      }
    }
    int space = text.indexOf(' ', at);
    int end = space < 0 ? text.length() : space + 1;
    link.tell(new TextDelta(text.substring(at, end)));
    inbox.after(perWord.toNanos(), () -> write(text, end, link));
  }

  private void chunk(TextOpen head, Link link) {
    StringBuilder text = new StringBuilder();
    int[] next = {head.nextChunk()};
    int[] at = {(int) head.resumeAt()};
    silent(link);
    link.in()
        .handler(
            item -> {
              if (item instanceof TextDelta delta) {
                text.append(delta.text());
                int stop;
                while ((stop = text.indexOf(".", at[0])) >= 0) {
                  String sentence = text.substring(at[0], stop + 1).strip();
                  link.tell(new ChunkCaption(next[0]++, sentence, at[0], stop + 1));
                  at[0] = stop + 1;
                }
              }
            });
    link.in()
        .endHandler(
            ended -> {
              link.tell(new TextLength(next[0]));
              link.out().end();
            });
  }

  private void speak(PlayoutRequest request, Link link) {
    PlayoutResume from = request.resume();
    long[] sample = {from.samples()};
    long[] within = {from.at().samples()};
    int[] spoken = {from.chunk()};
    silent(link);
    link.in()
        .handler(
            item -> {
              if (item instanceof ChunkCaption caption) {
                if (sample[0] == 0) {
                  link.tell(new PlayoutFormat(RATE));
                }
                if (within[0] == 0) {
                  link.tell(mark(PlayoutMark.Kind.CHUNK_START, caption.chunk(), sample[0]));
                }
                say(caption, within[0], sample[0], link);
                sample[0] += CHUNK_SAMPLES - within[0];
                within[0] = 0;
                link.tell(new ChunkSpoken(caption.chunk(), 1, 1, 1, 1));
                link.tell(mark(PlayoutMark.Kind.CHUNK_END, caption.chunk(), sample[0]));
                spoken[0]++;
              }
              endIfDone(item, spoken[0], link);
            });
  }

  private static void endIfDone(Message item, int spoken, Link link) {
    if (item instanceof TextLength length && length.chunks() <= spoken) {
      link.out().end();
    }
  }

  private static PlayoutMark mark(PlayoutMark.Kind kind, int chunk, long sample) {
    return new PlayoutMark(kind, chunk, sample, "counts");
  }

  /** Ten pieces, each with a word of so many characters in it. */
  private static void say(ChunkCaption caption, long within, long sample, Link link) {
    int piece = CHUNK_SAMPLES / 10;
    for (int i = 0; i < 10; i++) {
      int from = (int) Math.max(within, (long) piece * i);
      int end = piece * (i + 1);
      if (from < end) {
        byte[] pcm = new byte[2 * (end - from)];
        for (int s = 0; s < end - from; s++) {
          long value = sample + from - within + s;
          pcm[2 * s] = (byte) value;
          pcm[2 * s + 1] = (byte) (value >> 8);
        }
        link.tell(new ChunkAudio(caption.chunk(), pcm));
        int chars = caption.spokenChars() * (i + 1) / 10;
        link.tell(new WordMark(caption.chunk(), sample + end - within, chars));
      }
    }
  }
}
