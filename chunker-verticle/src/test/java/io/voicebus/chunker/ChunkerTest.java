package io.voicebus.chunker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChunkerTest {
  private static final long STALL = ChunkerOptions.DEFAULT.stallNanos();

  private final Chunker sentences = new Chunker(Speech.SENTENCES);
  private final Chunker clauses = new Chunker(ChunkerOptions.DEFAULT);

  @Test
  void decidesAtTheFirstCharacterAfterTheStopOfAnOrdinaryWord() {
    // given
    assertThat(sentences.accept("We went to the museum.", 0)).isEmpty();
    // when
    var chunks = sentences.accept(" ", 5);
    // then
    assertThat(texts(chunks)).containsExactly("We went to the museum.");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "She reads heise.de every morning.",
        "Put the key into the manifest.json file.",
        "Ask support.team@acme.io for a new key.",
        "See docs.python.org/3/library for more.",
        "Call list.append(item) or List.Add(item) for each.",
        "The file is called draft(1).doc in there.",
      })
  void nothingIsCutWithinANameHoweverTheDeltasEnd(String text) {
    // given
    List<SpeakableChunk> chunks = new ArrayList<>();
    // when
    for (String delta : text.split("(?<=\\.)", -1)) {
      chunks.addAll(sentences.accept(delta, 0));
    }
    chunks.addAll(sentences.flush());
    // then
    assertThat(texts(chunks)).containsExactly(text);
  }

  @Test
  void theWriterMayEndAChunkAnywhere() {
    // given
    assertThat(sentences.accept("Hold on for a", 0)).isEmpty();
    // when
    var chunks = sentences.cut();
    // then
    assertThat(texts(chunks)).containsExactly("Hold on for a");
    assertThat(sentences.cut()).isEmpty();
    assertThat(texts(sentences.accept(" second. And", 0))).containsExactly("second.");
    assertThat(texts(sentences.cut())).containsExactly("And");
    assertThat(sentences.flush()).isEmpty();
  }

  @Test
  void aMarkThatIsNotClosedWaitsForTheRestOfIt() {
    // given
    sentences.accept("Read [the pa", 0);
    // when
    assertThat(texts(sentences.cut())).containsExactly("Read");
    sentences.accept("per](https://acme.io/x)", 0);
    // then
    assertThat(texts(sentences.flush())).containsExactly("the paper");
  }

  @Test
  void aTextThatItsWriterCutsIsCutNowhereElse() {
    // given
    Chunker verbatim = new Chunker(ChunkerOptions.DEFAULT.asVerbatim());
    String message = "Yes. No! Look: *this*\n\n# is it. 1. One";
    // when
    assertThat(verbatim.accept(message, 0)).isEmpty();
    assertThat(verbatim.deadlineNanos()).isEmpty();
    // then
    assertThat(texts(verbatim.cut())).containsExactly("Yes. No! Look: *this* # is it. 1. One");
    assertThat(verbatim.flush()).isEmpty();
  }

  @Test
  void decidesAtTheStopOfScriptsWithoutSpaces() {
    assertThat(texts(sentences.accept("今天天气很好。", 0))).containsExactly("今天天气很好。");
    assertThat(texts(sentences.accept("मेरा नाम राम है।", 0))).containsExactly("मेरा नाम राम है।");
  }

  @Test
  void holdsThePeriodInADecimalUntilTheNextCharacter() {
    // given
    assertThat(sentences.accept("It costs $29.", 0)).isEmpty();
    // when
    var chunks = sentences.accept("50 today. Next", 5);
    // then
    assertThat(texts(chunks)).containsExactly("It costs $29.50 today.");
  }

  @Test
  void holdsTheMarkWithinQuotesUntilTheyClose() {
    // given
    assertThat(sentences.accept("She said: “We are finished.", 0)).isEmpty();
    // when
    var chunks = sentences.accept("” Then", 5);
    // then
    assertThat(texts(chunks)).containsExactly("She said: “We are finished.”");
  }

  @Test
  void theFirstChunkMayBeAClauseAndLaterOnesAreSentences() {
    assertThat(texts(clauses.accept("If you have some time, we can go, say, tomorrow. ", 0)))
        .containsExactly("If you have some time,", "we can go, say, tomorrow.");
  }

  @Test
  void afterAVeryShortClauseTheNextMayBeOneToo() {
    assertThat(texts(clauses.accept("Well, if it rains, we can go, say, tomorrow. ", 0)))
        .containsExactly("Well,", "if it rains,", "we can go, say, tomorrow.");
  }

  @Test
  void anAsciiCommaWithoutASpaceEndsNoClauseOfIdeographs() {
    assertThat(clauses.accept("雨の日,猫は家にいる", 0)).isEmpty();
    assertThat(texts(clauses.flush())).containsExactly("雨の日,猫は家にいる");
  }

  @Test
  void aCommaWithinADateIsNoClauseEnd() {
    assertThat(texts(clauses.accept("On March 3, 1998, it rained; then Jan. 6, 2021, too. ", 0)))
        .startsWith("On March 3, 1998,");
    Chunker next = new Chunker(ChunkerOptions.DEFAULT);
    assertThat(texts(next.accept("Born on Jan. 6, 2021, in Ohio. ", 0)))
        .startsWith("Born on Jan. 6, 2021,");
  }

  @Test
  void aDashBetweenSpacesEndsAClauseAndAHyphenDoesNot() {
    assertThat(texts(clauses.accept("A well-known bakery – the oldest here – has closed. ", 0)))
        .containsExactly("A well-known bakery –", "the oldest here – has closed.");
  }

  @Test
  void aQuoteClosesWithItsClause() {
    assertThat(texts(clauses.accept("“We have to leave,” she said. ", 0)))
        .containsExactly("“We have to leave,”", "she said.");
  }

  @Test
  void aCommaWithinANumberIsNoClauseEnd() {
    assertThat(texts(clauses.accept("The city had about 1,000,000 people. ", 0)))
        .containsExactly("The city had about 1,000,000 people.");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "On Tuesday, June 5, 2029 we went there,‖ and it was fine.",
        "On Tuesday, the 5th of May,‖ we went there, and so on.",
        "On Tuesday,‖ we went there, and it was fine.",
        "In May, 2029,‖ we opened, and it was fine.",
        "In May,‖ they opened, and it was fine.",
        "On May 3,‖ they opened, and it was fine.",
        "Am Dienstag, den 5. Mai 2029,‖ gingen wir hin, und es war gut.",
        "Le mardi, 5 mai 2029,‖ tout va bien, je crois.",
        "El martes, 5 de mayo de 2029,‖ la tienda se cerró, creo.",
        "In 1492,‖ 3 ships sailed, and it was fine.",
      })
  void theFirstChunkNeverEndsWithinADate(String marked) {
    // when
    Chunker known = new Chunker(ChunkerOptions.DEFAULT.withLanguageKnown(true));
    List<String> chunks = texts(known.accept(marked.replace("‖", ""), 0));
    // then
    assertThat(chunks.get(0)).isEqualTo(marked.substring(0, marked.indexOf('‖')));
  }

  @Test
  void noPhraseEndsWithinADate() {
    String text =
        "The very old wooden shop in the narrow streets there opened on the 5th of May of ";
    assertThat(texts(clauses.accept(text + "2029 with a large feast of its own", 0)))
        .containsExactly("The very old wooden shop in the narrow streets there opened");
  }

  @Test
  void theFirstChunkEndsBeforeAClauseWhereNoMarkIsNear() {
    assertThat(texts(clauses.accept("The old harbour was closed because the ", 0)))
        .containsExactly("The old harbour was closed");
  }

  @Test
  void anAndBeginsAClauseIfASubjectFollows() {
    // given
    assertThat(clauses.accept("The bakers of the old town and ", 0)).isEmpty();
    // when
    var chunks = clauses.accept("they ", 5);
    // then
    assertThat(texts(chunks)).containsExactly("The bakers of the old town");
  }

  @Test
  void aRelativeOfAnotherLanguageBeginsNoClause() {
    // "die" is a relative in Dutch
    assertThat(clauses.accept("The king of the north will see his brother die soon ", 0)).isEmpty();
  }

  @Test
  void afterLongWaitingTheFirstChunkEndsWithItsLastPhrase() {
    // given
    String phrase = "Seven very old green wooden fishing boats drifted slowly northwards";
    assertThat(clauses.accept(phrase + " over the grey", 0)).isEmpty();
    // when
    var chunks = clauses.accept(" bay", 5);
    // then
    assertThat(texts(chunks)).containsExactly(phrase);
  }

  @Test
  void theFirstChunkNeverEndsWithinAPhrase() {
    String text = "Seven very old green wooden fishing boats drifted slowly northwards ";
    assertThat(clauses.accept(text + "yesterday carrying seven heavy bags ", 0)).isEmpty();
  }

  @Test
  void marksInRowsBelongTogether() {
    // given
    sentences.accept("We liked it.. We stayed.", 0);
    // when
    assertThat(sentences.accept(" It was wonderful.", 0)).hasSize(1);
    // then
    assertThat(texts(sentences.accept(".. Bye", 0))).containsExactly("It was wonderful...");
  }

  @Test
  void anAbbreviationThatNamesFollowWaitsForTheNextWordAndNoLonger() {
    assertThat(sentences.accept("She left the U.S. The", 0)).isEmpty();
    assertThat(texts(sentences.accept(" ", 0))).containsExactly("She left the U.S.");
  }

  @Test
  void withClausesOffOnlySentencesAreCut() {
    assertThat(texts(sentences.accept("If you have some time, we can go there. ", 0)))
        .containsExactly("If you have some time, we can go there.");
  }

  @Test
  void aStalledModelFreesTheHeldSentence() {
    // given
    assertThat(sentences.accept("It costs too much.", 1_000)).isEmpty();
    // then
    assertThat(sentences.deadlineNanos()).hasValue(1_000 + STALL);
    assertThat(sentences.poll(999 + STALL)).isEmpty();
    assertThat(texts(sentences.poll(1_000 + STALL))).containsExactly("It costs too much.");
    assertThat(sentences.deadlineNanos()).isEmpty();
    assertThat(texts(sentences.accept(" That is so. ", 0))).containsExactly("That is so.");
  }

  @Test
  void aSentenceAtTheEndOfItsLineIsHeldForATenthOfThat() {
    // given
    assertThat(sentences.accept("It costs too much.\n", 1_000)).isEmpty();
    // then
    assertThat(sentences.poll(999 + STALL / 10)).isEmpty();
    assertThat(texts(sentences.poll(1_000 + STALL / 10))).containsExactly("It costs too much.");
  }

  @Test
  void aStalledModelHasLongerToWriteTheOtherHalfOfANumber() {
    // given
    assertThat(sentences.accept("It costs $29.", 1_000)).isEmpty();
    // then
    assertThat(sentences.poll(1_000 + STALL)).isEmpty();
    assertThat(sentences.deadlineNanos()).hasValue(1_000 + 4 * STALL);
    assertThat(texts(sentences.poll(1_000 + 4 * STALL))).containsExactly("It costs $29.");
  }

  @Test
  void theTimeOutCountsFromTheLastDelta() {
    sentences.accept("It costs", 0);
    sentences.accept(" too much.", 500);
    assertThat(sentences.deadlineNanos()).hasValue(500 + STALL);
  }

  @Test
  void nothingIsFreedInTheMiddleOfAPhraseOrAfterATitle() {
    sentences.accept("We talked to Dr.", 0);
    assertThat(sentences.deadlineNanos()).isEmpty();
    assertThat(sentences.poll(10 * STALL)).isEmpty();
  }

  @Test
  void deadlinesSurviveTheOverflowOfTheClock() {
    sentences.accept("It costs too much.", Long.MAX_VALUE);
    assertThat(sentences.poll(Long.MIN_VALUE)).isEmpty();
    assertThat(sentences.poll(Long.MAX_VALUE + STALL)).hasSize(1);
  }

  @Test
  void sourceRangesAreContiguousAndCoverTheMarks() {
    // given
    String text = "# Tea\n\n**Boil** the [water](x) now. Then 😀 wait!";
    // when
    List<SpeakableChunk> chunks = Speech.chunks(Speech.SENTENCES, text);
    // then
    assertThat(chunks)
        .extracting(c -> text.substring((int) c.sourceStart(), (int) c.sourceEnd()))
        .containsExactly("# Tea", "\n\n**Boil** the [water](x) now.", " Then 😀 wait!");
    assertThat(chunks).extracting(SpeakableChunk::index).containsExactly(0, 1, 2);
  }

  @Test
  void aSurrogatePairMayComeInTwoDeltas() {
    assertThat(Speech.sentences("Hi \uD83D", "\uDE00 there.")).containsExactly("Hi there.");
  }

  @Test
  void aLoneSurrogateIsNotSpoken() {
    assertThat(Speech.sentences("Hi \uD83D you \uDE00 there.")).containsExactly("Hi you there.");
  }

  @Test
  void aPictureIsNamedOnlyWhenItIsAllThereIs() {
    assertThat(Speech.sentences("👍🏽")).containsExactly("thumbs up sign");
    assertThat(Speech.sentences("Have fun.\n\n👍")).containsExactly("Have fun.");
  }

  @Test
  void aLongSentenceIsSplitAtItsClauses() {
    // given
    ChunkerOptions options = Speech.SENTENCES.withMaxChars(40);
    // when
    var chunks =
        Speech.chunks(options, "The train was late again, so we walked to the old harbour town.");
    // then
    assertThat(Speech.texts(chunks))
        .containsExactly("The train was late again,", "so we walked to the old harbour town.");
  }

  @Test
  void aLongClauseIsSplitBetweenWords() {
    // given
    ChunkerOptions options = Speech.SENTENCES.withMaxChars(40);
    // when
    var chunks =
        Speech.chunks(options, "one two three four five six seven eight nine ten eleven twelve");
    // then
    assertThat(Speech.texts(chunks))
        .containsExactly("one two three four five six seven eight", "nine ten eleven twelve");
  }

  @Test
  void flushReturnsTheRestOnceAndEndsTheTurn() {
    sentences.accept("No end", 0);
    assertThat(texts(sentences.flush())).containsExactly("No end");
    assertThat(sentences.flush()).isEmpty();
    assertThat(sentences.deadlineNanos()).isEmpty();
    assertThatThrownBy(() -> sentences.accept("more", 0)).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void aFirstClauseWithANumberWaitsForAWordThatShowsItsLanguage() {
    // given
    String text = "12 km, which is far. Then we ";
    Chunker known = new Chunker(ChunkerOptions.DEFAULT.withLanguageKnown(true));
    // then
    assertThat(texts(clauses.accept(text, 0))).containsExactly("12 km, which is far.");
    assertThat(texts(known.accept(text, 0))).containsExactly("12 km,", "which is far.");
  }

  @Test
  void aFirstClauseWithAWordOfItsLanguageIsNotHeld() {
    assertThat(texts(clauses.accept("In the year 1969, on", 0)))
        .containsExactly("In the year 1969,");
  }

  private static List<String> texts(List<SpeakableChunk> chunks) {
    return Speech.texts(chunks);
  }

  /** It is cut as soon as its mark is there. */
  @Test
  void theMarkThatEndsAChunkIsPartOfItsLength() {
    String words = "aaaa ".repeat(7) + "aaaaa";
    assertThat(Speech.texts(Speech.chunks(Speech.SENTENCES.withMaxChars(40), words + "? Next.")))
        .containsExactly("aaaa ".repeat(7).strip(), "aaaaa?", "Next.");
    assertThat(
            Speech.texts(
                Speech.chunks(ChunkerOptions.DEFAULT.withMaxChars(40), "x".repeat(40) + ",")))
        .containsExactly("x".repeat(40));
  }
}
