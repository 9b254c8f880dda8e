package io.voicebus.launcher;

import java.util.List;
import java.util.Locale;

/**
 * One setting: in a file as {@code key=value}, in the environment as {@link #variable}. The
 * verticle that takes it checks its value.
 *
 * @param key lower-case-dashed
 * @param role whose {@code config()} it goes to, perhaps two; or {@code launcher}
 * @param fallback the default, in words
 * @param meaning in one sentence
 */
record Setting(String key, String role, String fallback, String meaning) {
  static final String LAUNCHER = "launcher";

  /** All of them, in the order of the documentation. */
  static final List<Setting> ALL =
      List.of(
          new Setting("host", "http", "127.0.0.1", "Address to listen on."),
          new Setting("port", "http", "8080", "Port to listen on; 0 for any free one."),
          new Setting(
              "allowed-hosts",
              "http",
              "the loopback names",
              "Further names, comma-separated, under which the server may be addressed."),
          new Setting(
              "allowed-origins",
              "http",
              "none",
              "Further web origins, comma-separated, whose pages may send requests."),
          new Setting(
              "access-token",
              "http",
              "none",
              "Secret that callers must send, or give to the sign-in page; needed beyond loopback."
                  + " Several as `name:token`, comma-separated."),
          new Setting(
              "access-token-file",
              "http",
              "none",
              "File with such secrets, one a line, each as `token` or `name:token`."),
          new Setting(
              "insecure-http",
              "http",
              "false",
              "Whether the server may be reached from beyond loopback without a token; with one,"
                  + " nobody is warned that it travels unencrypted."),
          new Setting(
              "public-url",
              "http",
              "none",
              "Where people find the server behind a proxy, like `https://example.org/voice/`."),
          new Setting(
              "trusted-proxies",
              "http",
              "this machine's, with `public-url`",
              "Addresses of proxies, comma-separated, that are believed whom they forward requests"
                  + " for."),
          new Setting(
              "tls-cert",
              "http",
              "none",
              "PEM file with the server's certificate, for TLS; a renewed one is read by itself."),
          new Setting("tls-key", "http", "none", "PEM file with its key, without a password."),
          new Setting(
              "max-connections",
              "http",
              "2 a turn, and 100",
              "Connections at once; one more gets 503."),
          new Setting("max-turns", "http, playback", "1000", "Turns at once; one more gets 429."),
          new Setting(
              "client-turns",
              "http",
              "`max-turns`; a quarter where others reach the server",
              "Turns at once of one client: of a token or, without one, of an address."),
          new Setting(
              "client-turns-per-minute",
              "http",
              "any number; 600 where others reach the server",
              "Turns that one client may start in a minute; 0 for any number."),
          new Setting("max-prompt-bytes", "http", "2097152", "Longest prompt, as UTF-8."),
          new Setting(
              "attach-ms", "http", "30000", "A turn that nobody listens to for so long ends."),
          new Setting(
              "stalled-ms",
              "http",
              "120000",
              "A listener that takes nothing for so long, without pausing, loses its turn."),
          new Setting(
              "detach-ms",
              "http",
              "15000",
              "How long a listener that was cut off may take to come back; 0 ends its turn at once."),
          new Setting(
              "drain-ms",
              "http, wyoming, gemini, chunker, playback",
              "10000",
              "How long running turns may finish when Voicebus stops."),
          new Setting(
              "pause-ms", "http", "3600000", "How long a listener may pause before its turn ends."),
          new Setting(
              "voice-aliases",
              "http",
              "none",
              "What else voices are called by clients of OpenAI's and ElevenLabs' APIs: `nova=embedded/kevin16, …`."),
          new Setting(
              "log-turns",
              "http",
              "failed",
              "Which turns get a line of the log when they end: those that `failed`, or `all`."),
          new Setting("stages-ms", "http", "5000", "How long the stages may take to answer."),
          new Setting("request-ms", "http", "10000", "How long a request may take to arrive."),
          new Setting("keep-alive-ms", "http", "75000", "How long an idle connection is kept."),
          new Setting(
              "heartbeat-ms", "http", "15000", "Between two comments in a stream of events."),
          new Setting("events-bytes", "http", "262144", "What is kept of one turn's events."),
          new Setting("kept-turns", "http", "1000", "How many ended turns are kept."),
          new Setting("kept-ms", "http", "60000", "How long ended turns are kept."),
          new Setting(
              "wyoming-port",
              "wyoming",
              "none",
              "Port for Home Assistant's voice protocol, usually 10200; without it nobody listens."),
          new Setting("wyoming-host", "wyoming", "127.0.0.1", "Address of that port."),
          new Setting(
              "insecure-wyoming",
              "wyoming",
              "false",
              "Whether that port may be reached from beyond loopback: the protocol has no password."),
          new Setting("wyoming-connections", "wyoming", "100", "Connections to that port at once."),
          new Setting(
              "source",
              "gemini",
              "gemini with its key, else openai if it is set up, else reader",
              "Where answers come from: `gemini`, `openai` (any server that speaks its protocol), or"
                  + " `reader`, which reads the prompt itself aloud."),
          new Setting(
              "fallback",
              "gemini",
              "none",
              "Sources, comma-separated, that are asked in turn when the first gives no answer, like"
                  + " `gemini:gemini-3.1-flash-lite,openai`."),
          new Setting(
              "keep-warm-ms",
              "gemini",
              "60000",
              "A model's connection that is idle for so long is used, to keep it open; 0 for never."),
          new Setting(
              "proxy",
              "gemini, tts",
              "that of the environment",
              "Proxy on the way to services that are not on this machine, like"
                  + " `http://user:password@host:3128` or `socks5://host:1080`; `none` for none. By"
                  + " default what `https.proxyHost` … of the JVM or `HTTPS_PROXY`, `HTTP_PROXY`,"
                  + " `ALL_PROXY` and `NO_PROXY` say."),
          new Setting(
              "ca-file",
              "gemini, tts",
              "the file of `SSL_CERT_FILE`",
              "PEM file with certificates of authorities that are trusted beside the JVM's."),
          new Setting("gemini-api-key", "gemini", "none", "Key of the Gemini API."),
          new Setting("gemini-model", "gemini", "gemini-3.5-flash-lite", "Which model answers."),
          new Setting("gemini-base-url", "gemini", "the service's", "Where the service is."),
          new Setting("gemini-api-version", "gemini", "v1beta", "Which version of it."),
          new Setting(
              "system-instruction",
              "gemini",
              "asks for short, speakable prose",
              "What the model is told before the prompt; `none` for nothing."),
          new Setting(
              "gemini-thinking",
              "gemini",
              "auto",
              "How much the model thinks first: `auto` is as little as it can."),
          new Setting(
              "gemini-max-output-tokens", "gemini", "0", "Longest answer; 0 for the model's own."),
          new Setting("gemini-connect-ms", "gemini", "3000", "How long to wait for a connection."),
          new Setting("gemini-headers-ms", "gemini", "10000", "How long for the answer to begin."),
          new Setting("gemini-gap-ms", "gemini", "10000", "How long between two pieces of it."),
          new Setting("gemini-total-ms", "gemini", "120000", "How long for all of it."),
          new Setting(
              "gemini-retries", "gemini", "2", "Further tries while nothing has been delivered."),
          new Setting(
              "openai-base-url",
              "gemini",
              "the service's",
              "Where the server is, with `/v1`, like `http://127.0.0.1:11434/v1`."),
          new Setting("openai-api-key", "gemini", "none", "Its key, if it wants one."),
          new Setting("openai-model", "gemini", "none", "Which of its models answers."),
          new Setting(
              "openai-max-output-tokens", "gemini", "0", "Longest answer; 0 for the server's own."),
          new Setting(
              "openai-max-tokens-field",
              "gemini",
              "max_tokens",
              "Or `max_completion_tokens`: what the model calls it."),
          new Setting(
              "openai-reasoning-effort", "gemini", "the model's own", "Like `low`, or `none`."),
          new Setting(
              "openai-think",
              "gemini",
              "auto",
              "What a model thinks at the beginning of its answer is not spoken; `begins`: nor what"
                  + " comes before a first closing tag; `keep`: all is spoken."),
          new Setting("openai-connect-ms", "gemini", "3000", "How long to wait for a connection."),
          new Setting("openai-headers-ms", "gemini", "60000", "How long for the answer to begin."),
          new Setting("openai-gap-ms", "gemini", "30000", "How long between two pieces of it."),
          new Setting("openai-total-ms", "gemini", "300000", "How long for all of it."),
          new Setting(
              "openai-retries", "gemini", "2", "Further tries while nothing has been delivered."),
          new Setting(
              "conversation-turns",
              "gemini",
              "50",
              "Turns of a conversation that the model is told of; 0 for none."),
          new Setting(
              "conversation-chars",
              "gemini",
              "50000",
              "Characters of them, prompts and answers together."),
          new Setting(
              "conversation-age-ms",
              "gemini",
              "3600000",
              "Turns older than this, and conversations silent for so long, are forgotten."),
          new Setting(
              "conversation-wait-ms",
              "gemini",
              "500",
              "How long a turn waits for the end of the one that it breaks in upon."),
          new Setting(
              "conversations",
              "gemini",
              "1000",
              "Conversations that are remembered in the cluster."),
          new Setting(
              "reader-delta-chars", "gemini", "4", "Characters of one delta of the reader."),
          new Setting(
              "reader-deltas-per-second",
              "gemini",
              "60",
              "Pace of the reader; 0 for as fast as it is taken."),
          new Setting("max-chunk-chars", "chunker", "400", "Longest chunk."),
          new Setting(
              "stall-ms",
              "chunker",
              "700",
              "What a stalled model has written so far is spoken after so long."),
          new Setting(
              "code-remark",
              "chunker",
              "auto",
              "What is said in place of a block of code. `auto`: a remark in the text's language where a colon"
                  + " announces the code or nothing else is said; `off`: nothing."),
          new Setting(
              "emoji",
              "chunker",
              "drop",
              "Pictures in the text: `drop`, or `name` them in English."),
          new Setting(
              "spell-out",
              "chunker",
              "on",
              "Numbers, dates, money, units and signs are written out for the voice; `off` if it does that itself."),
          new Setting(
              "language",
              "chunker",
              "found",
              "What all turns are written in, such as `en` or `de`: numbers are said in it. Else it is found in each turn."),
          new Setting(
              "pronunciations",
              "chunker",
              "none",
              "A file with lines such as `SQL = sequel`: how words are said."),
          new Setting(
              "engine",
              "tts",
              "elevenlabs with its key, else openai with a speech server or its key, else embedded",
              "What speaks."),
          new Setting(
              "engines",
              "tts",
              "none",
              "Several engines instead, such as `elevenlabs,openai,embedded`: the next speaks where"
                  + " one fails."),
          new Setting(
              "failover-ms",
              "tts",
              "2000",
              "How long an engine may be silent before the next one speaks."),
          new Setting(
              "failover-probe-ms",
              "tts",
              "15000",
              "How long an engine that fails is left alone before it is tried again."),
          new Setting(
              "hedge",
              "tts",
              "off",
              "Give a turn's first chunk to the second engine too, when the first is slow."),
          new Setting(
              "cache-bytes",
              "tts",
              "33554432",
              "Speech kept in memory for each instance; 0 for none."),
          new Setting("cache-directory", "tts", "none", "Folder in which speech is kept, too."),
          new Setting("cache-directory-bytes", "tts", "1073741824", "What that folder may hold."),
          new Setting("elevenlabs-api-key", "tts", "none", "Key of the ElevenLabs API."),
          new Setting("elevenlabs-voice", "tts", "a stock voice", "Id of the voice."),
          new Setting("elevenlabs-model", "tts", "eleven_flash_v2_5", "Which model speaks."),
          new Setting("elevenlabs-base-url", "tts", "the service's", "Where the service is."),
          new Setting(
              "elevenlabs-format", "tts", "pcm_24000", "Or `pcm_22050`, `pcm_16000`: the rate."),
          new Setting("elevenlabs-language", "tts", "found out", "ISO 639-1 code of the language."),
          new Setting("elevenlabs-stability", "tts", "the voice's", "From 0 to 1."),
          new Setting("elevenlabs-similarity", "tts", "the voice's", "From 0 to 1."),
          new Setting("elevenlabs-style", "tts", "the voice's", "From 0 to 1; costs time."),
          new Setting("elevenlabs-speed", "tts", "the voice's", "From 0.7 to 1.2."),
          new Setting("elevenlabs-speaker-boost", "tts", "the voice's", "On or off; costs time."),
          new Setting(
              "elevenlabs-contexts", "tts", "4", "Utterances at once on one WebSocket, up to 5."),
          new Setting(
              "elevenlabs-sockets",
              "tts",
              "0",
              "WebSockets kept open; 0 for 4, or what the plan needs."),
          new Setting(
              "elevenlabs-concurrency",
              "tts",
              "0",
              "Utterances at once that your plan allows; 0 to learn it from refusals."),
          new Setting(
              "elevenlabs-transport",
              "tts",
              "auto",
              "`socket`, `http`, or `auto`: each chunk as its listener and its model need it."),
          new Setting("elevenlabs-timings", "tts", "on", "Whether HTTP brings the times of words."),
          new Setting(
              "elevenlabs-extra", "tts", "none", "Further fields of each request, as JSON."),
          new Setting(
              "elevenlabs-query",
              "tts",
              "none",
              "Further parameters of the address, such as `enable_logging=false`."),
          new Setting(
              "openai-speech-base-url",
              "tts",
              "OpenAI's",
              "Where an OpenAI-compatible speech server is, such as `http://localhost:8880/v1`."),
          new Setting("openai-speech-api-key", "tts", "none", "Its key, if it wants one."),
          new Setting("openai-speech-model", "tts", "tts-1", "Which model speaks there."),
          new Setting("openai-speech-voice", "tts", "alloy", "Name of the voice."),
          new Setting(
              "openai-speech-format", "tts", "pcm", "Or `wav`, or `sse`: what the server sends."),
          new Setting("openai-speech-rate", "tts", "24000", "Sample rate of what it sends."),
          new Setting("openai-speech-speed", "tts", "the server's", "From 0.25 to 4."),
          new Setting(
              "openai-speech-instructions", "tts", "none", "How to speak, for models that listen."),
          new Setting(
              "openai-speech-timings",
              "tts",
              "on",
              "Whether a server that can tell the times of its words, as Kokoro-FastAPI can, does."),
          new Setting(
              "openai-speech-extra", "tts", "none", "Further fields of each request, as JSON."),
          new Setting(
              "openai-speech-concurrency",
              "tts",
              "0",
              "Utterances at once; 0 to learn it from refusals."),
          new Setting(
              "command",
              "tts",
              "auto",
              "The program that speaks: `piper`, `say`, `rhvoice`, `flite`, `espeak-ng`, `festival`;"
                  + " `auto` is the first that is there."),
          new Setting(
              "command-template",
              "tts",
              "none",
              "Another program's command line; see docs/speech.md."),
          new Setting(
              "command-voice", "tts", "the program's", "Its voice; for piper the path of a model."),
          new Setting("command-format", "tts", "wav", "What a template writes: `wav` or `pcm`."),
          new Setting("command-rate", "tts", "the voice's", "Sample rate of what it writes."),
          new Setting(
              "command-processes", "tts", "one for each CPU", "How many of them run at once."),
          new Setting(
              "slots",
              "tts",
              "2, or what the service takes",
              "Chunks that one TTS instance speaks at once."),
          new Setting(
              "chunk-timeout-ms",
              "tts",
              "10000",
              "An engine that is silent for so long has failed."),
          new Setting(
              "scripted-first-ms",
              "tts",
              "0",
              "How long the engine `scripted`, which is for tests, waits with each chunk."),
          new Setting(
              "scripted-frame-ms", "tts", "0", "How long between two of its pieces of 40 ms."),
          new Setting("tts-instances", LAUNCHER, "1", "TTS instances in this JVM."),
          new Setting(
              "cluster", LAUNCHER, "false", "Whether to join a cluster: `true` or `false`."),
          new Setting(
              "roles",
              LAUNCHER,
              "all",
              "What this node of a cluster runs: `http`, `gemini`, `chunker`, `tts`, `playback`,"
                  + " comma-separated."),
          new Setting(
              "instances",
              LAUNCHER,
              "1",
              "Instances of each of these roles, but `http`, which has its own setting."),
          new Setting(
              "http-instances",
              LAUNCHER,
              "one for each event loop",
              "Instances of `http`, on one port."),
          new Setting("node", LAUNCHER, "its process's number", "What this node is called."),
          new Setting(
              "cluster-host",
              LAUNCHER,
              "127.0.0.1",
              "Address of this machine by which the other nodes reach it."),
          new Setting(
              "cluster-port",
              LAUNCHER,
              "7800",
              "Port for the cluster's own traffic, or the first free one of the 19 after it."),
          new Setting(
              "cluster-bus-port", LAUNCHER, "0", "Port for the event bus; 0 for any free one."),
          new Setting(
              "peers",
              LAUNCHER,
              "the nodes on this machine",
              "Where other nodes are: `host:port,…`, or `dns:name`."),
          new Setting(
              "cluster-keys",
              LAUNCHER,
              "on loopback the user's own",
              "Folder of this node's keys, as `cluster-keys` makes it; needed beyond loopback."),
          new Setting(
              "insecure-cluster",
              LAUNCHER,
              "false",
              "Whether a cluster does without keys: whoever reaches it is a member."),
          new Setting(
              "lookahead-ms",
              "playback",
              "20000",
              "How much speech is made ahead of the listener at real-time pace."),
          new Setting(
              "turn-bytes",
              "playback",
              "2097152",
              "Audio held for one turn, beyond the next chunk."),
          new Setting("chunk-bytes", "playback", "2097152", "Audio held for one chunk."));

  /** Its name in the environment; what belongs to a service is named after the service. */
  String variable() {
    String name = key.toUpperCase(Locale.ROOT).replace('-', '_');
    boolean ofService =
        List.of("GEMINI_", "ELEVENLABS_", "OPENAI_").stream().anyMatch(name::startsWith);
    return ofService ? name : "VOICEBUS_" + name;
  }
}
