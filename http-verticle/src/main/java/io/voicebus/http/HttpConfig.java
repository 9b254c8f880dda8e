package io.voicebus.http;

import io.voicebus.contract.Setting;
import io.voicebus.contract.SettingGroup;
import io.voicebus.contract.SharedConfig;
import io.voicebus.http.api.VoiceAliases;
import io.voicebus.http.door.DoorConfig;
import io.voicebus.turn.OwnerLimits;
import io.voicebus.turn.SpoolLimits;
import java.time.Duration;
import java.util.List;

/** The settings of {@link HttpVerticle}; {@code docs/http.md} explains each. */
public final class HttpConfig {
  private static final SettingGroup GROUP = new SettingGroup().addAll(DoorConfig.ALL);

  /** All settings of this module. */
  public static final List<Setting<?>> ALL = GROUP.all();

  private static final long HOUR_MS = 3_600_000;
  private static final long MAX_SPOOL_BYTES = 1L << 50;
  private static final OwnerLimits LIMITS = OwnerLimits.DEFAULTS;
  private static final SpoolLimits SPOOL = SpoolLimits.DEFAULTS;

  static final Setting<Integer> MAX_TURNS = GROUP.add(SharedConfig.MAX_TURNS);

  static final Setting<Integer> MAX_PROMPT_BYTES =
      GROUP.add(
          Setting.bytes("max-prompt-bytes", 2 << 20, 1, 64 << 20, "Longest prompt, as UTF-8."));

  static final Setting<Duration> ATTACH =
      GROUP.add(
          Setting.millis(
              "attach-ms",
              LIMITS.attach().toMillis(),
              1,
              HOUR_MS,
              "How long a turn waits for its first listener before it ends."));

  static final Setting<Duration> STALLED =
      GROUP.add(
          Setting.millis(
              "stalled-ms",
              LIMITS.stalled().toMillis(),
              1,
              24 * HOUR_MS,
              "How long a listener may take no audio, without having paused, before"
                  + " its turn ends."));

  static final Setting<Duration> DETACH =
      GROUP.add(
          Setting.millis(
              "detach-ms",
              LIMITS.detach().toMillis(),
              0,
              HOUR_MS,
              "How long a turn waits for a listener whose connection was lost; 0 ends"
                  + " it at once."));

  static final Setting<Duration> DRAIN = GROUP.add(SharedConfig.DRAIN);

  static final Setting<Duration> PAUSE =
      GROUP.add(
          Setting.millis(
              "pause-ms",
              HOUR_MS,
              1,
              24 * HOUR_MS,
              "How long a listener may pause before its turn ends."));

  static final Setting<Duration> RESUME =
      GROUP.add(
          Setting.millis(
              "resume-ms",
              LIMITS.resume().toMillis(),
              1,
              HOUR_MS,
              "How long a turn may be on hold before it ends."));

  static final Setting<String> VOICE_ALIASES =
      GROUP.add(
          Setting.text(
              "voice-aliases",
              VoiceAliases::parse,
              "pairs like nova=embedded/kevin16, separated by commas, with each name once",
              "Further names of voices, for clients of OpenAI's and ElevenLabs' APIs:"
                  + " `nova=embedded/kevin16, …`."));

  static final Setting<String> LOG_TURNS = GROUP.add(SharedConfig.LOG_TURNS);

  static final Setting<Duration> STAGES =
      GROUP.add(
          Setting.millis(
              "stages-ms",
              LIMITS.stages().toMillis(),
              1,
              HOUR_MS,
              "How long a stage on another node may take to accept a turn; a stage of"
                  + " this process has 30 s."));

  static final Setting<Duration> HEARTBEAT =
      GROUP.add(
          Setting.millis(
              "heartbeat-ms",
              15_000,
              10,
              HOUR_MS,
              "Interval of the comments that keep a stream of events open, and of the"
                  + " pings of a WebSocket."));

  static final Setting<Integer> EVENTS_BYTES =
      GROUP.add(
          Setting.bytes(
              "events-bytes",
              256 << 10,
              1 << 10,
              16 << 20,
              "How much of one turn's events is kept."));

  static final Setting<Integer> KEPT_TURNS =
      GROUP.add(Setting.integer("kept-turns", 1000, 0, 100_000, "How many ended turns are kept."));

  static final Setting<Duration> KEPT =
      GROUP.add(
          Setting.millis(
              "kept-ms", 600_000, 0, HOUR_MS, "How long ended turns are kept, and their audio."));

  static final Setting<Integer> SPOOL_TURN_MEMORY =
      GROUP.add(
          Setting.bytes(
              "spool-turn-memory-bytes",
              SPOOL.turnMemory(),
              SpoolLimits.LEAST_TURN_MEMORY,
              1 << 30,
              "How much of a turn's audio is kept in memory, outside the heap; the rest goes to a"
                  + " file."));

  static final Setting<Long> SPOOL_MEMORY =
      GROUP.add(
          Setting.bytes(
              "spool-memory-bytes",
              SPOOL.memory(),
              0,
              MAX_SPOOL_BYTES,
              "How much of all turns' audio is kept in memory, outside the heap; a sixteenth of it"
                  + " at most; beyond that, more goes to files."));

  static final Setting<Long> SPOOL_TURN_FILE =
      GROUP.add(
          Setting.bytes(
              "spool-turn-file-bytes",
              SPOOL.turnFile(),
              0,
              MAX_SPOOL_BYTES,
              "Largest file of a turn's audio; 0 keeps only the latest audio, in" + " memory."));

  static final Setting<Long> SPOOL_FILES =
      GROUP.add(
          Setting.bytes(
              "spool-files-bytes",
              SPOOL.files(),
              0,
              MAX_SPOOL_BYTES,
              "Largest size of all files of turns' audio together; the oldest ended"
                  + " turns are removed first."));

  static final Setting<String> SPOOL_DIRECTORY =
      GROUP.add(
          Setting.text(
                  "spool-directory",
                  "Folder of the files with turns' audio, which have no names, cannot be"
                      + " read by others, and vanish with the process.")
              .otherwise("the system's for temporary files"));

  private HttpConfig() {}
}
