package io.voicebus.launcher;

import io.vertx.core.Vertx;
import io.voicebus.contract.Setting;
import io.voicebus.contract.Settings;
import io.voicebus.contract.TextFile;
import io.voicebus.contract.TurnId;
import io.voicebus.http.door.DoorConfig;
import io.voicebus.turn.TurnObserver;
import io.voicebus.turn.TurnRequest;
import io.voicebus.turn.TurnSummary;
import io.voicebus.turn.TurnTape;
import io.voicebus.turn.recording.Recorder;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Has the turns of this process recorded, where {@code record-directory} is set. */
final class Recordings implements AutoCloseable {
  private final @Nullable Recorder recorder;

  private Recordings(@Nullable Recorder recorder) {
    this.recorder = recorder;
  }

  /**
   * Records the turns whose owners are deployed from now on.
   *
   * @param directory where the folder's name begins
   * @throws IllegalArgumentException for a folder that cannot be used
   */
  static Recordings install(Vertx vertx, Configuration configuration, Path directory) {
    Settings settings = configuration.launcher();
    String folder = settings.get(LauncherConfig.RECORD_DIRECTORY);
    long most = settings.get(LauncherConfig.RECORD_BYTES);
    if (folder.isEmpty()) {
      return new Recordings(null);
    }
    Recorder recorder =
        new Recorder(
            directory.resolve(folder),
            most,
            Version.number(),
            secrets(configuration),
            InstantSource.system());
    TurnObserver.install(vertx, new Recorded(TurnObserver.of(vertx), recorder));
    return new Recordings(recorder);
  }

  /** Each key and token that is set, for whichever role: a token may have its client's name. */
  private static List<String> secrets(Configuration configuration) {
    List<String> secrets = new ArrayList<>();
    for (Setting<?> setting : AllSettings.all()) {
      if (setting.isSecret()) {
        configuration.value(setting).ifPresent(secrets::add);
      }
    }
    configuration
        .value(DoorConfig.ACCESS_TOKEN_FILE)
        .ifPresent(file -> secrets.add(content(Path.of(file))));
    return secrets.stream().flatMap(value -> List.of(value.split("[\\s,:]+")).stream()).toList();
  }

  /** Its content; empty where it cannot be read, which the server's start tells. */
  private static String content(Path file) {
    try {
      return TextFile.read(file);
    } catch (IOException e) {
      return "";
    }
  }

  /** Waits until all records are written. */
  @Override
  public void close() {
    if (recorder != null) {
      recorder.close();
    }
  }

  private record Recorded(TurnObserver inner, Recorder recorder) implements TurnObserver {
    @Override
    public String begins(String trace) {
      return inner.begins(trace);
    }

    @Override
    public TurnTape tape(TurnId turn, int generation, TurnRequest request) {
      return recorder.tape(turn, generation, request);
    }

    @Override
    public void ended(TurnSummary summary) {
      inner.ended(summary);
    }
  }
}
