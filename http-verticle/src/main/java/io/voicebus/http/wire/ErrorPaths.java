package io.voicebus.http.wire;

import java.util.List;

/** Which path is whose, and so which errors its clients read. */
final class ErrorPaths {
  private static final List<String> ELEVENLABS =
      List.of("/v1/text-to-speech", "/v1/user", "/v2/voices");

  /** Of these only ElevenLabs has anything: one voice. */
  private static final String VOICE = "/v1/voices/";

  private static final List<String> OPENAI =
      List.of("/v1/audio", "/v1/chat", "/v1/models", "/v1/realtime");

  /** Paths that both ask, or we have too. */
  private static final List<String> WITH_KEY = List.of("/v1/voices", "/v1/models");

  private ErrorPaths() {}

  /**
   * The dialect of a path, wherever a mistaken base URL has put it.
   *
   * @param path of the request, as it was sent; it may begin with the path of a proxy
   * @param elevenLabsKey whether the request has the header {@code xi-api-key}, which only clients
   *     of ElevenLabs send
   */
  static ErrorDialect dialect(String path, boolean elevenLabsKey) {
    String own = ApiPath.meant(path);
    if (own.startsWith(VOICE)
        || isBelow(ELEVENLABS, own)
        || (elevenLabsKey && isBelow(WITH_KEY, own))) {
      return ErrorDialect.ELEVENLABS;
    }
    return isBelow(OPENAI, own)
        ? ErrorDialect.OPENAI
        : UnservedApi.of(own).map(UnservedApi::dialect).orElse(ErrorDialect.PROBLEM_JSON);
  }

  private static boolean isBelow(List<String> roots, String path) {
    return roots.stream().anyMatch(root -> UnservedApi.isBelow(root, path));
  }
}
