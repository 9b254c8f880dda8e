/** The engine that has programs of this machine speak. */
@NullMarked
package io.voicebus.tts.command;

import org.jspecify.annotations.NullMarked;
