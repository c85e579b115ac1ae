/** A small made-up company, the same at every run. */
package dev.tributary.ingestion.generate;
