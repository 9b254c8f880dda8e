package io.voicebus.playback;

import io.voicebus.bus.Message;
import io.voicebus.contract.ChunkAudio;
import io.voicebus.contract.PlayoutMark;
import io.voicebus.contract.PlayoutResume;
import io.voicebus.contract.ResumePoint;
import io.voicebus.contract.Underrun;
import io.voicebus.contract.WordMark;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;

/** What a listener is given, in its order; takes so many bytes until it is given more room. */
final class Timeline implements PlayoutSink {
  final List<Message> items = new ArrayList<>();
  final List<Underrun> underruns = new ArrayList<>();
  boolean ended;
  private long room;

  Timeline(long room) {
    this.room = room;
  }

  void more(long bytes) {
    room += bytes;
  }

  byte[] audio() {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (Message item : items) {
      if (item instanceof ChunkAudio audio) {
        all.writeBytes(audio.pcm());
      }
    }
    return all.toByteArray();
  }

  /** All but the audio. */
  List<Message> marks() {
    return items.stream().filter(item -> !(item instanceof ChunkAudio)).toList();
  }

  /** The first of the items are all that its owner has: where another instance goes on. */
  PlayoutResume cutTo(int count, int rateHz) {
    items.subList(count, items.size()).clear();
    int chunk = 0;
    boolean started = false;
    long start = 0;
    int chars = 0;
    String engine = "";
    int pause = 0;
    long pauseStart = 0;
    int gain = 0;
    for (Message item : items) {
      if (item instanceof PlayoutMark mark && mark.kind() == PlayoutMark.Kind.CHUNK_START) {
        chunk = mark.chunk();
        started = true;
        start = mark.atSample();
        chars = 0;
        engine = mark.engine();
        gain = mark.gain();
        pause = 0;
      } else if (item instanceof PlayoutMark mark && mark.kind() == PlayoutMark.Kind.CHUNK_END) {
        chunk = mark.chunk() + 1;
        started = false;
        pause = mark.pause();
        pauseStart = mark.atSample();
      } else if (item instanceof WordMark word) {
        chars = word.chars();
      }
    }
    long samples = audio().length / 2;
    ResumePoint at = started ? new ResumePoint(samples - start, chars, engine) : ResumePoint.START;
    int due = (int) Math.max(0, pause - Math.max(0, samples - pauseStart));
    return new PlayoutResume(chunk, at, samples, 0, rateHz, due, gain, 0, engine);
  }

  @Override
  public boolean full() {
    return room <= 0;
  }

  @Override
  public void underrun(Underrun underrun) {
    underruns.add(underrun);
  }

  @Override
  public void format(int sampleRateHz) {}

  @Override
  public void audio(int chunk, byte[] pcm) {
    items.add(new ChunkAudio(chunk, pcm));
    room -= pcm.length;
  }

  @Override
  public void mark(PlayoutMark mark) {
    boolean known =
        mark.kind() == PlayoutMark.Kind.FIRST_FRAME
            || (mark.kind() == PlayoutMark.Kind.CHUNK_START
                && items.stream()
                    .anyMatch(
                        item ->
                            item instanceof PlayoutMark other
                                && other.kind() == mark.kind()
                                && other.chunk() == mark.chunk()));
    if (!known) {
      items.add(mark);
    }
  }

  @Override
  public void word(WordMark word) {
    items.add(word);
  }

  @Override
  public void end() {
    ended = true;
  }

  @Override
  public void cancel() {}
}
