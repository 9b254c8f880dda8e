package io.voicebus.playback;

import io.voicebus.contract.ChunkEnd;
import io.voicebus.contract.ResumePoint;
import java.util.ArrayDeque;
import java.util.Arrays;

/**
 * One chunk's samples between their arrival and their delivery, and the position at which an
 * attempt to speak the rest would begin. All sample counts are raw samples of this chunk, as the
 * engines gave them, but at the turn's rate; samples on their way to the listener are counted
 * elsewhere. NOT thread safe.
 */
final class ChunkBuffer {
  /**
   * So many characters of the chunk's text are completely spoken at this sample.
   *
   * @param length samples since their last word began; 0 if that is not known
   * @param estimated whether that is an estimate
   */
  record Spoken(long atSample, int chars, long length, boolean estimated) {
    Spoken(long atSample, int chars) {
      this(atSample, chars, 0, false);
    }
  }

  /**
   * The beginning of an attempt that does not continue with the sample after the one before.
   *
   * @param voice who speaks from there on
   */
  record Joint(long atSample, String voice) {}

  private final ArrayDeque<byte[]> held = new ArrayDeque<>();
  private final ArrayDeque<Spoken> ahead = new ArrayDeque<>();

  /** Received, and not yet reported to the listener; not more than the chunk has words. */
  private final ArrayDeque<Spoken> unreported = new ArrayDeque<>();

  /** The attempts that are not completely delivered, in their order. */
  private final ArrayDeque<Joint> joints = new ArrayDeque<>();

  private final ByteCount committed;
  private ChunkEnd end = ChunkEnd.SENTENCE;
  private long knownAt;
  private long heldBytes;
  private long received;
  private long delivered;
  private Spoken spoken = new Spoken(0, 0);

  private long estimatedMs;
  private long reservedBytes;
  private boolean live;
  private boolean byText;
  private int attemptChars;
  private boolean overran;
  private String engine = "";
  private String voice = "";

  /** Who speaks the samples that are delivered now; empty before the first of them. */
  private String deliveredVoice = "";

  /** What the listener was told last of {@link #engine} and of who speaks. */
  private String toldEngine = "";

  private String toldVoice = "";
  private boolean finished;
  private boolean skipped;
  private boolean started;
  private boolean joined;

  /**
   * An empty one.
   *
   * @param committed counts what this and other chunks hold and have reserved
   */
  ChunkBuffer(ByteCount committed) {
    this.committed = committed;
  }

  /** Samples that arrived, and were not discarded since. */
  long received() {
    return received;
  }

  long delivered() {
    return delivered;
  }

  long heldBytes() {
    return heldBytes;
  }

  /** Characters that are completely received; 0 if the engine reports no timings. */
  int chars() {
    return spoken.chars;
  }

  /** It is known what will be spoken, and what ends it. */
  void known(ChunkEnd with, long nowNanos) {
    end = with;
    knownAt = nowNanos;
  }

  /** Since when it is known what will be spoken. */
  long knownAt() {
    return knownAt;
  }

  ChunkEnd end() {
    return end;
  }

  /** Another instance has delivered so much of the chunk. */
  void resume(ResumePoint at) {
    received = at.samples();
    delivered = at.samples();
    spoken = new Spoken(at.samples(), at.chars());
    engine = at.engine();
    voice = at.engine();
    deliveredVoice = at.engine();
    start();
  }

  // Room.

  long estimatedMs() {
    return estimatedMs;
  }

  void estimate(long ms) {
    estimatedMs = ms;
  }

  long reservedBytes() {
    return reservedBytes;
  }

  void reserve(long bytes) {
    committed.add(bytes - reservedBytes);
    reservedBytes = bytes;
  }

  /** Bytes that it holds or has reserved. */
  long committedBytes() {
    return heldBytes + reservedBytes;
  }

  private void holds(long more) {
    heldBytes += more;
    committed.add(more);
  }

  /** Whether the last attempt was cut off because it was longer than there was room for. */
  boolean overran() {
    return overran;
  }

  // Attempts.

  /**
   * An attempt begins. If it continues by text, its first frame begins with the first word that is
   * not completely held: the rest of an earlier attempt at that word is discarded, and if a part of
   * the word was delivered, the listener hears the whole word again.
   */
  void open(boolean attemptByText, String voice) {
    ahead.clear();
    if (attemptByText) {
      discardPartOfWord();
      spoken = new Spoken(received, spoken.chars);
    }
    if (attemptByText || (joints.isEmpty() && !joined)) {
      if (!joints.isEmpty() && joints.getLast().atSample >= received) {
        joints.removeLast();
      }
      joints.add(new Joint(received, voice));
    }
    live = true;
    byText = attemptByText;
    attemptChars = spoken.chars;
    overran = false;
  }

  /**
   * Whose samples follow.
   *
   * @param converted whether they come in another rate than the turn's
   */
  void spokenBy(String name, boolean converted) {
    String raw = converted ? "" : name;
    boolean first = received == 0 && !started;
    engine = first || engine.equals(raw) ? raw : "";
    voice = name;
  }

  /** Who spoke all that was received, in the turn's rate; empty for nobody, or several. */
  String engine() {
    return engine;
  }

  /**
   * A word ends in what arrives next.
   *
   * @param atSample the chunk's sample where it does
   * @param chars of the chunk's text up to there
   * @param length samples since it began; 0 if that is not known
   * @param estimated whether that is reckoned, and not told
   */
  void wordEnds(long atSample, int chars, long length, boolean estimated) {
    int last = ahead.isEmpty() ? spoken.chars : ahead.getLast().chars;
    if (chars > last) {
      ahead.add(new Spoken(atSample, chars, length, estimated));
    }
  }

  /**
   * A frame arrived.
   *
   * @param pcm its samples; fewer, or none, where a rate converter lags behind
   */
  void append(byte[] pcm) {
    if (pcm.length > 0) {
      held.add(pcm);
      holds(pcm.length);
      received += pcm.length / 2;
      reserve(Math.max(0, reservedBytes - pcm.length));
    }
    while (!ahead.isEmpty() && ahead.getFirst().atSample <= received) {
      spoken = ahead.removeFirst();
      unreported.add(spoken);
    }
  }

  /** The attempt is over, and the chunk is not. */
  void attemptOver() {
    live = false;
    reserve(0);
    ahead.clear();
  }

  /**
   * The attempt was longer than the room for it.
   *
   * @return whether another attempt would get further; if not, nothing more than what is held will
   *     come
   */
  boolean overrun() {
    boolean progress = !byText || spoken.chars > attemptChars;
    attemptOver();
    overran = true;
    finished = !progress;
    return progress;
  }

  /** Wholly received. */
  void finish() {
    finished = true;
    attemptOver();
  }

  /** The rest is left out; what is held is heard up to its last complete word, if that is known. */
  void skip() {
    if (!finished) {
      if (spoken.chars > 0) {
        discardPartOfWord();
      }
      finish();
      skipped = true;
    }
  }

  /** Whether nothing of it has left, and it is not left out. */
  boolean untouched() {
    return !started && delivered == 0 && !skipped;
  }

  /** The same chunk, of which nothing has come. */
  ChunkBuffer emptied() {
    ChunkBuffer empty = new ChunkBuffer(committed);
    empty.end = end;
    empty.knownAt = knownAt;
    empty.estimatedMs = estimatedMs;
    committed.add(-committedBytes());
    return empty;
  }

  /** Whether nothing more will arrive. */
  boolean finished() {
    return finished;
  }

  // Delivery.

  /** Whether the listener has been told that the chunk begins. */
  boolean started() {
    return started;
  }

  void start() {
    started = true;
    toldEngine = engine;
    toldVoice = speaks();
  }

  /** Who speaks the next samples that are delivered. */
  String speaks() {
    if (!joints.isEmpty() && joints.getFirst().atSample <= delivered) {
      return joints.getFirst().voice;
    }
    return deliveredVoice.isEmpty() ? voice : deliveredVoice;
  }

  /** Whether the listener must be told now that another one speaks; once. */
  boolean speakerChanges() {
    boolean changes = started && !(engine.equals(toldEngine) && speaks().equals(toldVoice));
    if (changes) {
      start();
    }
    return changes;
  }

  /** Whether the listener must be told now: also of a chunk without any sound, when it is done. */
  boolean starts() {
    return !started && (ready() || startsSilently());
  }

  /** The same, for a chunk of which nothing more is heard. */
  boolean startsSilently() {
    return !started && complete() && !skipped;
  }

  /** Whether a sample may leave now. */
  boolean ready() {
    return delivered < deliverable();
  }

  /** How many samples may leave now. */
  long readySamples() {
    return deliverable() - delivered;
  }

  /** The sample at which the next delivered word ends; negative for none. */
  long wordEnds() {
    boolean ends = !unreported.isEmpty() && unreported.getFirst().atSample <= delivered;
    return ends ? unreported.getFirst().atSample : -1;
  }

  /** That word, while there is one; then the next. */
  Spoken word() {
    return unreported.removeFirst();
  }

  /** Whether the next delivered samples do not continue the last ones. */
  boolean joins() {
    return !joints.isEmpty() && joints.getFirst().atSample <= delivered && ready();
  }

  /** What begins there, while there is one; then the next. */
  Joint joint() {
    joined = true;
    Joint joint = joints.removeFirst();
    deliveredVoice = joint.voice;
    return joint;
  }

  /** Whether everything has been delivered, and nothing more will come. */
  boolean complete() {
    return finished && heldBytes == 0;
  }

  /** The next piece, while {@link #ready()}. */
  byte[] next() {
    long most = 2 * readySamples();
    byte[] pcm = held.removeFirst();
    if (pcm.length > most) {
      held.addFirst(Arrays.copyOfRange(pcm, (int) most, pcm.length));
      pcm = Arrays.copyOf(pcm, (int) most);
    }
    holds(-pcm.length);
    delivered += pcm.length / 2;
    return pcm;
  }

  /**
   * Between two attempts of an engine that continues by text, the part of a word that the next
   * attempt will say again is held back.
   */
  private long deliverable() {
    return live || finished || !byText ? received : Math.max(delivered, spoken.atSample);
  }

  private void discardPartOfWord() {
    long keep = Math.max(delivered, spoken.atSample);
    while (received > keep) {
      byte[] last = held.removeLast();
      int excess = (int) Math.min(last.length, 2 * (received - keep));
      if (excess < last.length) {
        held.addLast(Arrays.copyOf(last, last.length - excess));
      }
      holds(-excess);
      received -= excess / 2;
    }
  }
}
