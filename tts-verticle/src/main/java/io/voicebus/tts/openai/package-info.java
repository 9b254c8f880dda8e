/** The engine that speaks with OpenAI or a server that is compatible with it. */
@NullMarked
package io.voicebus.tts.openai;

import org.jspecify.annotations.NullMarked;
