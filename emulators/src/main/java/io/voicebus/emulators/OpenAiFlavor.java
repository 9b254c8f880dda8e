package io.voicebus.emulators;

/** Whose way of telling errors an {@link OpenAiEmulator} has. */
public enum OpenAiFlavor {
  /** OpenAI's own, and most others': {@code {"error": {"message", "type", "param", "code"}}}. */
  OPENAI,
  /**
   * Servers built with FastAPI: {@code {"detail": …}}, which is a string, an object, or with status
   * 422 an array with one entry a field. They ignore fields that they do not know.
   */
  FASTAPI,
  /** Old llama.cpp and LM Studio: {@code {"error": "text"}}. They ignore unknown fields as well. */
  PLAIN
}
