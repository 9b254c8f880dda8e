package io.voicebus.tts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.voicebus.bus.Clock;
import io.voicebus.bus.VoicebusException;
import io.voicebus.contract.Settings;
import io.voicebus.tts.command.CommandService;
import io.voicebus.tts.engine.SpeechEngine;
import io.voicebus.tts.scripted.Script;
import io.voicebus.tts.scripted.ScriptedVoice;
import io.voicebus.tts.time.Delays;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EngineCatalogTest {
  private final EngineCatalog catalog = EngineCatalog.local();

  @TempDir Path folder;

  @Test
  void opensTheEmbeddedVoiceUnlessToldOtherwise() {
    try (SpeechEngine engine = catalog.open(settings(new JsonObject()), 3)) {
      assertThat(engine.name()).isEqualTo("embedded");
      assertThat(engine.traits().maxConcurrent()).isEqualTo(3);
    }
  }

  @Test
  void opensTheEngineThatIsNamed() {
    try (SpeechEngine engine =
        catalog.open(settings(new JsonObject().put("engine", "scripted")), 1)) {
      assertThat(engine.name()).isEqualTo("scripted");
    }
  }

  /** What is checked before a catalog is there is what the catalog has. */
  @Test
  void everyEngineOfOursIsKnownWhereSettingsAreChecked() {
    Vertx vertx = Vertx.vertx();
    List<String> names = EngineCatalog.all(vertx, Clock.system()).names();
    vertx.close();
    assertThat(names).hasSizeGreaterThan(4);
    for (String name : names) {
      assertThat(EngineCatalog.unknownEngine(TtsConfig.ENGINE, name)).as(name).isEmpty();
    }
    assertThat(EngineCatalog.unknownEngine(TtsConfig.ENGINES, String.join(", ", names))).isEmpty();
    assertThat(EngineCatalog.unknownEngine(TtsConfig.ENGINE, "clod"))
        .hasValue("one of " + String.join(", ", names) + ", auto");
  }

  @Test
  void namesTheEnginesThereAreIfThereIsNoSuchOne() {
    assertThatThrownBy(
            () ->
                catalog
                    .with(
                        "cloud",
                        (settings, slots) -> ScriptedVoice.of(Script.plain(), Delays.real()))
                    .open(settings(new JsonObject().put("engine", "clod")), 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'clod'")
        .hasMessageContaining("one of cloud, embedded, scripted, auto");
  }

  @Test
  void autoTakesAGoodProgramThatIsThereElseTheEmbeddedVoice() throws IOException {
    Path flite = Files.createFile(folder.resolve("flite"));
    assertThat(flite.toFile().setExecutable(true)).isTrue();
    Settings auto = settings(new JsonObject().put("engine", "auto"));
    try (SpeechEngine engine =
        catalog.with("command", new CommandService(folder.toString())).open(auto, 1)) {
      assertThat(engine.name()).isEqualTo("command");
    }
    try (SpeechEngine engine =
        catalog.with("command", new CommandService("/nowhere")).open(auto, 1)) {
      assertThat(engine.name()).isEqualTo("embedded");
    }
  }

  @Test
  void aVoiceOfAnotherEngineOpensItUnlessTheEnginesWereChosen() throws IOException {
    Path flite = Files.createFile(folder.resolve("flite"));
    assertThat(flite.toFile().setExecutable(true)).isTrue();
    EngineCatalog all = catalog.with("command", new CommandService(folder.toString()));
    Settings none = settings(new JsonObject());
    try (NamedEngines engines = new NamedEngines(all, none, all.open(none, 1))) {
      assertThat(engines.of("command/slt").name()).isEqualTo("command");
      assertThat(engines.of("command/kal")).isSameAs(engines.of("command/slt"));
      assertThat(engines.of("kevin16").name()).isEqualTo("embedded");
      assertThat(engines.of("embedded/kevin16").name()).isEqualTo("embedded");
      assertThat(engines.of("no/such").name()).isEqualTo("embedded");
    }
    Settings chosen = settings(new JsonObject().put("engine", "embedded"));
    try (NamedEngines engines = new NamedEngines(all, chosen, all.open(chosen, 1))) {
      assertThatThrownBy(() -> engines.of("command/slt"))
          .isInstanceOf(VoicebusException.class)
          .hasMessageContaining("engines=embedded,command");
    }
  }

  @Test
  void anEngineThatIsNotAmongTheChosenOnesIsListedAsUnusableWithTheReason() throws Exception {
    Path flite = Files.createFile(folder.resolve("flite"));
    Files.writeString(flite, "#!/bin/sh\necho 'Voices available: slt'\n");
    assertThat(flite.toFile().setExecutable(true)).isTrue();
    EngineCatalog all = catalog.with("command", new CommandService(folder.toString()));
    Settings chosen = settings(new JsonObject().put("engine", "embedded"));
    EngineOffer offer = all.offers(chosen).toCompletableFuture().get(20, TimeUnit.SECONDS).get(0);
    assertThat(offer.engine()).isEqualTo("command");
    assertThat(offer.usable()).isFalse();
    assertThat(offer.reason()).contains("engines=embedded,command");
  }

  @Test
  void tellsWhichEngineAndVoiceSpeaksWhereNoneIsNamed() throws Exception {
    // given
    Settings none = settings(new JsonObject());
    // when
    List<EngineOffer> offers = catalog.offers(none).toCompletableFuture().get(20, TimeUnit.SECONDS);
    // then
    assertThat(offers)
        .filteredOn(offer -> offer.order() > 0)
        .extracting(EngineOffer::engine, EngineOffer::order, EngineOffer::defaultVoice)
        .containsExactly(tuple("embedded", 1, "kevin16"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "auto", "Tone", "my tone", "my/tone", "tone,"})
  void aNameThatNoSettingAndNoVoiceCanHaveIsRefused(String name) {
    assertThatThrownBy(() -> catalog.with(name, EngineCatalogTest::plain))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("an engine cannot be called '" + name + "'");
  }

  private static SpeechEngine plain(Settings settings, int slots) {
    return ScriptedVoice.of(Script.plain(), Delays.real());
  }

  @Test
  void anEngineThatIsCalledOtherwiseThanInTheCatalogIsToldSo() {
    Settings cloud = settings(new JsonObject().put("engine", "cloud"));
    assertThatThrownBy(() -> catalog.with("cloud", EngineCatalogTest::plain).open(cloud, 1))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("has as 'cloud' calls itself 'scripted'");
  }

  @Test
  void oneThatCannotBeOpenedIsListedWithTheReasonAndHidesNoOther() throws Exception {
    // given
    EngineCatalog broken =
        catalog.with(
            "cloud",
            (settings, slots) -> {
              throw new IllegalStateException("no model is there");
            });
    // when
    List<EngineOffer> offers =
        broken.offers(settings(new JsonObject())).toCompletableFuture().get(20, TimeUnit.SECONDS);
    // then
    assertThat(offers)
        .extracting(EngineOffer::engine, EngineOffer::usable)
        .containsExactly(tuple("cloud", false), tuple("embedded", true));
    assertThat(offers.get(0).reason()).contains("no model is there");
  }

  @Test
  void aVoiceWhoseEngineCannotBeOpenedFailsItsTurnInWords() {
    // given
    EngineCatalog broken =
        catalog.with(
            "cloud",
            (settings, slots) -> {
              throw new IllegalStateException("no model is there");
            });
    Settings none = settings(new JsonObject());
    try (NamedEngines engines = new NamedEngines(broken, none, broken.open(none, 1))) {
      // when, then
      assertThatThrownBy(() -> engines.of("cloud/any"))
          .isInstanceOf(VoicebusException.class)
          .hasMessageContaining("the engine cloud cannot be opened")
          .hasMessageContaining("no model is there");
    }
  }

  private static Settings settings(JsonObject values) {
    return new Settings("tts", values);
  }
}
