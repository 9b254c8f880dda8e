package io.voicebus.playback;

import io.voicebus.contract.PlayoutMark;
import io.voicebus.contract.WordMark;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;

/** Remembers what it was given; takes so many bytes of audio until it is given more room. */
final class RecordingSink implements PlayoutSink {
  final List<String> events = new ArrayList<>();
  final List<WordMark> words = new ArrayList<>();
  private final ByteArrayOutputStream audio = new ByteArrayOutputStream();
  private long room;
  private boolean ended;

  RecordingSink(long roomBytes) {
    room = roomBytes;
  }

  static RecordingSink unlimited() {
    return new RecordingSink(Long.MAX_VALUE);
  }

  void more(long bytes) {
    room += bytes;
  }

  byte[] audio() {
    return audio.toByteArray();
  }

  boolean ended() {
    return ended;
  }

  @Override
  public boolean full() {
    return room <= 0;
  }

  @Override
  public void format(int sampleRateHz) {
    events.add("format " + sampleRateHz);
  }

  @Override
  public void audio(int chunk, byte[] pcm) {
    events.add("audio " + chunk);
    audio.writeBytes(pcm);
    room -= pcm.length;
  }

  @Override
  public void mark(PlayoutMark mark) {
    events.add(mark.kind() + " " + mark.chunk() + " @" + mark.atSample());
  }

  @Override
  public void word(WordMark word) {
    words.add(word);
  }

  @Override
  public void end() {
    ended = true;
    events.add("end");
  }

  @Override
  public void cancel() {
    events.add("cancel");
  }
}
