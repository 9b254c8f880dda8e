package io.voicebus.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The page's resampler, run by a browser but not in its audio thread. */
@Tag("slow")
@Timeout(120)
class ResamplerTest extends PageTest {
  private static final List<Integer> VOICES =
      List.of(8_000, 11_025, 16_000, 22_050, 24_000, 44_100, 48_000);

  private static final List<Integer> LOUDSPEAKERS = List.of(16_000, 44_100, 48_000, 96_000);

  /**
   * Sends a tone through it; returns its level, and that of all that is not the tone, in decibels
   * of the tone that was sent. The tone that comes out is fitted by least squares.
   */
  private static final String MEASURE =
      """
      async ([from, to, hz]) => {
        const {Resampler} = await import('/page/resampler.js');
        const resampler = new Resampler(from, to);
        const out = [];
        for (let given = 0; out.length < 12000; out.push(resampler.next())) {
          while (resampler.due > 0) resampler.push(Math.cos(2 * Math.PI * hz * given++ / from));
        }
        let [cc, ss, cs, xc, xs] = [0, 0, 0, 0, 0];
        const settled = out.slice(4000);
        settled.forEach((x, i) => {
          const [c, s] = [Math.cos(2 * Math.PI * hz * i / to), Math.sin(2 * Math.PI * hz * i / to)];
          cc += c * c; ss += s * s; cs += c * s; xc += x * c; xs += x * s;
        });
        const det = cc * ss - cs * cs;
        const [a, b] = [(xc * ss - xs * cs) / det, (xs * cc - xc * cs) / det];
        let rest = 0;
        settled.forEach((x, i) => {
          const phase = 2 * Math.PI * hz * i / to;
          rest += (x - a * Math.cos(phase) - b * Math.sin(phase)) ** 2;
        });
        const db = (power) => 10 * Math.log10(power + 1e-15);
        return [db(a * a + b * b), db(2 * rest / settled.length)];
      }""";

  private static List<Double> measure(Page page, int from, int to, double hz) {
    return ((List<?>) page.evaluate(MEASURE, List.of(from, to, hz)))
        .stream().map(value -> ((Number) value).doubleValue()).toList();
  }

  @Test
  void keepsATonesPitchAndLevelAndAddsNothingToIt() {
    // given
    Page page = page();
    for (int from : VOICES) {
      for (int to : LOUDSPEAKERS) {
        for (double share : new double[] {0.05, 0.2, 0.4}) {
          // when
          double hz = Math.floor(share * Math.min(from, to));
          List<Double> levels = measure(page, from, to, hz);
          // then
          String what = "%d Hz at %d Hz, played at %d Hz".formatted((int) hz, from, to);
          assertThat(levels.get(0)).as(what).isBetween(-0.1, 0.1);
          assertThat(levels.get(1)).as("images of " + what).isLessThan(-70);
        }
      }
    }
  }

  @Test
  void leavesOutWhatTheLowerRateCannotHold() {
    Page page = page();
    for (int to : List.of(16_000, 22_050, 24_000)) {
      // when: it would come back as another tone
      List<Double> levels = measure(page, 48_000, to, 0.55 * to);
      // then
      assertThat(Math.max(levels.get(0), levels.get(1))).as("to %d Hz", to).isLessThan(-60);
    }
  }
}
