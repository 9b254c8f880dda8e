/**
 * Figures and traces of one process, for whoever runs it: loaded when there is something to tell.
 */
@NullMarked
package io.voicebus.telemetry;

import org.jspecify.annotations.NullMarked;
