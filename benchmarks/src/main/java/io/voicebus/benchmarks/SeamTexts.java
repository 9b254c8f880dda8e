package io.voicebus.benchmarks;

import java.util.List;

/**
 * What is spoken to hear seams: stories, lists with headings, dialogues and short sentences, many
 * of which begin softly; and beginnings of turns, where a first chunk is cut early.
 */
final class SeamTexts {
  private static final List<String> STORIES =
      List.of(
          "The old harbour lay quiet in the morning light. When the ferry arrived, a few people"
              + " stepped off, and the gulls rose into the air. Nobody spoke for a while.\n\n"
              + "They found a small house behind the hill. It was empty, but warm: a fire was"
              + " burning there. Who had lit it? They never learned.\n\n"
              + "Half an hour later she heard a voice. Five men came up the path. \"Hello!\" one of"
              + " them called.\n\n"
              + "Who were they? She did not know. He opened the door.",
          "His brother had gone to sea. For years there was no letter. Then, one evening, somebody"
              + " knocked.\n\nShe looked up. Was it the wind? Three more knocks followed.\n\n"
              + "He stood there in the rain. His coat was torn. \"Forty years,\" he said.\n\n"
              + "They sat by the fire until the morning came. Half of what he told was true.");

  private static final List<String> LISTS =
      List.of(
          "# Making tea\n\nGood tea takes a little patience.\n\n## What you need\n\n- fresh leaves\n"
              + "- cold water\n- a cup of milk\n- half a lemon\n\n## What to do\n\n1. Boil the water."
              + "\n2. Pour it over the leaves.\n3. Wait for four minutes.\n\n## How to serve it\n\n"
              + "Hot, and soon.",
          "# Five towns\n\nThese are the ones that we liked.\n\n## Harwich\n\n- ferries\n- a"
              + " lighthouse\n- wind\n\n## Frome\n\n- steep streets\n- three bakeries\n\n## Hay\n\n"
              + "- books\n- hills\n- sheep\n\n## Ventnor\n\nFor those who like the sun.\n\n## Settle\n\n"
              + "For those who like trains.");

  private static final List<String> DIALOGUES =
      List.of(
          "\"Where are we?\" she asked. \"At the end of the road,\" he said. \"Then let us go back!\""
              + " They turned around. The night was cold, and the way was long.",
          "\"Have you seen him?\" \"Who?\" \"The man with the hat.\" \"He was here.\" \"When was"
              + " that?\" \"Half an hour ago.\" \"Which way did he go?\" \"Through the gate.\" \"Thank"
              + " you!\" She hurried on. \"What does he want?\" \"How should I know?\"");

  private static final List<String> SHORT_SENTENCES =
      List.of(
          "Think about it. Four people came. What was that? It works well. We go now. Wait here."
              + " She smiled. It rained. Nobody knew. Why not? Come in. Sit down.",
          "Five. Yes. Forty-two. No. Seven? He laughed. Half past three. Who is it? Him. Vast fields"
              + " lay ahead. Zebras are rare. Shall we go? Fine. Perhaps. Hm. Through here. 12. 1984.");

  /** Each begins with a phrase that is no clause. */
  private static final List<String> PHRASES =
      List.of(
          "A good cup of coffee depends on the freshness of the beans and on the temperature of the"
              + " water. Most people pour it too hot.",
          "Nobody in the village had ever seen a ship of that size before the harbour was made deep"
              + " enough for it. Then many came.",
          "The first thing that a visitor sees is the tower of the old church which was built by"
              + " farmers. Few go in.",
          "He wanted to know everything about the house because his family had lived there for"
              + " years. Nothing was left.",
          "You should never leave the kitchen while the oil is getting hot on the stove. It burns.",
          "Some of the letters were lost when the office moved to another street in the spring. She"
              + " wrote again.",
          "We could hear the music from the square although the windows were shut on that side. It"
              + " went on for hours.",
          "Most of the birds leave the island before the storms of the winter reach the coast. A few"
              + " stay.",
          "The engine of the second car stopped after they had crossed the bridge over the river."
              + " They walked.",
          "Five of the children stayed at the school until their parents came back from the fields."
              + " It was late.",
          "Half of the money that he earned was sent to the woman who had raised him. She kept it.",
          "Her answer to the question was so short that nobody understood what she had meant. He"
              + " asked again.");

  private static final List<String> CLAUSES =
      List.of(
          "Because the ferry was late, we walked along the shore until it was dark. Then we slept.",
          "However, he never told her why he had left. She knew.",
          "In the end, she found the key under a stone. It was rusty.",
          "On the other hand, five of them stayed. They had no choice.",
          "After the show, who would want to go home? Nobody did.",
          "If it rains, the path along the river is closed. Take the road.",
          "Of course, half of that was invented. He liked a good story.",
          "When the sun had set, voices came from the wood. We stood still.",
          "First, fill the pot with cold water. Then wait.",
          "To be honest, the house is too small. There are six of us.",
          "Once upon a time, there was a fisherman who had three wishes. He lost two.",
          "For this reason, she asked him to wait. He did.");

  private static final List<String> COLONS =
      List.of(
          "There is one rule: he who leaves last turns off the light. It is simple.",
          "She had only one wish: to see the sea. It was far.",
          "The answer is short: five people know it. You are none of them.",
          "Remember this: fire needs air. Close the door.",
          "Here is the plan: we leave at dawn. Nobody will see us.",
          "He knew three things: the day, the hour, and the place. That was enough.",
          "My advice is this: have patience. It will pass.",
          "The reason is plain: half of the bridge is gone. You cannot cross.",
          "They asked one question: who had opened the gate? Nobody answered.",
          "It was as she had said: the house was empty. They went in.",
          "One thing is sure: they will come back. They always do.",
          "The sign said it all: shut for the winter. We turned around.");

  private SeamTexts() {}

  /** All of them, each a turn of its own. */
  static List<String> all() {
    return List.of(STORIES, LISTS, DIALOGUES, SHORT_SENTENCES, PHRASES, CLAUSES, COLONS).stream()
        .flatMap(List::stream)
        .toList();
  }
}
