/** OpenAI's Realtime API: text in, a model's answers out as text and sound, over one WebSocket. */
@NullMarked
package io.voicebus.http.openai.realtime;

import org.jspecify.annotations.NullMarked;
