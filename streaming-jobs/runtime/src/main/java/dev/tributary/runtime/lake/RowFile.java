package dev.tributary.runtime.lake;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.Table;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.encryption.EncryptedOutputFile;
import org.apache.iceberg.formats.FormatModelRegistry;
import org.apache.iceberg.io.DataWriter;
import org.apache.iceberg.io.OutputFileFactory;

/** A data file for the few rows that the committer itself writes. */
final class RowFile {

  private RowFile() {}

  static DataFile write(Table table, List<Record> rows, Patience patience)
      throws InterruptedException {
    return patience.get("write a file of " + table.name(), () -> write(table, rows));
  }

  private static DataFile write(Table table, List<Record> rows) {
    EncryptedOutputFile file = OutputFileFactory.builderFor(table, 0, 0).build().newOutputFile();
    DataWriter<Record> writer;
    try {
      writer =
          FormatModelRegistry.<Record, Object>dataWriteBuilder(
                  FileFormat.PARQUET, Record.class, file)
              .schema(table.schema())
              .spec(table.spec())
              .build();
      try (writer) {
        writer.write(rows);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write a file of " + table.name(), e);
    }
    return writer.toDataFile();
  }
}
