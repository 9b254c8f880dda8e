/** What an engine is: text in, samples out; and what all engines have in common. */
@NullMarked
package io.voicebus.tts.engine;

import org.jspecify.annotations.NullMarked;
