package io.voicebus.contract;

import io.voicebus.bus.Message;

/**
 * Item, the holder of a turn's copy to the owner: it has so many of the facts that came over the
 * link. It says so when the copy is opened, and after each {@link CopiedFacts} that tell who speaks
 * from where: the owner's listener gets the audio then.
 *
 * @param facts of {@link CopiedFacts}, since the copy was opened
 */
public record CopyKept(long facts) implements Message {}
