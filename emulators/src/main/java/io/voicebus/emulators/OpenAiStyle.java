package io.voicebus.emulators;

/**
 * How a server fills in the events of a stream.
 *
 * @param role the first event, before any text
 * @param reasoningField where thinking goes: {@code reasoning_content} (llama.cpp, DeepSeek,
 *     SGLang) or {@code reasoning} (Ollama, OpenRouter, vLLM)
 * @param envelope whether events have {@code id}, {@code object}, {@code created} and {@code model}
 * @param extras whether events have fields that few clients know, and nulls wherever a field may be
 *     null
 * @param promptFilter whether an event with empty {@code choices} comes first, as at Azure
 * @param usage where the counts of tokens go
 * @param content how text is put into a delta
 * @param shape what is sent for a stream
 */
public record OpenAiStyle(
    Role role,
    String reasoningField,
    boolean envelope,
    boolean extras,
    boolean promptFilter,
    Usage usage,
    Content content,
    Shape shape) {

  /** How text is put into a delta. */
  public enum Content {
    /** A string. */
    STRING,
    /** A list of typed parts, thinking among them, as Mistral does it. */
    PARTS
  }

  /** What is sent for a stream. */
  public enum Shape {
    /** Events. */
    EVENTS,
    /** The whole answer as JSON. */
    JSON,
    /** The same as an event stream, pretty-printed, and {@code [DONE]} behind it. */
    JSON_AND_DONE
  }

  /** The first event, before any text. */
  public enum Role {
    /** With {@code content: ""}. */
    EMPTY,
    /** With {@code content: null}. */
    NULL,
    /** None: the first text carries the role. */
    WITH_TEXT,
    /** None, and no role at all. */
    ABSENT
  }

  /** Where the counts of tokens go. */
  public enum Usage {
    /** If {@code stream_options.include_usage} asks: a last event with empty {@code choices}. */
    WHEN_ASKED,
    /** Packed into the event with the finish reason, asked for or not. */
    WITH_FINISH,
    /** Nowhere, and {@code stream_options} is refused with 400. */
    REFUSED
  }

  /** As OpenAI does it. */
  public static final OpenAiStyle OPENAI =
      new OpenAiStyle(
          Role.EMPTY,
          "reasoning_content",
          true,
          false,
          false,
          Usage.WHEN_ASKED,
          Content.STRING,
          Shape.EVENTS);

  /** Nothing but what must be there. */
  public static final OpenAiStyle BARE =
      new OpenAiStyle(
          Role.ABSENT,
          "reasoning",
          false,
          false,
          false,
          Usage.WITH_FINISH,
          Content.STRING,
          Shape.EVENTS);

  public OpenAiStyle withRole(Role other) {
    return new OpenAiStyle(
        other, reasoningField, envelope, extras, promptFilter, usage, content, shape);
  }

  public OpenAiStyle withReasoningField(String name) {
    return new OpenAiStyle(role, name, envelope, extras, promptFilter, usage, content, shape);
  }

  public OpenAiStyle withExtras() {
    return new OpenAiStyle(
        role, reasoningField, envelope, true, promptFilter, usage, content, shape);
  }

  public OpenAiStyle withPromptFilter() {
    return new OpenAiStyle(role, reasoningField, envelope, extras, true, usage, content, shape);
  }

  public OpenAiStyle withUsage(Usage other) {
    return new OpenAiStyle(
        role, reasoningField, envelope, extras, promptFilter, other, content, shape);
  }

  public OpenAiStyle withContent(Content other) {
    return new OpenAiStyle(
        role, reasoningField, envelope, extras, promptFilter, usage, other, shape);
  }

  public OpenAiStyle withShape(Shape other) {
    return new OpenAiStyle(
        role, reasoningField, envelope, extras, promptFilter, usage, content, other);
  }
}
