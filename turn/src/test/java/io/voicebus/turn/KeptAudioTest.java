package io.voicebus.turn;

import static org.assertj.core.api.Assertions.assertThat;

import io.voicebus.bus.LogLines;
import io.voicebus.bus.Meters;
import io.voicebus.bus.VirtualBus;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is kept of a turn's audio, in memory and in files, by hand and in random order. */
class KeptAudioTest {
  @RegisterExtension final LogLines log = LogLines.of(Spool.class);

  private static final Duration SOON = Duration.ofMillis(10);
  private static final SpoolLimits SMALL = new SpoolLimits(4096, 20_000, 1 << 20, 4 << 20);

  /** For a disk that is slow, but not too slow. */
  private static final SpoolLimits PATIENT = new SpoolLimits(16_384, 60_000, 1 << 20, 4 << 20);

  private final VirtualBus bus = new VirtualBus(1);
  private final VirtualBus.Node node = bus.node("owner");
  private final Deque<Runnable> disk = new ArrayDeque<>();
  private final List<String> told = new ArrayList<>();

  @TempDir private Path folder;

  private Spool spool(SpoolLimits limits, SpoolDisk where) {
    return new Spool(limits, where, disk::add, new Meters());
  }

  private KeptAudio kept(Spool spool) {
    return new KeptAudio(node.inbox(), spool, told::add);
  }

  /** All that waits for the disk is done, and told. */
  private void settle() {
    while (!disk.isEmpty()) {
      disk.remove().run();
      bus.run(SOON);
    }
    bus.run(SOON);
  }

  private static byte[] pcm(long from, int samples) {
    byte[] pcm = new byte[2 * samples];
    for (int i = 0; i < pcm.length; i++) {
      long at = 2 * from + i;
      pcm[i] = (byte) (at * 31 + at / 251);
    }
    return pcm;
  }

  private static void add(KeptAudio kept, int samples) {
    kept.add(0, pcm(kept.end(), samples));
  }

  /** One who reads, now and then. */
  private static final class Reader implements AudioListener {
    private final long from;
    private final ByteArrayOutputStream got = new ByteArrayOutputStream();
    private boolean dismissed;

    Reader(long from) {
      this.from = from;
    }

    @Override
    public void format(int sampleRateHz) {}

    @Override
    public void audio(int chunk, byte[] pcm) {
      assertThat(chunk).isEqualTo((int) ((from + got.size() / 2) / 1000));
      got.writeBytes(pcm);
    }

    @Override
    public void dismissed() {
      dismissed = true;
    }

    void hasAllUpTo(long sample) {
      assertThat(got.toByteArray()).isEqualTo(pcm(from, (int) (sample - from)));
    }

    void hasNothingWrong() {
      assertThat(got.toByteArray()).isEqualTo(pcm(from, got.size() / 2));
    }
  }

  /** As fast as the disk takes it. */
  private void addSlowly(KeptAudio kept, int samples) {
    for (int i = 0; i < samples; i += 500) {
      addChunked(kept, 500);
      settle();
    }
  }

  /** A chunk has a thousand samples. */
  private static void addChunked(KeptAudio kept, int samples) {
    int left = samples;
    while (left > 0) {
      int some = (int) Math.min(left, 1000 - kept.end() % 1000);
      kept.add((int) (kept.end() / 1000), pcm(kept.end(), some));
      left -= some;
    }
  }

  /** Writes, readers, a slow disk and other turns in any order; every other disk fails at times. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void everyReaderGetsEveryByteOrIsTold(long seed) throws Exception {
    Random random = new Random(seed);
    boolean failing = seed % 2 == 0;
    SpoolDisk where = new SpoolFolder(folder);
    Spool spool = spool(PATIENT, failing ? new Failing(where, random) : where);
    KeptAudio kept = kept(spool);
    kept.rate(24_000);
    kept.resumeAt(seed % 3 == 0 ? 5000 : 0);
    long base = kept.end();
    List<Reader> readers = new ArrayList<>();
    List<AudioFollower> followers = new ArrayList<>();
    for (int step = 0; step < 2000; step++) {
      switch (random.nextInt(8)) {
        case 0, 1, 2 -> addChunked(kept, 1 + random.nextInt(300));
        case 3 -> {
          for (int task = random.nextInt(4); task >= 0 && !disk.isEmpty(); task--) {
            disk.remove().run();
          }
        }
        case 4 -> bus.run(SOON);
        case 5 -> {
          long first = kept.first();
          long from = first + (long) (random.nextDouble() * (kept.end() - first + 1));
          Reader reader = new Reader(from);
          readers.add(reader);
          followers.add(new AudioFollower(kept, node.inbox(), Duration.ofDays(1), reader, from));
        }
        case 6 -> {
          if (!followers.isEmpty()) {
            followers.get(random.nextInt(followers.size())).resume();
          }
        }
        default -> {
          if (!followers.isEmpty()) {
            followers.get(random.nextInt(followers.size())).pause();
          }
        }
      }
      assertThat(kept.bytes()).as("seed %d", seed).isLessThan(5L * PATIENT.turnMemory());
    }
    // when
    kept.complete();
    followers.forEach(AudioFollower::resume);
    settle();
    // then
    for (Reader reader : readers) {
      if (reader.dismissed) {
        reader.hasNothingWrong();
      } else {
        reader.hasAllUpTo(kept.end());
      }
    }
    assertThat(told).as("seed %d", seed).hasSizeLessThanOrEqualTo(1);
    if (!failing) {
      assertThat(kept.first()).isEqualTo(base);
      assertThat(kept.bytes()).isZero();
      assertThat(readers).noneMatch(reader -> reader.dismissed);
    }
    // and: it leaves nothing behind
    followers.forEach(AudioFollower::leave);
    kept.forget();
    settle();
    assertThat(openFiles()).isEmpty();
  }

  /** The most that a setting allows: four times as much is more than an int holds. */
  @Test
  void muchMemoryForATurnIsNoReasonToGiveUpADiskThatIsWriting() {
    Spool spool =
        spool(new SpoolLimits(1 << 30, 1000, 1L << 40, 1L << 40), new SpoolFolder(folder));
    KeptAudio kept = kept(spool);
    kept.rate(24_000);
    add(kept, 40_000);
    assertThat(disk).as("its audio is being written").hasSize(1);
    // when
    add(kept, 40_000);
    // then
    assertThat(told).isEmpty();
    settle();
    assertThat(kept.first()).as("the first sample that is kept").isZero();
  }

  /** A disk that fails once in a while. */
  private record Failing(SpoolDisk disk, Random random) implements SpoolDisk {
    @Override
    public int mostFiles() {
      return disk.mostFiles();
    }

    @Override
    public FileChannel open() throws IOException {
      return disk.open();
    }

    @Override
    public void require(long bytes) throws IOException {
      if (random.nextInt(40) == 0) {
        throw new IOException("the disk is full");
      }
    }
  }

  /** What this process has open below the folder, as the system shows it. */
  private List<Path> openFiles() throws IOException {
    List<Path> open = new ArrayList<>();
    try (Stream<Path> all = Files.list(Path.of("/proc/self/fd"))) {
      for (Path each : all.toList()) {
        if (Files.isSymbolicLink(each)
            && Files.readSymbolicLink(each).startsWith(folder.toRealPath())) {
          open.add(each);
        }
      }
    }
    return open;
  }

  @Test
  void aShortTurnNeverReachesTheDisk() throws Exception {
    KeptAudio kept = kept(spool(SMALL, new SpoolFolder(folder)));
    add(kept, 1900);
    kept.complete();
    settle();
    assertThat(openFiles()).isEmpty();
    assertThat(kept.first()).isZero();
  }

  @Test
  void aFileIsForItsOwnerAloneAndHasNoName() throws Exception {
    Path own = folder.resolve("made/here");
    KeptAudio kept = kept(spool(SMALL, new SpoolFolder(own)));
    add(kept, 3000);
    settle();
    // then
    List<Path> open = openFiles();
    assertThat(open).hasSize(1);
    assertThat(Files.getPosixFilePermissions(open.get(0)))
        .isEqualTo(Set.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE));
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(own)))
        .isEqualTo("rwx------");
    try (Stream<Path> names = Files.list(own)) {
      assertThat(names).isEmpty();
    }
    // when
    kept.forget();
    settle();
    // then
    assertThat(openFiles()).isEmpty();
  }

  /** As programs do that clean up folders for temporary files. */
  @Test
  void aFolderThatIsRemovedMeanwhileCostsNothing() throws Exception {
    // given
    Path own = folder.resolve("own");
    Spool spool = spool(SMALL, new SpoolFolder(own));
    KeptAudio kept = kept(spool);
    addSlowly(kept, 9000);
    // when
    Files.delete(own);
    addSlowly(kept, 9000);
    KeptAudio next = kept(spool);
    addSlowly(next, 9000);
    // then
    for (KeptAudio one : List.of(kept, next)) {
      Reader reader = new Reader(0);
      AudioFollower follower = new AudioFollower(one, node.inbox(), Duration.ofDays(1), reader, 0);
      follower.resume();
      settle();
      reader.hasAllUpTo(one.end());
      follower.leave();
    }
    assertThat(log.events()).isEmpty();
  }

  @Test
  void oneWhoStillReadsKeepsItFromBeingForgotten() throws Exception {
    KeptAudio kept = kept(spool(SMALL, new SpoolFolder(folder)));
    addSlowly(kept, 9000);
    kept.complete();
    settle();
    Reader reader = new Reader(0);
    AudioFollower follower = new AudioFollower(kept, node.inbox(), Duration.ofDays(1), reader, 0);
    // when
    kept.forget();
    follower.resume();
    settle();
    // then
    reader.hasAllUpTo(9000);
    follower.leave();
    settle();
    assertThat(openFiles()).isEmpty();
  }

  /** What it has read meanwhile waits to be known when the process goes on. */
  @Test
  void aReaderIsNotDismissedForThatThisProcessStoodStill() {
    // given
    Duration patience = Duration.ofSeconds(10);
    KeptAudio kept = kept(Spool.inMemory());
    Reader reader = new Reader(0);
    AudioFollower follower = new AudioFollower(kept, node.inbox(), patience, reader, 0);
    follower.resume();
    addChunked(kept, 1500);
    follower.pause();
    // when
    node.freeze();
    bus.run(patience.multipliedBy(2));
    node.thaw();
    bus.run(SOON);
    // then
    assertThat(reader.dismissed).isFalse();
    follower.resume();
    addChunked(kept, 1500);
    reader.hasAllUpTo(3000);
    // and when it reads nothing while the process runs
    follower.pause();
    bus.run(patience);
    assertThat(reader.dismissed).isTrue();
  }

  @Test
  void aDiskThatIsFullIsToldOnceAndTheLatestIsKept() throws Exception {
    // given: the real error of a real disk
    SpoolDisk full =
        new SpoolDisk() {
          @Override
          public int mostFiles() {
            return Integer.MAX_VALUE;
          }

          @Override
          public FileChannel open() throws IOException {
            return FileChannel.open(Path.of("/dev/full"), StandardOpenOption.WRITE);
          }

          @Override
          public void require(long bytes) {}
        };
    KeptAudio kept = kept(spool(SMALL, full));
    for (int i = 0; i < 100; i++) {
      add(kept, 100);
      settle();
    }
    assertThat(told).hasSize(1);
    assertThat(told.get(0)).containsIgnoringCase("no space left");
    assertThat(kept.end()).isEqualTo(10_000);
    assertThat(2 * (kept.end() - kept.first())).isBetween(3000L, 4096L);
  }

  @Test
  void aFolderThatCannotBeMadeIsToldLikewise() throws Exception {
    Path file = Files.createFile(folder.resolve("file"));
    KeptAudio kept = kept(spool(SMALL, new SpoolFolder(file.resolve("folder"))));
    add(kept, 3000);
    settle();
    assertThat(told).hasSize(1);
    assertThat(told.get(0)).contains("spool-directory");
  }

  @Test
  void aServerThatIsStoppingIsToldInWordsAndLogsNothing() {
    // given: threads that have ended already
    Executor ended =
        task -> {
          throw new RejectedExecutionException("Task 0 rejected from an executor");
        };
    KeptAudio kept =
        new KeptAudio(
            node.inbox(),
            new Spool(SMALL, new SpoolFolder(folder), ended, new Meters()),
            told::add);
    // when
    add(kept, 3000);
    settle();
    // then
    assertThat(told).containsExactly("the server is stopping");
    assertThat(log.texts()).noneMatch(line -> line.contains("stopping") || line.contains("Task 0"));
  }

  @Test
  void aDiskThatIsTooSlowHoldsNothingUp() {
    KeptAudio kept = kept(spool(SMALL, new SpoolFolder(folder)));
    for (int i = 0; i < 1000; i++) {
      add(kept, 100);
    }
    assertThat(told).containsExactly("the disk is too slow");
    settle();
    assertThat(kept.bytes()).isLessThanOrEqualTo(SMALL.turnMemory());
  }

  @Test
  void aTurnThatIsLongerThanAFileMayBeKeepsTheLatest() {
    KeptAudio kept =
        kept(spool(new SpoolLimits(4096, 20_000, 10_000, 1 << 20), new SpoolFolder(folder)));
    for (int i = 0; i < 100; i++) {
      add(kept, 100);
      settle();
    }
    assertThat(told).hasSize(1);
    assertThat(told.get(0)).contains("spool-turn-file-bytes");
  }

  @Test
  void whatHasEndedMakesRoomTheOldestFirstButNotWhatIsRead() {
    // given: three turns that have ended fill the files, and one of them is read
    Spool spool = spool(new SpoolLimits(4096, 20_000, 100_000, 30_000), new SpoolFolder(folder));
    List<KeptAudio> ended = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      KeptAudio one = kept(spool);
      add(one, 5000);
      settle();
      one.complete();
      one.keepEnded();
      settle();
      ended.add(one);
    }
    Reader reader = new Reader(0);
    AudioFollower follower =
        new AudioFollower(ended.get(0), node.inbox(), Duration.ofDays(1), reader, 0);
    // when
    KeptAudio next = kept(spool);
    add(next, 4000);
    settle();
    // then
    assertThat(ended).extracting(KeptAudio::first).containsExactly(0L, 5000L, 0L);
    assertThat(next.first()).isZero();
    assertThat(told).isEmpty();
    follower.leave();
  }

  @Test
  void whatHasEndedGivesItsFileBackTheOldestFirstIfManyAreOpen() throws Exception {
    // given: as many files as there should be, of turns of which one goes on
    Spool spool = spool(SMALL, new Few(new SpoolFolder(folder), 3));
    List<KeptAudio> all = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      // when
      KeptAudio one = kept(spool);
      add(one, 3000);
      settle();
      if (i != 1) {
        one.complete();
        one.keepEnded();
        settle();
      }
      all.add(one);
    }
    // then
    assertThat(openFiles()).hasSize(3);
    assertThat(all).extracting(KeptAudio::first).containsExactly(3000L, 0L, 3000L, 3000L, 0L, 0L);
    assertThat(told).isEmpty();
    // and: turns that go on have their files, however many are open
    for (int i = 0; i < 4; i++) {
      add(kept(spool), 3000);
      settle();
    }
    assertThat(openFiles()).hasSize(5);
    assertThat(told).isEmpty();
  }

  @Test
  void turnsThatHaveEndedAndCouldNotBeFiledDoNotFillTheMemory() throws Exception {
    Path file = Files.createFile(folder.resolve("file"));
    Spool spool = spool(SMALL, new SpoolFolder(file.resolve("folder")));
    List<KeptAudio> all = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      KeptAudio one = kept(spool);
      add(one, 3000);
      settle();
      one.complete();
      one.keepEnded();
      settle();
      all.add(one);
    }
    assertThat(all.stream().mapToLong(KeptAudio::bytes).sum()).isLessThan(20_000);
    assertThat(all.get(39).bytes()).as("the latest").isPositive();
    assertThat(all.get(0).bytes()).as("the oldest").isZero();
  }

  /** One on which there should be few files. */
  private record Few(SpoolDisk disk, int mostFiles) implements SpoolDisk {
    @Override
    public FileChannel open() throws IOException {
      return disk.open();
    }

    @Override
    public void require(long bytes) throws IOException {
      disk.require(bytes);
    }
  }

  @Test
  void whenAllHoldAsMuchAsTheyMayTheyGoToTheirFilesEarlier() {
    Spool spool =
        spool(new SpoolLimits(100_000, 150_000, 1 << 20, 1 << 20), new SpoolFolder(folder));
    List<KeptAudio> all = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      KeptAudio one = kept(spool);
      for (int piece = 0; piece < 49; piece++) {
        add(one, 1000);
        settle();
      }
      all.add(one);
    }
    assertThat(all.stream().mapToLong(KeptAudio::bytes).sum()).isLessThan(150_000 + 3 * 70_000);
    assertThat(all).allMatch(one -> one.first() == 0);
  }

  @Test
  void ofACancelledTurnOnlyWhatWasHeardIsKept() {
    for (int heard : new int[] {0, 1, 2999, 3000, 3001, 8999, 9000}) {
      KeptAudio kept = kept(spool(SMALL, new SpoolFolder(folder)));
      addSlowly(kept, 9000);
      // when
      kept.completeAt(heard);
      settle();
      Reader reader = new Reader(0);
      AudioFollower follower = new AudioFollower(kept, node.inbox(), Duration.ofDays(1), reader, 0);
      follower.resume();
      settle();
      // then
      assertThat(kept.end()).isEqualTo(heard);
      reader.hasAllUpTo(heard);
      follower.leave();
      kept.forget();
      settle();
    }
  }

  @Test
  void whatACancelledTurnHoldsIsCountedHoweverLongItsPiecesAre() {
    int block = PATIENT.turnMemory() / 8;
    for (int heard = 1; heard < 6000; heard += 97) {
      KeptAudio kept = kept(spool(PATIENT, new SpoolFolder(folder)));
      for (int piece = 0; piece < 12; piece++) {
        add(kept, 1 + piece * 71 % 500);
      }
      // when
      int end = (int) Math.min(heard, kept.end());
      kept.completeAt(heard);
      // then: as much as its blocks
      assertThat(kept.bytes())
          .as("heard %d", heard)
          .isEqualTo((2L * end + block - 1) / block * block);
    }
  }

  @Test
  void allFilesAreGoneWhenTheSpoolIsClosed() throws Exception {
    Spool spool = spool(SMALL, new SpoolFolder(folder));
    KeptAudio kept = kept(spool);
    add(kept, 3000);
    settle();
    assertThat(openFiles()).hasSize(1);
    spool.close();
    assertThat(openFiles()).isEmpty();
    // and: what comes now is not kept in files any more
    add(kept, 3000);
    settle();
    assertThat(openFiles()).isEmpty();
    assertThat(told).isEmpty();
  }
}
