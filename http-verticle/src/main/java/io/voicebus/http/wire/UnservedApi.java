package io.voicebus.http.wire;

import java.util.List;
import java.util.Optional;

/**
 * What other services have, clients of theirs ask for, and is not served here: which errors those
 * clients read, and what they can do instead.
 *
 * @param root the path, and all that is below it
 * @param dialect of its errors
 * @param advice what to do
 */
record UnservedApi(String root, ErrorDialect dialect, String advice) {
  private static final String DEAF =
      "Voicebus speaks and does not hear: recognise speech elsewhere, and send its text";
  private static final String OTHER_SERVER =
      "Voicebus answers chats and speaks, and has nothing else of OpenAI's API: use another server"
          + " for this, or GET / for what there is";
  private static final String NOT_SPEECH =
      "Voicebus speaks texts, and has nothing else of ElevenLabs' API: GET / lists what there is";

  private static final List<UnservedApi> ALL =
      List.of(
          openAi("/v1/audio/transcriptions", DEAF),
          openAi("/v1/audio/translations", DEAF),
          openAi(
              "/v1/completions",
              "completions are not served: use POST /v1/chat/completions, with messages"),
          openAi(
              "/v1/responses",
              "the Responses API, which has no sound, is not served: use POST"
                  + " /v1/chat/completions (modalities text and audio), or WS /v1/realtime"),
          openAi(
              "/v1/realtime",
              "only the WebSocket /v1/realtime is served: no WebRTC, no SIP, no client secrets. Send"
                  + " the access token, if there is one, as the key"),
          openAi("/v1/assistants", OTHER_SERVER),
          openAi("/v1/batches", OTHER_SERVER),
          openAi("/v1/embeddings", OTHER_SERVER),
          openAi("/v1/files", OTHER_SERVER),
          openAi("/v1/fine_tuning", OTHER_SERVER),
          openAi("/v1/images", OTHER_SERVER),
          openAi("/v1/moderations", OTHER_SERVER),
          openAi("/v1/threads", OTHER_SERVER),
          openAi("/v1/uploads", OTHER_SERVER),
          openAi("/v1/vector_stores", OTHER_SERVER),
          openAi("/v1/videos", OTHER_SERVER),
          openAi("/v1/agents", OTHER_SERVER),
          openAi("/v1/chatkit", OTHER_SERVER),
          openAi("/v1/containers", OTHER_SERVER),
          openAi("/v1/content_provenance_checks", OTHER_SERVER),
          openAi("/v1/decisions", OTHER_SERVER),
          openAi("/v1/evals", OTHER_SERVER),
          openAi("/v1/live", OTHER_SERVER),
          openAi("/v1/organization", OTHER_SERVER),
          openAi("/v1/skills", OTHER_SERVER),
          openAi("/v1/vaults", OTHER_SERVER),
          openAi("/v1/webhook_endpoints", OTHER_SERVER),
          openAi("/v1/webhook_event_types", OTHER_SERVER),
          elevenLabs(
              "/v1/text-to-speech",
              "the voice is part of the path: /v1/text-to-speech/{voice}, and behind it nothing,"
                  + " /stream, /with-timestamps or /stream/with-timestamps"),
          elevenLabs(
              "/v1/text-to-dialogue",
              "dialogues are not served: send each speaker's text to /v1/text-to-speech/{voice}"),
          elevenLabs("/v1/speech-to-text", DEAF),
          elevenLabs("/v1/speech-to-speech", DEAF),
          elevenLabs("/v1/audio-isolation", DEAF),
          elevenLabs("/v1/forced-alignment", DEAF),
          elevenLabs(
              "/v1/single-use-token",
              "there are no such tokens: send the access token, if there is one, as xi-api-key"),
          elevenLabs("/v1/convai", NOT_SPEECH),
          elevenLabs("/v1/dubbing", NOT_SPEECH),
          elevenLabs("/v1/history", NOT_SPEECH),
          elevenLabs("/v1/music", NOT_SPEECH),
          elevenLabs("/v1/pronunciation-dictionaries", NOT_SPEECH),
          elevenLabs("/v1/shared-voices", NOT_SPEECH),
          elevenLabs("/v1/similar-voices", NOT_SPEECH),
          elevenLabs("/v1/sound-generation", NOT_SPEECH),
          elevenLabs("/v1/studio", NOT_SPEECH),
          elevenLabs("/v1/text-to-voice", NOT_SPEECH),
          elevenLabs("/v1/usage", NOT_SPEECH),
          elevenLabs("/v1/assets", NOT_SPEECH),
          elevenLabs("/v1/audio-effects", NOT_SPEECH),
          elevenLabs("/v1/audio-native", NOT_SPEECH),
          elevenLabs("/v1/flows", NOT_SPEECH),
          elevenLabs("/v1/productions", NOT_SPEECH),
          elevenLabs("/v1/service-accounts", NOT_SPEECH),
          elevenLabs("/v1/speech-engine", NOT_SPEECH),
          elevenLabs("/v1/workspaces", NOT_SPEECH),
          elevenLabs("/v1/workspace", NOT_SPEECH));

  private static UnservedApi openAi(String root, String advice) {
    return new UnservedApi(root, ErrorDialect.OPENAI, advice);
  }

  private static UnservedApi elevenLabs(String root, String advice) {
    return new UnservedApi(root, ErrorDialect.ELEVENLABS, advice);
  }

  /**
   * Which of them is asked for.
   *
   * @param path as {@link ApiPath} has it
   */
  static Optional<UnservedApi> of(String path) {
    return ALL.stream().filter(api -> isBelow(api.root, path)).findFirst();
  }

  /** Whether the path is this root, or below it. */
  static boolean isBelow(String root, String path) {
    return path.startsWith(root)
        && (path.length() == root.length() || path.charAt(root.length()) == '/');
  }
}
