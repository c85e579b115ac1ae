package dev.tributary.bench;

import java.io.Closeable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.iceberg.AppendFiles;
import org.apache.iceberg.ContentFileParser;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.flink.CatalogLoader;
import org.apache.iceberg.util.JsonUtil;

/** Appends the files of a checkpoint to their tables, one plain append a table. */
final class FloorCommitter extends AbstractStreamOperator<Void>
    implements OneInputStreamOperator<String, Void> {

  private static final long serialVersionUID = 1L;

  private final CatalogLoader loader;
  private transient Catalog catalog;
  private transient Map<String, List<String>> files;

  FloorCommitter(CatalogLoader loader) {
    this.loader = loader;
  }

  @Override
  public void open() throws Exception {
    super.open();
    catalog = loader.loadCatalog();
    files = new TreeMap<>();
  }

  @Override
  public void processElement(StreamRecord<String> element) {
    String file = element.getValue();
    int space = file.indexOf(' ');
    files
        .computeIfAbsent(file.substring(0, space), topic -> new ArrayList<>())
        .add(file.substring(space + 1));
  }

  @Override
  public void prepareSnapshotPreBarrier(long checkpointId) throws Exception {
    super.prepareSnapshotPreBarrier(checkpointId);
    commit();
  }

  @Override
  public void finish() throws Exception {
    commit();
    super.finish();
  }

  private void commit() {
    files.forEach(
        (topic, added) -> {
          Table table = catalog.loadTable(TableIdentifier.of(FloorJob.NAMESPACE, topic));
          AppendFiles append = table.newFastAppend();
          for (String json : added) {
            append.appendFile(
                (DataFile)
                    JsonUtil.parse(json, node -> ContentFileParser.fromJson(node, table.specs())));
          }
          append.commit();
        });
    files.clear();
  }

  @Override
  public void close() throws Exception {
    if (catalog instanceof Closeable closeable) {
      closeable.close();
    }
    super.close();
  }
}
