package io.voicebus.gemini;

import io.voicebus.contract.Conversation;
import io.voicebus.contract.Setting;
import io.voicebus.contract.SettingGroup;
import io.voicebus.contract.SharedConfig;
import java.time.Duration;
import java.util.List;

/** The settings of {@link GeminiVerticle}. */
public final class GeminiConfig {
  private static final SettingGroup GROUP = new SettingGroup();

  /** All settings of this module. */
  public static final List<Setting<?>> ALL = GROUP.all();

  private static final long HOUR_MS = 3_600_000;

  /** A service that answers, perhaps with a model: {@code openai:llama3.2:3b}. */
  private static final String MODEL_SOURCE = "(?:gemini|openai)(?::[^,]*)?";

  static final Setting<Duration> DRAIN = GROUP.add(SharedConfig.DRAIN);

  /** The text source that answers prompts. */
  public static final Setting<String> SOURCE =
      GROUP.add(
          Setting.choice(
                  "source",
                  List.of(ReaderSource.NAME, "gemini", "openai"),
                  "Where answers come from: `gemini`, `openai` (any server that speaks its"
                      + " protocol), or `reader`, which reads the prompt itself aloud.")
              .otherwise("gemini with its key, else openai if it is set up, else reader"));

  static final Setting<String> FALLBACK =
      GROUP.add(
          Setting.text(
              "fallback",
              "none",
              "none|" + MODEL_SOURCE + "(?:\\s*,\\s*" + MODEL_SOURCE + ")*",
              "gemini, openai, or one of them with a model, like gemini:gemini-3.1-flash-lite,"
                  + " separated by commas; or none",
              "Sources, comma-separated, to ask in this order when the first one gives"
                  + " no answer, like `gemini:gemini-3.1-flash-lite,openai`."));

  static final Setting<Duration> KEEP_WARM =
      GROUP.add(
          Setting.millis(
              "keep-warm-ms",
              60_000,
              0,
              HOUR_MS,
              "After how much idle time a connection to the model is used, to keep it"
                  + " open; 0 for never."));

  static final Setting<String> PROXY = GROUP.add(SharedConfig.PROXY);

  static final Setting<String> CA_FILE = GROUP.add(SharedConfig.CA_FILE);

  /** The instruction for the model. */
  static final Setting<String> SYSTEM_INSTRUCTION =
      GROUP.add(
          Setting.text(
                  "system-instruction",
                  SourceSettings.SPEAKABLE,
                  "Instructions that the model gets before the prompt; `none` for none.")
              .otherwise("asks for short, speakable prose"));

  static final Setting<String> GEMINI_API_KEY =
      GROUP.add(Setting.secret("gemini-api-key", "Key of the Gemini API."));

  static final Setting<String> GEMINI_MODEL =
      GROUP.add(word("gemini-model", "gemini-3.5-flash-lite", "Which model answers."));

  static final Setting<String> GEMINI_BASE_URL =
      GROUP.add(
          Setting.url(
              "gemini-base-url",
              "https://generativelanguage.googleapis.com",
              "Where the service is."));

  static final Setting<String> GEMINI_API_VERSION =
      GROUP.add(word("gemini-api-version", "v1beta", "Version of the API."));

  static final Setting<String> GEMINI_THINKING =
      GROUP.add(
          Setting.choice(
              "gemini-thinking",
              "auto",
              List.of("auto", "default", "minimal", "low", "medium", "high"),
              "How much the model thinks before it answers; `auto` is as little as it" + " can."));

  static final Setting<Integer> GEMINI_MAX_OUTPUT_TOKENS =
      GROUP.add(
          Setting.integer(
              "gemini-max-output-tokens",
              0,
              0,
              65_536,
              "Longest answer, in tokens; 0 for the model's own limit."));

  static final Limits GEMINI_LIMITS = Limits.of("gemini", 3_000, 10_000, 10_000, 120_000);

  static final Setting<String> OPENAI_BASE_URL =
      GROUP.add(
          Setting.url(
                  "openai-base-url",
                  "Where the server is, with `/v1`, like `http://127.0.0.1:11434/v1`.")
              .otherwise("OpenAI's"));

  static final Setting<String> OPENAI_API_KEY =
      GROUP.add(
          Setting.secret(
              "openai-api-key", "Key of the OpenAI-compatible server, if it needs one."));

  static final Setting<String> OPENAI_MODEL =
      GROUP.add(
          Setting.text("openai-model", "Which model of the OpenAI-compatible server answers."));

  static final Setting<Integer> OPENAI_MAX_OUTPUT_TOKENS =
      GROUP.add(
          Setting.integer(
              "openai-max-output-tokens",
              0,
              0,
              1_000_000,
              "Longest answer, in tokens; 0 for the server's own limit."));

  static final Setting<String> OPENAI_MAX_TOKENS_FIELD =
      GROUP.add(
          Setting.choice(
              "openai-max-tokens-field",
              OpenAiSettings.TOKENS_FIELD,
              List.of(OpenAiSettings.TOKENS_FIELD, OpenAiSettings.NEWER_TOKENS_FIELD),
              "Name of the limit of tokens in requests: `max_tokens` or"
                  + " `max_completion_tokens`."));

  static final Setting<String> OPENAI_REASONING_EFFORT =
      GROUP.add(
          Setting.text(
                  "openai-reasoning-effort",
                  "",
                  "[a-z]+",
                  "a word, like low",
                  "How much the model reasons, like `low` or `none`.")
              .otherwise("the model's own"));

  static final Setting<String> OPENAI_THINK =
      GROUP.add(
          Setting.choice(
              "openai-think",
              "auto",
              List.of("auto", "begins", "keep"),
              "What becomes of thoughts at the beginning of an answer. `auto`: they"
                  + " are not spoken; `begins`: nor is what comes before a first closing tag;"
                  + " `keep`: all is spoken."));

  /** A model on this machine may have to be loaded first, and reads a long prompt slowly. */
  static final Limits OPENAI_LIMITS = Limits.of("openai", 3_000, 60_000, 30_000, 300_000);

  static final Setting<Integer> CONVERSATION_TURNS =
      GROUP.add(
          Setting.integer(
              "conversation-turns",
              50,
              0,
              1000,
              "How many earlier turns of a conversation the model gets; 0 for none."));

  static final Setting<Integer> CONVERSATION_CHARS =
      GROUP.add(
          Setting.integer(
              "conversation-chars",
              50_000,
              1,
              Conversation.MAX_ANSWER_CHARS,
              "How many characters of earlier turns the model gets, prompts and"
                  + " answers together."));

  static final Setting<Duration> CONVERSATION_AGE =
      GROUP.add(
          Setting.millis(
              "conversation-age-ms",
              HOUR_MS,
              1000,
              7 * 24 * HOUR_MS,
              "When turns, and conversations without a new turn, are forgotten."));

  static final Setting<Duration> CONVERSATION_WAIT =
      GROUP.add(
          Setting.millis(
              "conversation-wait-ms",
              500,
              0,
              10_000,
              "How long a turn waits for the end of the turn that it interrupts."));

  static final Setting<Integer> CONVERSATIONS =
      GROUP.add(
          Setting.integer(
              "conversations",
              1000,
              1,
              100_000,
              "How many conversations are remembered in the cluster."));

  static final Setting<Integer> READER_DELTA_CHARS =
      GROUP.add(
          Setting.integer(
              "reader-delta-chars", 4, 1, 4096, "Characters in one delta of the reader."));

  static final Setting<Integer> READER_DELTAS_PER_SECOND =
      GROUP.add(
          Setting.integer(
              "reader-deltas-per-second",
              60,
              0,
              100_000,
              "Deltas a second of the reader; 0 for no limit."));

  private GeminiConfig() {}

  private static Setting<String> word(String key, String fallback, String meaning) {
    return Setting.text(
        key, fallback, "[A-Za-z0-9._-]+", "letters, digits, dots and dashes", meaning);
  }

  /** How long a service is waited for: the same for each. */
  record Limits(
      Setting<Duration> connect,
      Setting<Duration> headers,
      Setting<Duration> gap,
      Setting<Duration> total,
      Setting<Integer> retries) {
    private static final int RETRIES = 2;

    private static Limits of(
        String service, long connectMs, long headersMs, long gapMs, long totalMs) {
      return new Limits(
          GROUP.add(
              Setting.millis(
                  service + "-connect-ms",
                  connectMs,
                  1,
                  60_000,
                  "How long to wait for a connection.")),
          GROUP.add(
              Setting.millis(
                  service + "-headers-ms",
                  headersMs,
                  1,
                  600_000,
                  "How long to wait for the answer to begin.")),
          GROUP.add(
              Setting.millis(
                  service + "-gap-ms",
                  gapMs,
                  1,
                  600_000,
                  "How long to wait for the next piece of an answer.")),
          GROUP.add(
              Setting.millis(
                  service + "-total-ms", totalMs, 1, HOUR_MS, "How long a whole answer may take.")),
          GROUP.add(
              Setting.integer(
                  service + "-retries",
                  RETRIES,
                  0,
                  10,
                  "Further attempts, while nothing of the answer has come.")));
    }
  }
}
