package io.voicebus.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.voicebus.contract.SharedConfig;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PipelineTest {
  private final Vertx vertx = Vertx.vertx(EventLoops.options());
  private Configuration configuration;

  @BeforeEach
  void load(@TempDir Path directory) {
    configuration = Configuration.load(Map.of("VOICEBUS_DRAIN_MS", "7000"), directory, Map.of());
  }

  @AfterEach
  void close() {
    Waiting.quietly(vertx.close());
  }

  @Test
  void everyRoleButTheServerIsDeployedAsAStage() {
    assertThat(Pipeline.STAGES)
        .as("Pipeline.STAGES")
        .containsExactlyInAnyOrderElementsOf(EnumSet.complementOf(EnumSet.of(Role.HTTP)));
  }

  @ParameterizedTest
  @EnumSource
  void everyRoleHasTheSettingThatThePipelineSetsForIt(Role role) {
    assertThat(AllSettings.of(role.word()).contains(SharedConfig.DRAIN))
        .as("whether AllSettings has SharedConfig.DRAIN for the role " + role.word())
        .isTrue();
  }

  @Test
  void turnsOfAServerMayFinishWhenItStops() {
    Pipeline pipeline = new Pipeline(vertx, configuration);
    assertThat(pipeline.config("playback").getLong("drain-ms")).isEqualTo(7_000);
  }

  /** Else a command may end ten seconds late, while a link of its turn seems to be in use. */
  @ParameterizedTest
  @EnumSource
  void theStagesOfACommandThatHasSpokenItsTextStopAtOnce(Role role) {
    Pipeline pipeline = new Pipeline(vertx, configuration).forOneText();
    assertThat(pipeline.config(role.word()).getLong("drain-ms")).isZero();
  }
}
