package io.voicebus.launcher;

import com.microsoft.playwright.Page;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * What the audio thread of a page has rendered, sample by sample: a worklet between the page's own
 * and the loudspeaker, which has the emulated voice's rate, so that nothing is resampled. Time is
 * the audio thread's, in samples.
 */
final class SampleTap {
  private static final int PATIENCE_MS = 30_000;

  /** To be run before the page's own scripts; the page's policy must be off for it. */
  static final String SCRIPT =
      """
      window.samples = {blocks: [], onsound: () => {}, clock: () => 0};
      const thread = `registerProcessor('tap', class extends AudioWorkletProcessor {
        process([[input]], [[output]]) {
          if (input) {
            output.set(input);
            if (input.some((sample) => sample !== 0)) {
              this.port.postMessage({frame: currentFrame, samples: input.slice()});
            }
          }
          return true;
        }
      });`;
      const Context = AudioContext;
      window.AudioContext = class extends Context {
        constructor(options) {
          super({...options, sampleRate: 24000});
        }
      };
      const addModule = AudioWorklet.prototype.addModule;
      AudioWorklet.prototype.addModule = async function (url) {
        await addModule.call(this, URL.createObjectURL(new Blob([thread], {type: 'text/javascript'})));
        await addModule.call(this, url);
      };
      const plain = AudioNode.prototype.connect;
      AudioNode.prototype.connect = function (to, ...rest) {
        if (!(this instanceof AudioWorkletNode) || !(to instanceof AudioDestinationNode)) {
          return plain.call(this, to, ...rest);
        }
        const context = this.context;
        const node = new AudioWorkletNode(context, 'tap');
        samples.clock = () => Math.round(context.currentTime * context.sampleRate);
        node.port.onmessage = ({data}) => {
          if (samples.blocks.length === 0) {
            samples.onsound();
          }
          samples.blocks.push(data);
        };
        plain.call(this, node);
        return plain.call(node, to, ...rest);
      };
      """;

  private SampleTap() {}

  /** Waits until something is so; fails after {@value #PATIENCE_MS} ms. */
  static void await(Page page, String condition) {
    page.evaluate(
        "async () => { const late = performance.now() + "
            + PATIENCE_MS
            + "; while (!("
            + condition
            + ")) { if (performance.now() > late) throw new Error('not so after a while: ' +"
            + " document.body.innerText); await new Promise((next) => setTimeout(next, 5)); } }");
  }

  /** What a script gives, which must be a number. */
  static long number(Page page, String script) {
    return ((Number) page.evaluate(script)).longValue();
  }

  /** When the last block with any sound was rendered. */
  static long lastSound(Page page) {
    return number(page, "samples.blocks.at(-1).frame");
  }

  /** All sound from a moment on, without the silence around it, as 16-bit samples. */
  static short[] since(Page page, long frame) {
    @Nullable Object base64 =
        page.evaluate(
            """
            (frame) => {
              const blocks = samples.blocks.filter((block) => block.frame >= frame);
              const pcm = new Int16Array(128 * blocks.length);
              blocks.forEach(({samples}, at) => {
                samples.forEach((sample, i) => pcm[128 * at + i] = Math.round(32768 * sample));
              });
              let bytes = '';
              new Uint8Array(pcm.buffer).forEach((byte) => bytes += String.fromCharCode(byte));
              return btoa(bytes);
            }
            """,
            (double) frame);
    byte[] bytes = Base64.getDecoder().decode(String.valueOf(base64));
    short[] pcm = new short[bytes.length / 2];
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asShortBuffer().get(pcm);
    return pcm;
  }
}
