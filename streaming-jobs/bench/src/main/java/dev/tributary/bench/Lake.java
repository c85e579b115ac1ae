package dev.tributary.bench;

import dev.tributary.embedded.EmbeddedCatalog;
import dev.tributary.runtime.lake.CutReader;
import dev.tributary.runtime.lake.LakeTable;
import dev.tributary.runtime.lake.Layer;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.flink.util.FileUtils;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.flink.CatalogLoader;
import org.apache.iceberg.io.CloseableIterable;

/** A lake and a place for state that one run has to itself; closing it removes both. */
final class Lake implements AutoCloseable {

  private final Path dir;
  private final EmbeddedCatalog server;
  private final Catalog catalog;

  private Lake(Path dir, EmbeddedCatalog server, Catalog catalog) {
    this.dir = dir;
    this.server = server;
    this.catalog = catalog;
  }

  static Lake create(Path dir) {
    EmbeddedCatalog server = EmbeddedCatalog.start(dir.resolve("lake"), 0);
    return new Lake(dir, server, loader(server.uri()).loadCatalog());
  }

  private static CatalogLoader loader(String uri) {
    return CatalogLoader.rest(
        "lake",
        new org.apache.hadoop.conf.Configuration(),
        Map.of("uri", uri, "rest-metrics-reporting-enabled", "false"));
  }

  String uri() {
    return server.uri();
  }

  CatalogLoader loader() {
    return loader(server.uri());
  }

  Catalog catalog() {
    return catalog;
  }

  Path stateDir() {
    return dir.resolve("state");
  }

  /** The rows of a ledger table that a reading at a cut sees; the row is only good in the call. */
  void forEachLine(String ledger, long cut, Consumer<Record> use) {
    Table table = catalog.loadTable(TableIdentifier.of("ledger", ledger));
    LakeTable lines = new LakeTable("ledger", ledger, table.schema(), Layer.LEDGER);
    try (CloseableIterable<Record> rows = new CutReader(catalog).rows(lines, cut)) {
      rows.forEach(use);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read ledger." + ledger, e);
    }
  }

  @Override
  public void close() {
    try {
      if (catalog instanceof Closeable closeable) {
        closeable.close();
      }
      server.close();
      remove(dir);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot remove " + dir, e);
    }
  }

  /** Flink may still be removing checkpoints of a job that has ended. */
  static void remove(Path dir) throws IOException {
    FileUtils.deleteDirectory(dir.toFile());
  }
}
