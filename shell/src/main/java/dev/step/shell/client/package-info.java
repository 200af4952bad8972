/**
 * The protocol's other end: one connection that is logged in, and what goes over it. Nothing here prints; what went
 * wrong is a {@link dev.step.shell.client.ClientException} whose message is for the user.
 */
@NullMarked
package dev.step.shell.client;

import org.jspecify.annotations.NullMarked;
