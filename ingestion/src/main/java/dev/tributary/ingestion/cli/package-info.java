/** The verbs of the command line that send events. */
package dev.tributary.ingestion.cli;
