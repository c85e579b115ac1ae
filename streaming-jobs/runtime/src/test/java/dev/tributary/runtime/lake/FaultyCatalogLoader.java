package dev.tributary.runtime.lake;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.apache.iceberg.BaseTable;
import org.apache.iceberg.LocationProviders;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.TableOperations;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.flink.CatalogLoader;
import org.apache.iceberg.io.FileIO;
import org.apache.iceberg.io.InputFile;
import org.apache.iceberg.io.LocationProvider;
import org.apache.iceberg.io.OutputFile;

/** Loads a real REST catalog whose tables misbehave as {@link Faults} say. */
final class FaultyCatalogLoader implements CatalogLoader {

  private static final long serialVersionUID = 1L;

  private final String uri;
  private final Faults.Handle faults;

  FaultyCatalogLoader(String uri, Faults.Handle faults) {
    this.uri = uri;
    this.faults = faults;
  }

  @Override
  public Catalog loadCatalog() {
    return new FaultyCatalog(PairsLake.connect(uri), faults);
  }

  @Override
  @SuppressWarnings({"MethodDoesntCallSuperMethod", "checkstyle:NoClone"})
  public CatalogLoader clone() {
    return new FaultyCatalogLoader(uri, faults);
  }

  private record FaultyCatalog(Catalog real, Faults.Handle faults) implements Catalog, Closeable {

    @Override
    public Table loadTable(TableIdentifier identifier) {
      BaseTable table = (BaseTable) real.loadTable(identifier);
      String name = identifier.toString();
      return new BaseTable(new FaultyOperations(name, table.operations(), faults), name);
    }

    @Override
    public List<TableIdentifier> listTables(Namespace namespace) {
      return real.listTables(namespace);
    }

    @Override
    public boolean dropTable(TableIdentifier identifier, boolean purge) {
      return real.dropTable(identifier, purge);
    }

    @Override
    public void renameTable(TableIdentifier from, TableIdentifier to) {
      real.renameTable(from, to);
    }

    @Override
    public void close() throws IOException {
      ((Closeable) real).close();
    }
  }

  private static final class FaultyOperations implements TableOperations {

    private final String name;
    private final TableOperations real;
    private final Faults.Handle faults;
    private TableMetadata current;

    FaultyOperations(String name, TableOperations real, Faults.Handle faults) {
      this.name = name;
      this.real = real;
      this.faults = faults;
      this.current = real.current();
    }

    @Override
    public TableMetadata current() {
      return current;
    }

    @Override
    public TableMetadata refresh() {
      current = faults.get().onRefresh(name, current, real::refresh);
      return current;
    }

    @Override
    public void commit(TableMetadata base, TableMetadata metadata) {
      faults.get().beforeCommit(name, metadata.currentSnapshot());
      real.commit(base, metadata);
      faults.get().afterCommit(name, metadata.currentSnapshot());
      current = real.current();
    }

    @Override
    public FileIO io() {
      return new FaultyIo(name, real.io(), faults);
    }

    @Override
    public String metadataFileLocation(String fileName) {
      return real.metadataFileLocation(fileName);
    }

    @Override
    public LocationProvider locationProvider() {
      return LocationProviders.locationsFor(current.location(), current.properties());
    }

    @Override
    public long newSnapshotId() {
      return real.newSnapshotId();
    }

    @Override
    public boolean requireStrictCleanup() {
      return real.requireStrictCleanup();
    }
  }

  private record FaultyIo(String name, FileIO real, Faults.Handle faults) implements FileIO {

    @Override
    public InputFile newInputFile(String path) {
      return real.newInputFile(path);
    }

    @Override
    public OutputFile newOutputFile(String path) {
      OutputFile file = real.newOutputFile(path);
      faults.get().onNewFile(name, file);
      return file;
    }

    @Override
    public void deleteFile(String path) {
      real.deleteFile(path);
    }
  }

  /** What a full disk looks like from above. */
  static UncheckedIOException noSpaceLeft() {
    return new UncheckedIOException(new IOException("No space left on device"));
  }
}
