/** Verbs of the command line that work on the lake. */
package dev.tributary.warehouse.cli;
