/** ElevenLabs' API, with any engine behind it: speech over HTTP and WebSockets, voices, models. */
@NullMarked
package io.voicebus.http.elevenlabs;

import org.jspecify.annotations.NullMarked;
