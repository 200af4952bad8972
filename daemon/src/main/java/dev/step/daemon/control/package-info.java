/**
 * How an admin's commands talk to a running server: over a socket in the file system, which says by its permissions who may.
 *
 * <pre>
 * the command sends   {"command": "status"}                                   one JSON object, a line
 *                     {"command": "kick", "target": USER, ADDRESS or ID}
 * the server answers  what was asked for, or {"error": words for the admin}   one JSON object, a line
 * </pre>
 *
 * <p>One exchange for each connection. Both ends are of the same version, as one package installs them.
 */
@NullMarked
package dev.step.daemon.control;

import org.jspecify.annotations.NullMarked;
