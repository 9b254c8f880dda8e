package io.voicebus.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FieldReportTest {
  private static FieldSample sample(LoadFlow flow, double onsetMs) {
    FieldHeard heard = new FieldHeard(onsetMs, onsetMs, 10, 9, 40, 1_000);
    return new FieldSample(flow, List.of(new FieldTurn(flow, 1, heard, 2 * onsetMs, 0)));
  }

  private static FieldReport report(double ours, double relay, double sequential) {
    FieldReport report = new FieldReport();
    report.add(
        FieldService.ELEVENLABS,
        List.of(
            sample(LoadFlow.CLAUSES, ours),
            sample(LoadFlow.RELAY, relay),
            sample(LoadFlow.SEQUENTIAL, sequential)));
    return report;
  }

  @Test
  void isContentWithRatiosAtTheirBounds() {
    assertThat(report(700, 500, 1_000).broken(0.7, 1.4)).isEmpty();
  }

  @Test
  void namesARatioBeyondItsBound() {
    assertThat(report(710, 500, 1_000).broken(0.7, 2))
        .singleElement()
        .asString()
        .contains("0.71 of the time of the sequential");
    assertThat(report(710, 500, 2_000).broken(0.7, 1.4))
        .singleElement()
        .asString()
        .contains("1.42 of the time of the bare relay");
  }

  @Test
  void isNotContentWithWhatWasNeverHeard() {
    assertThat(report(Double.NaN, 500, 1_000).broken(0.7, 1.5)).hasSize(2);
  }

  @Test
  void hasARowForEachFlow() {
    assertThat(report(700, 500, 1_000).onsets())
        .contains("| ElevenLabs | Voicebus | 700 | 700 | 0.70 | 624 | 90.0 % | 0.0 % | 40 |");
  }

  @Test
  void drawsPlotsThatAreXml(@TempDir Path folder) throws Exception {
    // given
    FieldReport report = report(700, 500, 1_000);
    report.add(new FieldLoad(5, sample(LoadFlow.CLAUSES, 700), 20, 0.1, 12, 200));
    // when
    report.plot(folder);
    // then
    for (String name : List.of("field-onset.svg", "field-load.svg", "field-cores.svg")) {
      var document =
          DocumentBuilderFactory.newInstance()
              .newDocumentBuilder()
              .parse(folder.resolve(name).toFile());
      assertThat(document.getDocumentElement().getTextContent()).contains("Voicebus");
    }
  }
}
