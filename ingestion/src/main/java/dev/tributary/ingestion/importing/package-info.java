/** From rows of files to events. */
package dev.tributary.ingestion.importing;
