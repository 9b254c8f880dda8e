/** The engine that speaks with ElevenLabs, over WebSockets and HTTP. */
@NullMarked
package io.voicebus.tts.elevenlabs;

import org.jspecify.annotations.NullMarked;
