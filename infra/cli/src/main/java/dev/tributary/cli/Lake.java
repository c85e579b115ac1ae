package dev.tributary.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tributary.embedded.StackSettings;
import dev.tributary.embedded.TrinoServer;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the command reads and writes through Trino, as the administrator. */
final class Lake implements AutoCloseable {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Connection connection;

  private Lake(Connection connection) {
    this.connection = connection;
  }

  static Lake open(StackSettings settings) {
    return open(settings.trinoUrl(), TrinoServer.ADMIN);
  }

  /** The address for Trino's driver of the Trino at {@code trinoUrl}. */
  static String jdbcUrl(String trinoUrl, String user) {
    return trinoUrl.replaceFirst("^http", "jdbc:trino") + "/lake?user=" + user;
  }

  static Lake open(String trinoUrl, String user) {
    try {
      return new Lake(DriverManager.getConnection(jdbcUrl(trinoUrl, user)));
    } catch (SQLException e) {
      throw new IllegalStateException(
          "Trino at " + trinoUrl + " cannot be reached: " + e.getMessage(), e);
    }
  }

  /**
   * A published cut.
   *
   * @param offsets next offset by {@code topic-partition}: everything before it is in the cut
   */
  record Cut(long cut, long ordinal, Map<String, Long> offsets) {
    Cut {
      offsets = Map.copyOf(offsets);
    }
  }

  /** The newest live cut; empty before the first. */
  Optional<Cut> newestCut() {
    String sql =
        "select cut, ordinal, json_format(cast(offsets as json)) from ops.cuts"
            + " where ordinal is not null order by ordinal desc limit 1";
    try (PreparedStatement statement = connection.prepareStatement(sql);
        ResultSet rows = statement.executeQuery()) {
      if (!rows.next()) {
        return Optional.empty();
      }
      return Optional.of(
          new Cut(
              rows.getLong(1),
              rows.getLong(2),
              JSON.readValue(rows.getString(3), new TypeReference<Map<String, Long>>() {})));
    } catch (SQLException e) {
      if (isMissingTable(e)) {
        return Optional.empty();
      }
      throw failed("The newest cut cannot be read", e);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("The newest cut's offsets cannot be read", e);
    }
  }

  /** Gives {@code cut} a name. */
  void nameCut(String name, long cut, String note) {
    createNamedCuts();
    try (PreparedStatement statement =
        connection.prepareStatement(
            "insert into ops.named_cuts (name, cut, note, named_at)"
                + " values (?, ?, ?, current_timestamp)")) {
      statement.setString(1, name);
      statement.setLong(2, cut);
      statement.setString(3, note);
      statement.executeUpdate();
    } catch (SQLException e) {
      throw failed("The cut could not be named", e);
    }
  }

  void createNamedCuts() {
    try (PreparedStatement statement =
        connection.prepareStatement(
            "create table if not exists ops.named_cuts (name varchar, cut bigint, note varchar,"
                + " named_at timestamp(6) with time zone)"
                + " with (format = 'PARQUET', format_version = 2)")) {
      statement.execute();
    } catch (SQLException e) {
      throw failed("The table of named cuts cannot be made", e);
    }
  }

  /** The cut that {@code name} was given last. */
  Optional<Long> cutNamed(String name) {
    try (PreparedStatement statement =
        connection.prepareStatement(
            "select cut from ops.named_cuts where name = ? order by named_at desc limit 1")) {
      statement.setString(1, name);
      try (ResultSet rows = statement.executeQuery()) {
        return rows.next() ? Optional.of(rows.getLong(1)) : Optional.empty();
      }
    } catch (SQLException e) {
      if (isMissingTable(e)) {
        return Optional.empty();
      }
      throw failed("The named cuts cannot be read", e);
    }
  }

  /** Says whether there is such a cut to be read; one that still reads raw back is not. */
  boolean isCut(long cut) {
    try (PreparedStatement statement =
        connection.prepareStatement("select 1 from mart.cut where cut = ?")) {
      statement.setLong(1, cut);
      try (ResultSet rows = statement.executeQuery()) {
        return rows.next();
      }
    } catch (SQLException e) {
      throw failed("The cuts cannot be read", e);
    }
  }

  /** Any query, as a table. */
  Table query(String sql) {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      if (!statement.execute()) {
        return new Table(
            List.of("rows"), List.of(List.of(Integer.toString(statement.getUpdateCount()))));
      }
      try (ResultSet rows = statement.getResultSet()) {
        int width = rows.getMetaData().getColumnCount();
        List<String> columns = new ArrayList<>();
        for (int i = 1; i <= width; i++) {
          columns.add(rows.getMetaData().getColumnLabel(i));
        }
        List<List<String>> values = new ArrayList<>();
        while (rows.next()) {
          List<String> row = new ArrayList<>();
          for (int i = 1; i <= width; i++) {
            row.add(rows.getString(i));
          }
          values.add(row);
        }
        return new Table(columns, values);
      }
    } catch (SQLException e) {
      throw failed("Trino refuses the query", e);
    }
  }

  private static boolean isMissingTable(SQLException e) {
    return e.getMessage().contains("does not exist");
  }

  private static IllegalStateException failed(String what, SQLException e) {
    return new IllegalStateException(what + ": " + e.getMessage(), e);
  }

  @Override
  public void close() {
    try {
      connection.close();
    } catch (SQLException e) {
      throw failed("The connection to Trino could not be closed", e);
    }
  }
}
