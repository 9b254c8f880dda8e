package io.voicebus.contract;

import io.voicebus.bus.WireTypes;
import java.util.List;

/** The messages of the pipeline. */
public final class ContractWireTypes implements WireTypes {
  @Override
  public int first() {
    return BLOCK;
  }

  @Override
  public List<Class<? extends Record>> records() {
    return List.of(
        ChunkAudio.class,
        ChunkCaption.class,
        ChunkSkipped.class,
        ChunkSpoken.class,
        Frame.class,
        FramesOpen.class,
        PlayoutFormat.class,
        PlayoutLength.class,
        PlayoutMark.class,
        PlayoutRequest.class,
        Position.class,
        Prompt.class,
        ReportOpen.class,
        SkipChunk.class,
        SpeechJob.class,
        StageTiming.class,
        TextDelta.class,
        TextLength.class,
        TextOpen.class,
        AnswerReport.class,
        Heard.class,
        ConversationAsk.class,
        ConversationAnswer.class,
        WordMark.class,
        VoicesAsk.class,
        VoicesAnswer.class,
        EngineVoices.class);
  }
}
