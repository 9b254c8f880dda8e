package io.voicebus.benchmarks;

import java.util.ArrayList;
import java.util.List;

/** Answers of an assistant, each with a place for a number that makes it one of its kind. */
final class LoadCorpus {
  /** Four digits always, so that a sentence ends at the same place whatever the number. */
  private static final int FIRST_NUMBER = 1000;

  private static final int NUMBERS = 9000;

  private static final List<String> TEMPLATES =
      List.of(
          "Yes, booking % is confirmed for Friday. You can check in from two in the afternoon.",
          "The library closes at six today. Room % stays open until eight for those with a card.",
          "Ticket % is still valid. Take the tram from the main square, and change at the harbour."
              + " The ride takes a quarter of an hour.",
          "It will rain in the evening, so take a coat. Sensor % reads fourteen degrees now.",
          "Good question. The short answer is that order % left the warehouse this morning, and it"
              + " should reach you tomorrow before noon.",
          "I found three recipes, and number % is the quickest. You need eggs, flour and milk."
              + " Shall I read it to you?",
          "Flight % boards in half an hour at gate seven, which is a short walk from here. There is"
              + " still time for a coffee!",
          "No, I would not do that. Part % must cool down first, because the glue gives way when it"
              + " is warm.",
          "Your parcel % is with a neighbour, on the second floor. She is at home until five.",
          "The museum was built by a merchant who never saw it finished. Exhibit % tells his story"
              + " in letters, and most visitors stay longer than they meant to.",
          "Sure. I have set alarm % for seven. Sleep well!",
          "Of course, here is how it works. You press the left button, wait for code %, and type it"
              + " in. If nothing happens, hold the button for five seconds.");

  private final List<List<Integer>> cuts = new ArrayList<>();
  private int asked;

  int size() {
    return TEMPLATES.size();
  }

  /** One of the templates, before it is known where it is cut. */
  String sample(int template) {
    return text(template, FIRST_NUMBER);
  }

  /** Tells where the next template is cut. */
  void cutNext(List<Integer> at) {
    cuts.add(List.copyOf(at));
  }

  /** The next questions, all different from each other and from those before. */
  List<LoadQuestion> next(int count) {
    List<LoadQuestion> questions = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      int number = asked++;
      int template = number % TEMPLATES.size();
      questions.add(
          new LoadQuestion(
              number,
              text(template, FIRST_NUMBER + number / TEMPLATES.size() % NUMBERS),
              cuts.get(template)));
    }
    return questions;
  }

  private static String text(int template, int number) {
    return TEMPLATES.get(template).replace("%", Integer.toString(number));
  }
}
