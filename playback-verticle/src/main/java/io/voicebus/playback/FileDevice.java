package io.voicebus.playback;

import io.voicebus.bus.FailureKind;
import io.voicebus.bus.Stage;
import io.voicebus.bus.VoicebusException;
import io.voicebus.contract.ListenerPosition;
import io.voicebus.contract.WavHeader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Writes samples to a file: WAV if its name ends in {@code .wav}; raw PCM if it ends in {@code
 * .pcm} or {@code .raw}, or has no ending. Under another ending nobody would look for PCM. While it
 * grows, its header's sizes are those of a stream; they are right as soon as it is closed, however
 * little has been written. NOT thread safe.
 */
final class FileDevice implements AudioDevice {
  private static final Set<String> ENDINGS = Set.of("wav", "pcm", "raw", "");

  private final String name;
  private @Nullable FileChannel channel;
  private int rateHz;
  private long dataBytes;

  FileDevice(String name) {
    this.name = name;
  }

  @Override
  public void prepare() {
    Path path = path();
    Path parent = path.toAbsolutePath().getParent();
    if (parent == null || Files.isDirectory(path)) {
      throw refused("it is a directory; give the name of a file");
    }
    String ending = ending(path);
    if (!ENDINGS.contains(ending)) {
      throw refused(
          "Voicebus writes WAV (.wav) and raw PCM (.pcm, .raw), not ."
              + ending
              + "; write a WAV file, and convert it, as with ffmpeg -i answer.wav answer."
              + ending);
    }
    if (!Files.isDirectory(parent)) {
      throw refused("the directory " + parent + " does not exist; create it first");
    }
    if (!Files.isWritable(Files.exists(path) ? path : parent)) {
      throw refused("it is not writable; choose another place, or change its permissions");
    }
  }

  private Path path() {
    if (name.isBlank()) {
      throw refused("a file needs a name");
    }
    try {
      return Path.of(name);
    } catch (InvalidPathException e) {
      throw refused("that is no name for a file");
    }
  }

  private VoicebusException refused(String why) {
    return new VoicebusException(
        Stage.PLAYBACK, FailureKind.INVALID_REQUEST, "cannot write '" + name + "': " + why);
  }

  @Override
  public void open(int sampleRateHz) throws IOException {
    rateHz = sampleRateHz;
    channel =
        FileChannel.open(
            path(),
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE);
    if (wav()) {
      put(channel, WavHeader.streaming(sampleRateHz));
    }
  }

  @Override
  public void write(byte[] pcm) throws IOException {
    if (channel == null) {
      throw new IllegalStateException("samples before their rate");
    }
    put(channel, pcm);
    dataBytes += pcm.length;
  }

  /** A turn without a single sample still makes a file. */
  @Override
  public void drain() throws IOException {
    if (channel == null) {
      open(ListenerPosition.ASSUMED_RATE_HZ);
    }
  }

  @Override
  public void silence() {
    // A write to a file is not worth interrupting.
  }

  @Override
  public void close() throws IOException {
    if (channel != null) {
      try (FileChannel closing = channel) {
        if (wav()) {
          closing.position(0);
          put(closing, WavHeader.exact(rateHz, dataBytes));
        }
      }
      channel = null;
    }
  }

  private boolean wav() {
    return ending(path()).equals("wav");
  }

  /** What follows the last dot of the file's name, in small letters; empty without one. */
  private static String ending(Path path) {
    Path file = path.getFileName();
    String last = file == null ? "" : file.toString();
    int dot = last.lastIndexOf('.');
    return dot <= 0 ? "" : last.substring(dot + 1).toLowerCase(Locale.ROOT);
  }

  private static void put(FileChannel to, byte[] bytes) throws IOException {
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    while (buffer.hasRemaining()) {
      to.write(buffer);
    }
  }
}
