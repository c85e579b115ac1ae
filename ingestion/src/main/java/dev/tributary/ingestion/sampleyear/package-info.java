/**
 * The sample year: a made-up company and the truth about it. The process is in docs/sample-year.md.
 */
package dev.tributary.ingestion.sampleyear;
