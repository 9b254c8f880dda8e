package io.voicebus.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/**
 * Answers of an assistant. In each sentence there is a place for a name that no other answer has,
 * so that nothing is said twice, and no number, so that what is said is what is written.
 */
final class LoadCorpus {
  private static final String CONSONANTS = "bdfgklmnprstvz";
  private static final String VOWELS = "aeiou";

  private static final int LEARN_EVERY_MS = 100;

  /** Of a name: all have the same length, so that a sentence ends at the same place. */
  private static final int SYLLABLES = 3;

  private static final List<String> TEMPLATES =
      List.of(
          "Yes, booking % is confirmed for Friday. In house % you can check in from two in the"
              + " afternoon.",
          "The library of % closes at six today. Room % stays open until eight for those with a"
              + " card.",
          "Ticket % is still valid. Take the tram from % square, and change at the harbour. The"
              + " ride to % takes a quarter of an hour.",
          "It will rain in % this evening, so take a coat. The sensor at % reads fourteen degrees"
              + " now.",
          "Good question about %. The short answer is that order % left the warehouse this morning,"
              + " and it should reach you tomorrow before noon.",
          "I found three recipes, and % is the quickest. For % you need eggs, flour and milk."
              + " Shall I read % to you?",
          "Flight % boards in half an hour at gate seven, which is a short walk from here. There is"
              + " still time for a coffee at %!",
          "No, I would not do that to %. Part % must cool down first, because the glue gives way"
              + " when it is warm.",
          "Your parcel % is with a neighbour, on the second floor. Mrs Brown of % is at home until"
              + " five.",
          "The museum of % was built by a merchant who never saw it finished. Exhibit % tells his"
              + " story in letters, and most visitors stay longer than they meant to.",
          "Sure. I have set alarm % for seven. Sleep well until %!",
          "Of course, here is how % works. You press the left button, wait for %, and type it in."
              + " If nothing happens at %, hold the button for five seconds.");

  /** Has a name before its first mark, so that no answer begins as another one did. */
  private static final Pattern BEGINS_ANEW = Pattern.compile("[^,.]*%.*");

  private final List<String> templates;
  private final List<List<Integer>> cuts = new ArrayList<>();
  private int asked;

  private LoadCorpus(List<String> templates) {
    this.templates = templates;
  }

  /** Of one to three sentences. */
  static LoadCorpus brief() {
    return new LoadCorpus(TEMPLATES);
  }

  /** Several of the brief ones in a row, until there are so many words. */
  static LoadCorpus atLeast(int words) {
    List<String> distinct =
        TEMPLATES.stream().filter(template -> BEGINS_ANEW.matcher(template).matches()).toList();
    List<String> longer = new ArrayList<>();
    for (int first = 0; first < distinct.size(); first++) {
      StringBuilder text = new StringBuilder(distinct.get(first));
      for (int more = 1; words(text.toString()) < words && more < distinct.size(); more++) {
        text.append(' ').append(distinct.get((first + more) % distinct.size()));
      }
      longer.add(text.toString());
    }
    return new LoadCorpus(longer);
  }

  static int words(String text) {
    return text.split(" ", -1).length;
  }

  /** Has Voicebus cut each template once, so that another flow can cut at the same places. */
  void learnCuts(LoadClient client) {
    List<LoadQuestion> samples = new ArrayList<>();
    for (int template = 0; template < templates.size(); template++) {
      samples.add(new LoadQuestion(-1, text(template, asked++), List.of()));
    }
    long every = TimeUnit.MILLISECONDS.toNanos(LEARN_EVERY_MS);
    for (LoadAnswer answer : TwoNodes.await(client.ask(LoadFlow.VOICEBUS, samples, every))) {
      answer.proveWords();
      String events = TwoNodes.await(client.events(answer.turn()));
      cuts.add(List.copyOf(new LoadEvents(events).cuts(answer.question().text())));
    }
  }

  /** The next questions, all different from each other and from those before. */
  List<LoadQuestion> next(int count) {
    List<LoadQuestion> questions = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      int number = asked++;
      int template = number % templates.size();
      questions.add(new LoadQuestion(number, text(template, number), cuts.get(template)));
    }
    return questions;
  }

  private String text(int template, int number) {
    return templates.get(template).replace("%", name(number));
  }

  /** Another one for each of the first 343,000 numbers. */
  static String name(int number) {
    StringBuilder name = new StringBuilder();
    int left = number;
    for (int i = 0; i < SYLLABLES; i++) {
      name.append(CONSONANTS.charAt(left % CONSONANTS.length()));
      left /= CONSONANTS.length();
      name.append(VOWELS.charAt(left % VOWELS.length()));
      left /= VOWELS.length();
    }
    name.setCharAt(0, Character.toUpperCase(name.charAt(0)));
    return name.toString();
  }
}
