package dev.tributary.ingestion.importing;

import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Consumer;

/** Reads the rows of a file. */
interface Rows {

  /**
   * Hands every row to {@code rows}, in the file's order.
   *
   * @throws IOException when the file cannot be read at all
   */
  void read(Path file, Consumer<Row> rows) throws IOException;
}
