package io.voicebus.telemetry;

import io.opentelemetry.api.common.AttributeKey;
import io.voicebus.contract.AnswerReport;
import java.util.List;

/**
 * Names of OpenTelemetry's conventions for generative AI, which are still in development and
 * change: here alone. As of semantic-conventions-genai, status Development.
 */
final class GenAi {
  static final AttributeKey<String> OPERATION = AttributeKey.stringKey("gen_ai.operation.name");
  static final AttributeKey<String> PROVIDER = AttributeKey.stringKey("gen_ai.provider.name");
  static final AttributeKey<String> RESPONSE_MODEL =
      AttributeKey.stringKey("gen_ai.response.model");
  static final AttributeKey<List<String>> FINISH_REASONS =
      AttributeKey.stringArrayKey("gen_ai.response.finish_reasons");
  static final AttributeKey<Long> INPUT_TOKENS = AttributeKey.longKey("gen_ai.usage.input_tokens");
  static final AttributeKey<Long> OUTPUT_TOKENS =
      AttributeKey.longKey("gen_ai.usage.output_tokens");

  /** Of the stable conventions. */
  static final AttributeKey<String> ERROR_TYPE = AttributeKey.stringKey("error.type");

  static final String CHAT = "chat";

  private GenAi() {}

  /** The provider of a source, as the settings call that. */
  static String provider(String source) {
    return source.equals("gemini") ? "gcp.gemini" : source;
  }

  /** The reason to finish, in the conventions' words. */
  static String finishReason(AnswerReport.Ending ending) {
    return switch (ending) {
      case COMPLETE -> "stop";
      case TRUNCATED -> "length";
      case BLOCKED -> "content_filter";
      case BROKEN_OFF -> "error";
    };
  }
}
