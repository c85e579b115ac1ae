package dev.tributary.ingestion.sampleyear;

import dev.tributary.ingestion.importing.NdjsonFormat;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.YearMonth;
import org.apache.avro.specific.SpecificRecord;

/** A folder with one NDJSON file per month of arrival, as {@code import} reads it. */
public final class NdjsonFolder implements Destination, AutoCloseable {

  private final Path folder;
  private final String company;
  private YearMonth month;
  private BufferedWriter out;

  /** Makes the folder, if there is none. */
  public NdjsonFolder(Path folder, String company) throws IOException {
    this.folder = Files.createDirectories(folder);
    this.company = company;
  }

  @Override
  public void receive(SpecificRecord event, LocalDate arrivedOn) throws IOException {
    write(NdjsonFormat.line(event), arrivedOn);
  }

  @Override
  public void close(LocalDate day) throws IOException {
    write(NdjsonFormat.closeLine(company, SampleYear.ZONE, day), day);
  }

  private void write(String line, LocalDate day) throws IOException {
    YearMonth current = YearMonth.from(day);
    if (!current.equals(month)) {
      close();
      this.month = current;
      this.out =
          Files.newBufferedWriter(folder.resolve(current + ".ndjson"), StandardCharsets.UTF_8);
    }

    out.write(line);
    out.write('\n');
  }

  @Override
  public void close() throws IOException {
    if (out != null) {
      out.close();
    }
  }
}
