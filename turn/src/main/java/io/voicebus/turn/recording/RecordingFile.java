package io.voicebus.turn.recording;

import io.vertx.core.json.JsonObject;
import io.voicebus.contract.FileTrouble;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * One recording that is being written. Nothing of it is buffered in this process, so that killing
 * it leaves all that was written. Blocks. NOT thread safe.
 */
final class RecordingFile {
  /** One that is closed. */
  static final RecordingFile NONE = new RecordingFile(null, Path.of(""), null);

  private final @Nullable RecordingFolder folder;
  private final Path path;
  private @Nullable OutputStream out;

  private RecordingFile(@Nullable RecordingFolder folder, Path path, @Nullable OutputStream out) {
    this.folder = folder;
    this.path = path;
    this.out = out;
  }

  static RecordingFile create(RecordingFolder folder, String name) throws IOException {
    Path path = folder.create(name);
    return new RecordingFile(folder, path, RecordingFolder.append(path));
  }

  boolean isOpen() {
    return out != null;
  }

  /** Writes a line; false if there is no room for it. */
  boolean write(String json) throws IOException {
    byte[] line = (json + "\n").getBytes(StandardCharsets.UTF_8);
    if (folder == null || out == null || !folder.room(line.length)) {
      return false;
    }
    out.write(line);
    return true;
  }

  /** Says why nothing follows, if that can be written, and closes it. */
  void stop(String why) {
    try {
      if (out != null) {
        JsonObject line =
            new JsonObject().put(ItemJson.TYPE, Recording.STOPPED).put(Recording.WHY, why);
        out.write((line.encode() + "\n").getBytes(StandardCharsets.UTF_8));
      }
    } catch (IOException e) {
      // Then the file just breaks off.
    }
    close();
  }

  /** Why it cannot be written, in words. */
  String trouble(IOException why) {
    return FileTrouble.inWords(path, why);
  }

  /** Closes it, and leaves nothing of it, if that can be. */
  void remove() {
    close();
    try {
      Files.deleteIfExists(path);
    } catch (IOException e) {
      // Then it stays, and says nothing.
    }
  }

  void close() {
    OutputStream closing = out;
    out = null;
    if (folder != null) {
      folder.close(path);
    }
    if (closing != null) {
      try {
        closing.close();
      } catch (IOException e) {
        // What could be written is there.
      }
    }
  }
}
