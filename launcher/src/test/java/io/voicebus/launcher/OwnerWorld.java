package io.voicebus.launcher;

import io.voicebus.bus.Bus;
import io.voicebus.bus.Failure;
import io.voicebus.bus.FailureKind;
import io.voicebus.bus.Link;
import io.voicebus.bus.Stage;
import io.voicebus.bus.VirtualBus;
import io.voicebus.chunker.BusTexts;
import io.voicebus.chunker.ChunkerOptions;
import io.voicebus.contract.Addresses;
import io.voicebus.contract.Frame;
import io.voicebus.contract.Pace;
import io.voicebus.contract.Prompt;
import io.voicebus.contract.Speaker;
import io.voicebus.contract.SpeechJob;
import io.voicebus.contract.TextDelta;
import io.voicebus.contract.TurnOptions;
import io.voicebus.contract.WordEnd;
import io.voicebus.playback.BusTurns;
import io.voicebus.queue.Assignment;
import io.voicebus.queue.JobWorker;
import io.voicebus.turn.AudioListener;
import io.voicebus.turn.OwnerLimits;
import io.voicebus.turn.Turn;
import io.voicebus.turn.TurnEvent;
import io.voicebus.turn.TurnOwner;
import io.voicebus.turn.TurnRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * The real owners, chunkers, playbacks and work queue in virtual time, with text sources that read
 * and voices whose samples are the letters that they say. Of each there are two instances, and the
 * client of a turn may leave the one owner and come back at the other.
 */
final class OwnerWorld {
  private static final int RATE = 8_000;
  private static final int SAMPLES_PER_LETTER = 400;

  final VirtualBus bus;
  final VirtualBus.Node owner;

  /** Keeps the copies of the first one's turns. */
  final VirtualBus.Node otherOwner;

  final List<VirtualBus.Node> sources = new ArrayList<>();
  final List<VirtualBus.Node> chunkers = new ArrayList<>();
  final List<VirtualBus.Node> playbacks = new ArrayList<>();
  final List<VirtualBus.Node> workers = new ArrayList<>();
  final TurnOwner turns;
  final TurnOwner otherTurns;
  List<TurnEvent> events = new ArrayList<>();
  private final List<BusTexts> texts = new ArrayList<>();
  private final List<BusTurns> playouts = new ArrayList<>();
  private final Random random;

  /** Whether the voices go on by words, instead of by samples. */
  private final boolean byText;

  private List<Integer> heard = new ArrayList<>();

  /** What came while the client was away. */
  private final List<Integer> missed = new ArrayList<>();

  private @Nullable Turn said;
  private boolean away;
  private boolean resumed;
  private String refusal = "";
  private int packets;
  private int strikeAt = -1;
  private Runnable strike = () -> {};

  OwnerWorld(long seed) {
    random = new Random(seed);
    bus = new VirtualBus(seed);
    byText = random.nextBoolean();
    boolean near = random.nextBoolean();
    owner = bus.node("owner", "front");
    otherOwner = bus.node("other owner", "front1");
    bus.serve(Addresses.COPIES, owner, otherOwner);
    turns = owner(owner, "front");
    otherTurns = owner(otherOwner, "front1");
    for (int i = 0; i < 2; i++) {
      String machine = near && i == 0 ? "front" : "back" + i;
      VirtualBus.Node source = bus.node("gemini" + i, machine);
      source.inbox().onLink(Prompt.class, (prompt, link) -> read(source, prompt, link));
      sources.add(source);
      VirtualBus.Node chunker = bus.node("chunker" + i, machine);
      texts.add(BusTexts.asWritten(chunker.inbox(), ChunkerOptions.DEFAULT));
      chunkers.add(chunker);
      VirtualBus.Node playback = bus.node("playback" + i, machine);
      playouts.add(BusTurns.usual(playback.inbox(), new Random(seed + i)));
      playbacks.add(playback);
      VirtualBus.Node worker = bus.node("worker" + i, machine);
      new JobWorker(worker.inbox(), Addresses.WORKERS, 4, job -> new Voice(worker, job).begin())
          .beat();
      workers.add(worker);
    }
    bus.serve(Addresses.PROMPT, sources.toArray(VirtualBus.Node[]::new));
    bus.serve(Addresses.TEXT, chunkers.toArray(VirtualBus.Node[]::new));
    bus.serve(Addresses.PLAYOUT, playbacks.toArray(VirtualBus.Node[]::new));
    bus.serve(Addresses.WORKERS, playbacks.toArray(VirtualBus.Node[]::new));
    bus.tap(
        (to, packet) -> {
          if (packets++ == strikeAt) {
            otherOwner.after(0, () -> strike.run());
          }
        });
    bus.run(Duration.ofSeconds(1));
    packets = 0;
  }

  private static TurnOwner owner(VirtualBus.Node node, String process) {
    return new TurnOwner(node.inbox(), OwnerLimits.DEFAULTS)
        .withCopies(process, Duration.ofSeconds(15));
  }

  /** Has something happen when so many packets were sent. */
  void atPacket(int number, Runnable task) {
    strikeAt = number;
    strike = task;
  }

  int packets() {
    return packets;
  }

  /** Begins a turn that reads this text. */
  Turn say(String text) {
    TurnOptions options = new TurnOptions("", "", true, Pace.REALTIME, TurnOptions.NO_PROCESSING);
    Turn turn = turns.start(TurnRequest.toCaller(text, options), events::add);
    turn.listen(ear(heard));
    said = turn;
    return turn;
  }

  private AudioListener ear(List<Integer> into) {
    return new AudioListener() {
      @Override
      public void format(int sampleRateHz) {}

      @Override
      public void audio(int chunk, byte[] pcm) {
        for (int i = 0; i < pcm.length; i += 2) {
          (away ? missed : into).add((pcm[i] & 0xff) | (pcm[i + 1] & 0xff) << 8);
        }
      }
    };
  }

  /**
   * The client leaves the owner and comes back at the other one; if that one finds the owner alive,
   * it stays there.
   *
   * @param stored whether it keeps all that it has; else it gives back what it has not played
   */
  void comeBack(boolean stored) {
    Turn left = said;
    if (left == null || (ended() != null && owner.alive())) {
      return;
    }
    away = true;
    long fixed = stored ? heard.size() : Math.max(0, heard.size() - RATE);
    List<TurnEvent> told = new ArrayList<>();
    List<Integer> first = List.copyOf(heard);
    otherTurns
        .lost(left.id())
        .map(lost -> otherTurns.goOn(lost, first.size(), fixed, told::add))
        .onSuccess(
            turn -> {
              resumed = true;
              heard = new ArrayList<>(first.subList(0, (int) turn.goesOnAt()));
              events = told;
              turn.listen(ear(heard));
              away = false;
            })
        .onFailure(
            alive -> {
              refusal = String.valueOf(alive);
              heard.addAll(missed);
              away = false;
            });
  }

  /** Whether the owner was lost so early that nobody else knows the turn. */
  boolean neverCopied() {
    return !away && refusal.contains("no copy");
  }

  /** Whether another owner went on with the turn. */
  boolean resumed() {
    return resumed;
  }

  /** How the turn ended that the client listens to. */
  TurnEvent.@Nullable Ended ended() {
    if (away) {
      return null;
    }
    TurnEvent last = events.isEmpty() ? null : events.get(events.size() - 1);
    return last instanceof TurnEvent.Ended ended ? ended : null;
  }

  /** What was heard, as words; a part of a letter counts as one. */
  List<String> heardWords() {
    StringBuilder letters = new StringBuilder();
    int at = 0;
    while (at < heard.size()) {
      int run = at;
      while (run < heard.size()
          && heard.get(run).equals(heard.get(at))
          && run - at < SAMPLES_PER_LETTER) {
        run++;
      }
      letters.append((char) (int) heard.get(at));
      at = run;
    }
    return List.of(letters.toString().strip().split(" +"));
  }

  /** What is left of the turn anywhere; empty for nothing. */
  String leftovers() {
    StringBuilder left = new StringBuilder();
    List<VirtualBus.Node> all = new ArrayList<>(List.of(owner, otherOwner));
    all.addAll(sources);
    all.addAll(chunkers);
    all.addAll(playbacks);
    all.addAll(workers);
    for (VirtualBus.Node node : all) {
      if (node.alive() && !node.inbox().idle()) {
        left.append(node.name()).append(" has something going on; ");
      }
    }
    if (otherTurns.copies() > 0) {
      left.append("a copy is kept; ");
    }
    for (int i = 0; i < 2; i++) {
      if (chunkers.get(i).alive() && texts.get(i).active() > 0) {
        left.append("chunker").append(i).append(" has a turn; ");
      }
      if (playbacks.get(i).alive()
          && (playouts.get(i).active() > 0 || playouts.get(i).held() > 0)) {
        left.append("playback").append(i).append(" has a turn; ");
      }
    }
    return left.toString();
  }

  private void read(VirtualBus.Node node, Prompt prompt, Link link) {
    boolean[] over = {false};
    link.in().handler(ignored -> {});
    link.onFailure(gone -> over[0] = true);
    link.onConfirmed(() -> write(node, prompt.text(), prompt.said().length(), link, over));
  }

  private void write(VirtualBus.Node node, String text, int at, Link link, boolean[] over) {
    if (over[0]) {
      return;
    }
    if (at == text.length()) {
      link.out().end();
      return;
    }
    int end = Math.min(text.length(), at + 1 + random.nextInt(12));
    link.tell(new TextDelta(text.substring(at, end)));
    node.after(random.nextInt(40_000_000), () -> write(node, text, end, link, over));
  }

  /** Says letters, each for 50 ms, eight times as fast as they are heard. */
  private final class Voice {
    private final VirtualBus.Node node;
    private final Assignment job;
    private final String text;
    private int at;
    private long skip;
    private boolean over;
    private Bus.@Nullable Timer timer;

    Voice(VirtualBus.Node node, Assignment job) {
      this.node = node;
      this.job = job;
      SpeechJob speech = (SpeechJob) job.offer().payload();
      text = speech.text() + " ";
      at = byText ? speech.at().chars() : 0;
      skip = byText ? 0 : speech.at().samples();
      job.onWithdrawn(
          () -> {
            over = true;
            if (timer != null) {
              timer.cancel();
            }
          });
    }

    void begin() {
      job.out().write(new Speaker(RATE, byText, "letters"));
      timer = node.after(20_000_000, this::word);
    }

    private void word() {
      if (over) {
        return;
      }
      if (at >= text.length()) {
        over = true;
        job.finished();
        return;
      }
      int end = text.indexOf(' ', at) + 1;
      int samples = (end - at) * SAMPLES_PER_LETTER;
      int from = (int) Math.min(skip, samples);
      skip -= from;
      if (from < samples) {
        byte[] pcm = new byte[2 * (samples - from)];
        for (int i = from; i < samples; i++) {
          pcm[2 * (i - from)] = (byte) text.charAt(at + i / SAMPLES_PER_LETTER);
        }
        job.piece();
        job.out()
            .write(
                new Frame(
                    pcm, List.of(new WordEnd(samples - from, Math.min(end, text.length() - 1)))));
      }
      at = end;
      timer = node.after(samples * 1_000_000_000L / RATE / 8, this::word);
    }
  }

  /** Why a turn did not finish, for people. */
  String outcome() {
    TurnEvent.Ended ended = ended();
    if (ended == null) {
      return "it never ended " + refusal;
    }
    Failure failure = ended.failure();
    return ended.outcome()
        + (failure == null
            ? ""
            : " " + failure.stage() + " " + failure.kind() + " " + failure.detail());
  }

  static Failure stopped() {
    return new Failure(Stage.OWNER, FailureKind.UNAVAILABLE, "stopped");
  }
}
