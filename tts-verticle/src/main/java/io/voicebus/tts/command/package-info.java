/** The engine that speaks with programs of this machine. */
@NullMarked
package io.voicebus.tts.command;

import org.jspecify.annotations.NullMarked;
