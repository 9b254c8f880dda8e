package io.voicebus.contract;

import io.voicebus.bus.Message;

/**
 * Item, playback to owner: where the playout stands.
 *
 * @param kind what happened
 * @param chunk of which chunk
 * @param atSample the playout's samples before it
 * @param engine of {@link Kind#CHUNK_START} and {@link Kind#CHUNK_VOICE}: who speaks the chunk, as
 *     {@link Speaker} has it; empty for several, and where samples are converted
 * @param pause of {@link Kind#CHUNK_END}: the silence that comes before whatever sounds next, in
 *     samples; less if the listener waits for that anyway
 * @param gain of {@link Kind#CHUNK_START}: what its voice was raised by, in hundredths of a decibel
 * @param voice of {@link Kind#CHUNK_START} and {@link Kind#CHUNK_VOICE}: who speaks from here on,
 *     likewise; never several
 * @param lead of {@link Kind#CHUNK_START}: so many of the chunk's first samples are heard hardly or
 *     not at all, since it begins softly
 */
public record PlayoutMark(
    Kind kind, int chunk, long atSample, String engine, int pause, int gain, String voice, int lead)
    implements Message {
  /** The order is part of the wire format. */
  public enum Kind {
    /** Playback received the turn's first frame. */
    FIRST_FRAME,
    /** The chunk's first sample comes next. */
    CHUNK_START,
    /** The chunk's last sample went before. */
    CHUNK_END,
    /** The sound card or the file took the turn's first sample. */
    FIRST_AUDIO,
    /** Another engine goes on with the chunk. */
    CHUNK_VOICE
  }

  /** Of which it does not matter who speaks. */
  public PlayoutMark(Kind kind, int chunk, long atSample) {
    this(kind, chunk, atSample, "");
  }

  /** Of samples that are as their engine made them. */
  public PlayoutMark(Kind kind, int chunk, long atSample, String engine) {
    this(kind, chunk, atSample, engine, 0, 0);
  }

  /** Of samples in the rate of the engine that speaks them. */
  public PlayoutMark(Kind kind, int chunk, long atSample, String engine, int pause, int gain) {
    this(kind, chunk, atSample, engine, pause, gain, engine);
  }

  /** Of a chunk that is heard from its first sample on. */
  public PlayoutMark(
      Kind kind, int chunk, long atSample, String engine, int pause, int gain, String voice) {
    this(kind, chunk, atSample, engine, pause, gain, voice, 0);
  }

  /** The engine that speaks from here on; empty where that is not told. */
  public String spokenWith() {
    int slash = voice.indexOf('/');
    return slash < 0 ? voice : voice.substring(0, slash);
  }

  /** The playout's samples before what a listener notices of it. */
  public long heardAt() {
    return atSample + lead;
  }
}
