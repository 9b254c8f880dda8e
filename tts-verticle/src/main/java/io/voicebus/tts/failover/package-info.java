/** Fail-over from one engine to the next. */
@NullMarked
package io.voicebus.tts.failover;

import org.jspecify.annotations.NullMarked;
