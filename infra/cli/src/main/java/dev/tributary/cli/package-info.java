/**
 * The {@code tributary} command: the verbs of the local stack, and the process that is the stack.
 */
package dev.tributary.cli;
