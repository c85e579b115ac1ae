package dev.tributary.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.iceberg.Schema;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.rest.RESTCatalog;
import org.apache.iceberg.types.Types;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrinoServerIT {

  @TempDir Path dir;

  @Test
  void aTableOfTheCatalogIsWrittenAndReadByTheAdministratorAndByNobodyElse() throws Exception {
    ProcessHandle process;
    try (EmbeddedCatalog catalog = EmbeddedCatalog.start(dir.resolve("catalog"), 0)) {
      createTable(catalog);
      try (TrinoServer trino = TrinoServer.start(dir.resolve("trino"), 0, catalog.uri(), null)) {
        process = ProcessHandle.of(trino.pid()).orElseThrow();
        try (Connection connection = DriverManager.getConnection(trino.jdbcUrl(TrinoServer.ADMIN));
            Statement statement = connection.createStatement()) {
          // The first question reads a table: only that needs a node which offers the catalog.
          assertThat(count(statement)).isZero();
          statement.execute("insert into raw.sales values 'S-1', 'S-2'");
          assertThat(count(statement)).isEqualTo(2);
        }
        try (Connection connection = DriverManager.getConnection(trino.jdbcUrl("stranger"));
            Statement statement = connection.createStatement()) {
          assertThatThrownBy(() -> count(statement))
              .isInstanceOf(SQLException.class)
              .hasMessageContaining("Access Denied");
        }
      }
    }
    assertThat(process.isAlive()).isFalse();
  }

  private static long count(Statement statement) throws SQLException {
    try (ResultSet rows = statement.executeQuery("select count(*) from raw.sales")) {
      rows.next();
      return rows.getLong(1);
    }
  }

  private static void createTable(EmbeddedCatalog catalog) throws Exception {
    try (RESTCatalog client = new RESTCatalog()) {
      client.setConf(new Configuration());
      client.initialize("lake", Map.of("uri", catalog.uri()));
      client.createNamespace(Namespace.of("raw"));
      client.createTable(
          TableIdentifier.of("raw", "sales"),
          new Schema(Types.NestedField.required(1, "sale_id", Types.StringType.get())));
    }
  }
}
