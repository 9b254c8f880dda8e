package io.voicebus.launcher;

import io.voicebus.bus.FailureKind;
import io.voicebus.bus.Stage;
import io.voicebus.bus.VoicebusException;
import io.voicebus.contract.Setting;
import io.voicebus.contract.Sink;
import io.voicebus.playback.SoundCard;
import io.voicebus.tts.TtsConfig;
import io.voicebus.turn.TurnRequest;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
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
    Transcript.Detail detail = options.detail();
    // On one screen the text would come between the events, which have it, too.
    boolean mixed = json && Terminal.isStandardOutput() && detail == Transcript.Detail.USUAL;
    return new SpokenTurn(
        configuration,
        directory(),
        stages,
        transcript.with(mixed ? Transcript.Detail.QUIET : detail),
        out);
  }

  /**
   * Makes sure that a turn can be heard, before a person types for it.
   *
   * @throws VoicebusException where there is nothing to hear it with
   */
  static void requireSound(TurnRequest request) {
    Optional<String> silent = request.sink() == Sink.CARD ? SoundCard.missing() : Optional.empty();
    if (silent.isPresent()) {
      throw new VoicebusException(Stage.PLAYBACK, FailureKind.UNAVAILABLE, silent.get());
    }
  }
}
