/**
 * Tools for agents, by the Model Context Protocol; whoever has turns and a transport serves them.
 */
@NullMarked
package io.voicebus.mcp;

import org.jspecify.annotations.NullMarked;
