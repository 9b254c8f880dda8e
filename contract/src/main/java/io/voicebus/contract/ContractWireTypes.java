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
        Speaker.class,
        PlayoutFormat.class,
        PlayoutMark.class,
        PlayoutRequest.class,
        Position.class,
        Prompt.class,
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
        EngineVoices.class,
        Asked.class,
        UnspokenText.class,
        ListenerAway.class,
        TurnListen.class,
        TurnAccepted.class,
        TurnRefused.class,
        TurnNews.class,
        TurnOver.class,
        TurnCancel.class,
        TurnAsk.class,
        TurnState.class,
        CopyOpen.class,
        CopiedFacts.class,
        TextTakenBack.class,
        TextEnded.class,
        TextBrokeOff.class,
        CopyHolder.class,
        TurnSought.class,
        TurnFound.class,
        TextFlush.class,
        TextBegun.class,
        SpeechNotice.class,
        Underrun.class,
        SpeechPiece.class,
        AudioAsk.class,
        AudioKept.class,
        SpeechWait.class,
        PlayoutBrokeOff.class,
        RequestCancelled.class,
        CopyKept.class);
  }
}
