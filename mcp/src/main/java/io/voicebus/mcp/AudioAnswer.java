package io.voicebus.mcp;

import io.modelcontextprotocol.spec.McpSchema.AudioContent;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.TextContent;
import io.voicebus.audio.AsyncEncoder;
import io.voicebus.audio.AudioCoding;
import io.voicebus.audio.AudioFormat;
import io.voicebus.turn.TurnEvent;
import java.io.ByteArrayOutputStream;
import java.util.Base64;
import java.util.List;
import java.util.Locale;

/** A text that comes back as sound, in the answer. */
final class AudioAnswer extends SaidText implements AsyncEncoder.Listener {
  /** Some ten minutes; a model has no use for more. */
  static final int MAX_BYTES = 4 * 1024 * 1024;

  /** What holds it grows by doubling, and at the end it is copied. */
  private static final int GROWTH = 2;

  private static final AudioCoding CODING = AudioCoding.of(AudioFormat.MP3);

  private final ByteArrayOutputStream encoded = new ByteArrayOutputStream();
  private final AsyncEncoder encoder;
  private int rateHz;
  private long samples;

  AudioAnswer(McpTurns turns) {
    super(turns);
    encoder = new AsyncEncoder(turns.context().owner(), CODING, this);
  }

  @Override
  public boolean full() {
    return encoder.full();
  }

  @Override
  public void format(int sampleRateHz) {
    rateHz = sampleRateHz;
    encoder.begin(sampleRateHz);
  }

  @Override
  public void audio(byte[] pcm) {
    samples += pcm.length / 2;
    encoder.encode(pcm);
  }

  @Override
  void finished(TurnEvent.Ended end) {
    if (rateHz == 0) {
      format(AudioCoding.EMPTY_RATE_HZ);
    }
    encoder.end();
  }

  @Override
  public void failed(String why) {
    encoder.close();
    super.failed(why);
  }

  @Override
  void cancel(String why) {
    super.cancel(why);
    encoder.close();
  }

  @Override
  public void encoded(byte[] bytes) {
    if (encoded.size() + bytes.length > MAX_BYTES) {
      cancel("the answer would be too long");
      failed("the text is too long to come back as sound: say it in several parts");
    } else if (!keeps(GROWTH * (long) encoded.size())) {
      cancel("there is no memory left for its sound");
      failed("there is no memory left to bring the sound back: try again in a moment");
    } else {
      encoded.write(bytes, 0, bytes.length);
    }
  }

  @Override
  public void drained() {
    goOn();
  }

  @Override
  public void finished() {
    encoder.close();
    String seconds = String.format(Locale.ROOT, "%.1f", (double) samples / rateHz);
    String data = Base64.getEncoder().encodeToString(encoded.toByteArray());
    answer(
        CallToolResult.builder()
            .content(
                List.of(
                    TextContent.builder(said("spoken " + seconds + " s")).build(),
                    AudioContent.builder(data, CODING.contentType(rateHz)).build()))
            .isError(false)
            .build());
  }

  @Override
  public void failed(Throwable why) {
    cancel("it cannot be encoded");
    failed("the sound cannot be made an MP3: " + why.getMessage());
  }
}
