package io.voicebus.bus;

/** What opens a stream (its head) or travels in one (an item). Immutable. */
public sealed interface Message
    permits AnswerReport,
        ChunkAudio,
        ChunkCaption,
        ChunkSkipped,
        ChunkSpoken,
        ConversationAnswer,
        ConversationAsk,
        EngineVoices,
        Frame,
        FramesOpen,
        Heard,
        PlayoutFormat,
        PlayoutLength,
        PlayoutMark,
        PlayoutRequest,
        Position,
        Prompt,
        ReportOpen,
        SkipChunk,
        SpeechJob,
        StageTiming,
        TextDelta,
        TextLength,
        TextOpen,
        UnspokenText,
        VoicesAnswer,
        VoicesAsk,
        WordMark {

  /** What an item costs of its stream's and its peer's credit, in bytes; at least 1. */
  default int weight() {
    return 64;
  }
}
