package io.voicebus.gemini;

import java.util.Optional;

/**
 * What one event of a stream adds to an answer.
 *
 * @param text without thoughts; may be empty
 * @param finish whether it was the last of the answer
 * @param last whether nothing follows, whatever the connection does
 * @param fault an error, a refused prompt, or something that is no answer at all
 */
record ModelChunk(String text, ModelFinish finish, boolean last, Optional<ModelFault> fault) {
  /** The mark behind an answer. */
  static final ModelChunk DONE = new ModelChunk("", ModelFinish.COMPLETE, true, Optional.empty());

  /** Adds nothing. */
  static final ModelChunk NOTHING = new ModelChunk("", ModelFinish.OPEN, false, Optional.empty());

  /** Adds text. */
  static ModelChunk of(String text) {
    return text.isEmpty()
        ? NOTHING
        : new ModelChunk(text, ModelFinish.OPEN, false, Optional.empty());
  }

  static ModelChunk faulty(ModelFault fault) {
    return new ModelChunk("", ModelFinish.OPEN, false, Optional.of(fault));
  }
}
