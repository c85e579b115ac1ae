/** Workbooks to fill in, one per event, with the mappings that import them. */
package dev.tributary.ingestion.templates;
