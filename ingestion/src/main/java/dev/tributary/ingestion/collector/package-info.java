/** The door for programs: batches of events by HTTP. */
package dev.tributary.ingestion.collector;
