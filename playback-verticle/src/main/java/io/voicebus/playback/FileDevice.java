package io.voicebus.playback;

import io.voicebus.audio.AudioCoding;
import io.voicebus.audio.AudioEncoder;
import io.voicebus.audio.AudioFormat;
import io.voicebus.audio.UnsupportedAudioException;
import io.voicebus.bus.FailureKind;
import io.voicebus.bus.Stage;
import io.voicebus.bus.VoicebusException;
import io.voicebus.contract.ListenerPosition;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Writes samples to a file, in the format that its name's ending says; raw PCM if it has none.
 * While a WAV file grows, its header's sizes are those of a stream; they are right as soon as it is
 * closed, however little has been written. A pipe (or {@code /dev/stdout}) gets the stream. NOT
 * thread safe.
 */
final class FileDevice implements AudioDevice {
  private final String name;
  private final Function<AudioCoding, AudioEncoder> encoders;
  private @Nullable FileChannel channel;
  private @Nullable AudioEncoder encoder;

  /** Whether it is a file, and no pipe or device. */
  private boolean regular;

  FileDevice(String name) {
    this(name, AudioCoding::encoder);
  }

  FileDevice(String name, Function<AudioCoding, AudioEncoder> encoders) {
    this.name = name;
    this.encoders = encoders;
  }

  @Override
  public void prepare() {
    Path path = path();
    Path parent = path.toAbsolutePath().getParent();
    if (parent == null || Files.isDirectory(path)) {
      throw refused("it is a directory; give the name of a file");
    }
    coding(path);
    if (!Files.isDirectory(parent)) {
      throw refused("the directory " + parent + " does not exist; create it first");
    }
    if (!Files.isWritable(Files.exists(path) ? path : parent)) {
      throw refused("it is not writable; choose another place, or change its permissions");
    }
  }

  private AudioCoding coding(Path path) {
    String ending = ending(path);
    try {
      return ending.isEmpty() ? AudioCoding.of(AudioFormat.PCM) : AudioCoding.of(ending);
    } catch (UnsupportedAudioException e) {
      throw refused(e.getMessage() + ", as in answer.mp3");
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
    AudioEncoder made = encoders.apply(coding(path()));
    encoder = made;
    channel =
        FileChannel.open(
            path(),
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE);
    regular = Files.isRegularFile(path());
    put(channel, made.begin(sampleRateHz));
  }

  @Override
  public void write(byte[] pcm) throws IOException {
    if (channel == null || encoder == null) {
      throw new IllegalStateException("samples before their rate");
    }
    put(channel, encoder.encode(pcm));
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
    FileChannel closing = channel;
    AudioEncoder ending = encoder;
    channel = null;
    encoder = null;
    // Of a file that could not be opened there is an encoder alone.
    try (closing;
        ending) {
      if (closing != null && ending != null) {
        finish(closing, ending);
      }
    }
  }

  private void finish(FileChannel to, AudioEncoder ending) throws IOException {
    put(to, ending.end());
    if (regular && !Files.exists(path())) {
      throw new IOException("the file was removed while it was written");
    }
    if (regular) { // in a pipe or a device nothing can be written again
      to.position(0);
      put(to, ending.finishedHead());
    }
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
