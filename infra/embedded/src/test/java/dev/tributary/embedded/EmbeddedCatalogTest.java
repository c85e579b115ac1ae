package dev.tributary.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.iceberg.Schema;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.hadoop.HadoopFileIO;
import org.apache.iceberg.rest.RESTCatalog;
import org.apache.iceberg.types.Types;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedCatalogTest {

  private static final Namespace NAMESPACE = Namespace.of("raw");
  private static final TableIdentifier TABLE = TableIdentifier.of(NAMESPACE, "sales");
  private static final Schema SCHEMA =
      new Schema(Types.NestedField.required(1, "sale_id", Types.StringType.get()));

  @TempDir Path dir;

  @Test
  void tablesSurviveARestartOnTheSameDirectoryAndPort() throws IOException {
    int port;
    try (EmbeddedCatalog catalog = EmbeddedCatalog.start(dir, 0);
        RESTCatalog client = client(catalog)) {
      port = catalog.port();
      client.createNamespace(NAMESPACE);
      client.createTable(TABLE, SCHEMA).updateProperties().set("kept", "yes").commit();
    }
    try (EmbeddedCatalog catalog = EmbeddedCatalog.start(dir, port);
        RESTCatalog client = client(catalog)) {
      assertThat(client.loadTable(TABLE).properties()).containsEntry("kept", "yes");
      assertThat(client.loadTable(TABLE).location())
          .startsWith("file://" + catalog.warehouse() + "/");
    }
  }

  @Test
  void aLostResponseLeavesTheChangeAppliedAndTheClientInTheDark() throws IOException {
    try (EmbeddedCatalog catalog = EmbeddedCatalog.start(dir, 0);
        RESTCatalog client = client(catalog)) {
      client.createNamespace(NAMESPACE);
      var table = client.createTable(TABLE, SCHEMA);
      catalog.loseResponses(1);
      assertThatThrownBy(() -> table.updateProperties().set("written", "unheard").commit())
          .isInstanceOf(RuntimeException.class);
      assertThat(catalog.responsesToLose()).isZero();
      assertThat(client.loadTable(TABLE).properties()).containsEntry("written", "unheard");
    }
  }

  @Test
  void aCatalogThatWentDownRefusesEverythingUntilItComesBack() throws IOException {
    try (EmbeddedCatalog catalog = EmbeddedCatalog.start(dir, 0);
        RESTCatalog client = client(catalog)) {
      client.createNamespace(NAMESPACE);
      catalog.goDown();
      assertThatThrownBy(client::listNamespaces).isInstanceOf(RuntimeException.class);
      catalog.comeBack();
      assertThat(client.listNamespaces()).containsExactly(NAMESPACE);
    }
  }

  @Test
  void refusedCommitsAreNotAppliedToAnyTableAndTheFirstIsTold() throws IOException {
    try (EmbeddedCatalog catalog = EmbeddedCatalog.start(dir, 0);
        RESTCatalog client = client(catalog)) {
      client.createNamespace(NAMESPACE);
      var one = client.createTable(TABLE, SCHEMA);
      var other = client.createTable(TableIdentifier.of(NAMESPACE, "customers"), SCHEMA);
      AtomicInteger told = new AtomicInteger();
      catalog.refuseCommits(told::incrementAndGet);
      for (var table : List.of(one, other)) {
        assertThatThrownBy(() -> table.updateProperties().set("written", "no").commit())
            .isInstanceOf(RuntimeException.class);
        table.refresh();
        assertThat(table.properties()).doesNotContainKey("written");
      }
      assertThat(told).hasValue(1);
      catalog.applyCommits();
      one.updateProperties().set("written", "yes").commit();
      assertThat(client.loadTable(TABLE).properties()).containsEntry("written", "yes");
    }
  }

  @Test
  void aTableIsStaleForSomeLoadsAfterACommitWhoseResponseWasLost() throws IOException {
    try (EmbeddedCatalog catalog = EmbeddedCatalog.start(dir, 0);
        RESTCatalog client = client(catalog)) {
      client.createNamespace(NAMESPACE);
      var table = client.createTable(TABLE, SCHEMA);
      catalog.staleAfterNextCommit("raw.sales", 2);
      assertThatThrownBy(() -> table.updateProperties().set("written", "unheard").commit())
          .isInstanceOf(RuntimeException.class);
      for (int load = 1; load <= 2; load++) {
        table.refresh();
        assertThat(table.properties()).as("load %s", load).doesNotContainKey("written");
      }
      assertThat(catalog.staleLoads()).isZero();
      table.refresh();
      assertThat(table.properties()).containsEntry("written", "unheard");
    }
  }

  @Test
  void commitsToDifferentTablesAtTheSameTimeAllSucceed() throws Exception {
    try (EmbeddedCatalog catalog = EmbeddedCatalog.start(dir, 0);
        RESTCatalog client = client(catalog);
        ExecutorService threads = Executors.newFixedThreadPool(8)) {
      client.createNamespace(NAMESPACE);
      var commits =
          threads.invokeAll(
              IntStream.range(0, 8).mapToObj(number -> tenCommits(client, number)).toList());
      for (Future<Integer> commit : commits) {
        assertThat(commit.get()).isEqualTo(10);
      }
    }
  }

  @Test
  void aTableIsDescribedWhileOthersCommitToIt() throws Exception {
    try (EmbeddedCatalog catalog = EmbeddedCatalog.start(dir, 0);
        RESTCatalog client = client(catalog);
        ExecutorService threads = Executors.newFixedThreadPool(4)) {
      client.createNamespace(NAMESPACE);
      client.createTable(
          TABLE,
          new Schema(
              IntStream.range(1, 5)
                  .mapToObj(id -> Types.NestedField.optional(id, "c" + id, Types.LongType.get()))
                  .toList()));
      var commits =
          threads.invokeAll(
              IntStream.range(1, 5)
                  .mapToObj(
                      id ->
                          (Callable<Void>)
                              () -> {
                                for (int i = 1; i <= 5; i++) {
                                  catalog.describe(
                                      "raw", "sales", "All", Map.of("c" + id, "version " + i));
                                }
                                return null;
                              })
                  .toList());
      for (Future<Void> commit : commits) {
        commit.get();
      }

      var table = client.loadTable(TABLE);
      assertThat(table.properties()).containsEntry("comment", "All");
      assertThat(table.schema().columns())
          .extracting(Types.NestedField::doc)
          .containsOnly("version 5");
    }
  }

  private static Callable<Integer> tenCommits(RESTCatalog client, int number) {
    return () -> {
      var table = client.createTable(TableIdentifier.of(NAMESPACE, "t" + number), SCHEMA);
      for (int i = 0; i < 10; i++) {
        table.updateProperties().set("p" + i, "x").commit();
      }
      return (int) table.properties().keySet().stream().filter(key -> key.startsWith("p")).count();
    };
  }

  private static RESTCatalog client(EmbeddedCatalog catalog) {
    RESTCatalog client = new RESTCatalog();
    client.setConf(new Configuration());
    client.initialize(
        "lake", Map.of("uri", catalog.uri(), "io-impl", HadoopFileIO.class.getName()));
    return client;
  }
}
