/** A line of engines, of which the next one speaks where one fails. */
@NullMarked
package io.voicebus.tts.failover;

import org.jspecify.annotations.NullMarked;
