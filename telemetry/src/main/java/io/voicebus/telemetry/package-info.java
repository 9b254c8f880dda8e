/** Metrics and traces of one process, loaded only where they are wanted. */
@NullMarked
package io.voicebus.telemetry;

import org.jspecify.annotations.NullMarked;
