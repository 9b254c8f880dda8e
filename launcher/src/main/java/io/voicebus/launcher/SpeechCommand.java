package io.voicebus.launcher;

import io.voicebus.contract.Setting;
import io.voicebus.tts.TtsConfig;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/** A command that speaks one turn: what such commands have in common. */
abstract class SpeechCommand extends Command implements TakesSettings {
  /** Standard input, as an argument. */
  static final String STANDARD_STREAM = "-";

  private final SettingSources sources;
  private final OutputStream out;

  final SpeechOptions options = new SpeechOptions(this);

  SpeechCommand(SettingSources sources, OutputStream out, String name, String... description) {
    super(name, description);
    this.sources = sources;
    this.out = out;
  }

  /** Where the names of files begin. */
  Path directory() {
    return sources.directory();
  }

  @Override
  public List<Setting<?>> prominent() {
    return List.of(TtsConfig.ENGINE, TtsConfig.ENGINES);
  }

  /** The settings; throws as {@link SettingSources#load}. */
  Configuration configuration() {
    return sources.load();
  }

  /**
   * A turn with stages of its own.
   *
   * @param json whether its events go to standard output
   * @throws IllegalArgumentException where its sound goes there, too
   */
  SpokenTurn turn(Configuration configuration, Set<Role> stages, Transcript told, boolean json) {
    if (json && options.isStandardOutput()) {
      throw new IllegalArgumentException(
          "'-o -' and --json would share standard output: name a file (-o answer.wav)");
    }
    Transcript transcript = json ? told.with(new EventLines(out)) : told;
    return new SpokenTurn(
        configuration, directory(), stages, transcript.with(options.detail()), out);
  }
}
