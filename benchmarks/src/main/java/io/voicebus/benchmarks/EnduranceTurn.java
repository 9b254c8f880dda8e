package io.voicebus.benchmarks;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.voicebus.bus.Clock;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.Locale;
import java.util.Random;

/** One turn of an endurance run: the request, the behaviour of its listener, and the result. */
final class EnduranceTurn {
  private static final int SENTENCES = 5;
  private static final int SENTENCE_WORDS = 7;
  static final int WORDS = SENTENCES * SENTENCE_WORDS;

  /** Sound of the shortest sentence, about. */
  private static final int FEW_BYTES = 100_000;

  private static final int MANY_BYTES = 600_000;

  /** What its listener does in the midst of it. */
  enum Behaviour {
    LISTENS,
    /** Goes, and does not come back. */
    LEAVES,
    /** Loses its connection, and comes back for the rest. */
    COMES_BACK,
    /** Reads nothing for a while. */
    PAUSES,
    CANCELS
  }

  /** How it ended, as its client sees it. */
  enum End {
    FINISHED,
    /** Its client was told that it failed, or its answer broke off. */
    FAILED,
    CANCELLED,
    /** Its client has left. */
    LEFT,
    /** Before it began, since there are too many. */
    REFUSED
  }

  private final int number;
  private final EnduranceDoor door;
  private final Behaviour behaviour;
  private final Random random;
  private final int actAtBytes;
  private final String text;
  private final ByteArrayOutputStream pcm = new ByteArrayOutputStream();
  private final long begun = Clock.system().nanoTime();
  private boolean acted;
  private volatile long firstNanos = -1;
  private volatile boolean touched;
  private int losses;
  private volatile String id = "";
  private volatile String detail = "";

  EnduranceTurn(int number, EnduranceDoor door, Behaviour behaviour, Random random) {
    this.number = number;
    this.door = door;
    this.behaviour = behaviour;
    this.random = random;
    this.actAtBytes = random.nextInt(FEW_BYTES, MANY_BYTES);
    this.text = text(number);
  }

  private static String text(int number) {
    StringBuilder text = new StringBuilder();
    for (int word = 0; word < WORDS; word++) {
      String name = LoadCorpus.name(number * WORDS + word);
      boolean first = word % SENTENCE_WORDS == 0;
      boolean last = word % SENTENCE_WORDS == SENTENCE_WORDS - 1;
      text.append(first ? name : name.substring(0, 1).toLowerCase(Locale.ROOT))
          .append(first ? "" : name.substring(1))
          .append(last ? ". " : word % SENTENCE_WORDS == 3 ? ", " : " ");
    }
    return text.toString().strip();
  }

  int number() {
    return number;
  }

  EnduranceDoor door() {
    return door;
  }

  Behaviour behaviour() {
    return behaviour;
  }

  Random random() {
    return random;
  }

  String text() {
    return text;
  }

  /** The text as somebody writes it. */
  String[] pieces() {
    return text.split("(?<= )", -1);
  }

  /** Something went wrong at a service while it worked for this turn. */
  void touch() {
    touched = true;
  }

  boolean touched() {
    return touched;
  }

  void id(String known) {
    id = known;
  }

  /** Voicebus' name for it; empty if its door does not tell. */
  String id() {
    return id;
  }

  /** Its connection broke, and its client comes back for the rest. */
  synchronized void lost() {
    losses++;
  }

  synchronized int losses() {
    return losses;
  }

  void detail(String words) {
    detail = words;
  }

  /** What its client was told of its end. */
  String detail() {
    return detail;
  }

  void sound(Buffer piece) {
    sound(piece.getBytes());
  }

  synchronized void sound(byte[] piece) {
    if (firstNanos < 0) {
      firstNanos = Clock.system().nanoTime() - begun;
    }
    pcm.writeBytes(piece);
  }

  /** From its making to its first sound; NaN without. */
  double firstMs() {
    return firstNanos < 0 ? Double.NaN : firstNanos / 1e6;
  }

  /** Since its making. */
  double ageMs() {
    return (Clock.system().nanoTime() - begun) / 1e6;
  }

  synchronized byte[] pcm() {
    return pcm.toByteArray();
  }

  /** Whole samples; half of one that has come is forgotten. */
  synchronized int samples() {
    int samples = pcm.size() / 2;
    if (pcm.size() % 2 != 0) {
      byte[] whole = Arrays.copyOf(pcm.toByteArray(), 2 * samples);
      pcm.reset();
      pcm.writeBytes(whole);
    }
    return samples;
  }

  /** Whether it is now that the listener does what it does; once. */
  synchronized boolean acts() {
    boolean now = !acted && behaviour != Behaviour.LISTENS && pcm.size() >= actAtBytes;
    acted |= now;
    return now;
  }

  /** Whether it has done it. */
  synchronized boolean acted() {
    return acted;
  }

  JsonObject json() {
    return new JsonObject()
        .put("number", number)
        .put("door", door.name())
        .put("behaviour", behaviour.name())
        .put("touched", touched)
        .put("losses", losses())
        .put("id", id)
        .put("detail", detail);
  }
}
