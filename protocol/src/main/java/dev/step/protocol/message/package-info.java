/**
 * Frames to requests and responses and back. Every message is a record that knows how to write its fields and how to
 * read them, so that a field's name and rule stand in one place for both ends.
 */
@NullMarked
package dev.step.protocol.message;

import org.jspecify.annotations.NullMarked;
