package dev.tributary.warehouse;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** A connection to Trino that throws unchecked and says which statement failed. */
final class Sql implements AutoCloseable {

  /** A row of a result, by column number from 1. */
  record Row(List<Object> values) {

    String string(int column) {
      Object value = values.get(column - 1);
      return value == null ? null : value.toString();
    }

    long number(int column) {
      return ((Number) values.get(column - 1)).longValue();
    }

    BigDecimal decimal(int column) {
      return (BigDecimal) values.get(column - 1);
    }

    boolean bool(int column) {
      return (Boolean) values.get(column - 1);
    }

    boolean isNull(int column) {
      return values.get(column - 1) == null;
    }
  }

  /** A statement needs more memory than there is for one. */
  static final class TooMuchException extends IllegalStateException {
    private static final long serialVersionUID = 1L;

    TooMuchException(String message, SQLException cause) {
      super(message, cause);
    }
  }

  /** Upper half of Trino's error codes of this kind. */
  private static final int INSUFFICIENT_RESOURCES = 2;

  private final Connection connection;

  private Sql(Connection connection) {
    this.connection = connection;
  }

  /**
   * Connects; the URL names the catalog and the user, as {@code
   * jdbc:trino://host:port/lake?user=…}.
   *
   * @throws IllegalStateException when nothing answers there
   */
  static Sql open(String jdbcUrl) {
    try {
      return new Sql(DriverManager.getConnection(jdbcUrl));
    } catch (SQLException e) {
      throw new IllegalStateException(
          "Trino at %s cannot be reached: %s".formatted(jdbcUrl, e.getMessage()), e);
    }
  }

  void run(String sql) {
    query(sql);
  }

  List<Row> query(String sql) {
    try (Statement statement = connection.createStatement()) {
      List<Row> rows = new ArrayList<>();
      if (statement.execute(sql)) {
        try (ResultSet result = statement.getResultSet()) {
          int width = result.getMetaData().getColumnCount();
          while (result.next()) {
            List<Object> values = new ArrayList<>(width);
            for (int column = 1; column <= width; column++) {
              values.add(result.getObject(column));
            }
            rows.add(new Row(values));
          }
        }
      }
      return rows;
    } catch (SQLException e) {
      String message =
          "Trino refused: %s%nThe statement was: %s".formatted(e.getMessage(), shortened(sql));
      throw e.getErrorCode() >>> 16 == INSUFFICIENT_RESOURCES
          ? new TooMuchException(message, e)
          : new IllegalStateException(message, e);
    }
  }

  /** A text literal. */
  static String text(String value) {
    return "'" + value.replace("'", "''") + "'";
  }

  private static String shortened(String sql) {
    return sql.length() <= 2_000 ? sql : sql.substring(0, 2_000) + " …";
  }

  @Override
  public void close() {
    try {
      connection.close();
    } catch (SQLException e) {
      throw new IllegalStateException("The connection to Trino did not close", e);
    }
  }
}
