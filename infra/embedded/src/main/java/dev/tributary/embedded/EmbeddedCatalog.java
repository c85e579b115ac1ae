package dev.tributary.embedded;

import jakarta.servlet.DispatcherType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Map;
import org.apache.iceberg.CatalogProperties;
import org.apache.iceberg.Table;
import org.apache.iceberg.Transaction;
import org.apache.iceberg.UpdateSchema;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.exceptions.CommitFailedException;
import org.apache.iceberg.hadoop.HadoopFileIO;
import org.apache.iceberg.jdbc.JdbcCatalog;
import org.apache.iceberg.rest.RESTCatalogAdapter;
import org.apache.iceberg.rest.RESTCatalogServlet;
import org.apache.iceberg.util.Tasks;
import org.eclipse.jetty.ee10.servlet.FilterHolder;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/**
 * An Iceberg REST catalog in this JVM: Iceberg's own servlet over its JDBC catalog on a SQLite
 * file, listening on loopback (it asks nobody for a password).
 *
 * <p>The directory holds {@code catalog.db} and {@code warehouse/}; a second start on it finds
 * every table. Tests make it misbehave with {@link #loseResponses(int)} and {@link #goDown()}.
 */
public final class EmbeddedCatalog implements AutoCloseable {

  private final Path warehouse;
  private final JdbcCatalog catalog;
  private final Server server;
  private final ServerConnector connector;
  private final CatalogFaults faults;

  private EmbeddedCatalog(
      Path warehouse,
      JdbcCatalog catalog,
      Server server,
      ServerConnector connector,
      CatalogFaults faults) {
    this.warehouse = warehouse;
    this.catalog = catalog;
    this.server = server;
    this.connector = connector;
    this.faults = faults;
  }

  /**
   * Starts a catalog; returns when it answers.
   *
   * @param dir holds the database and the warehouse; made when missing
   * @param port the port on loopback, 0 for a free one
   * @throws IllegalStateException when the port is taken or the database cannot be opened
   */
  public static EmbeddedCatalog start(Path dir, int port) {
    Path home = dir.toAbsolutePath();
    Path warehouse = home.resolve("warehouse");
    try {
      Files.createDirectories(warehouse);
    } catch (IOException e) {
      throw new UncheckedIOException("The catalog's directory " + home + " is not usable", e);
    }
    JdbcCatalog catalog = openDatabase(home.resolve("catalog.db"), warehouse);
    CatalogFaults faults = new CatalogFaults();
    Server server = new Server(threads());
    ServerConnector connector = new ServerConnector(server, 1, 1);
    connector.setHost(Ports.LOOPBACK);
    connector.setPort(port);
    server.addConnector(connector);
    server.setHandler(handler(catalog, faults));
    try {
      server.start();
    } catch (Exception e) {
      closeQuietly(catalog, e);
      throw new IllegalStateException(
          "The catalog could not listen on " + Ports.LOOPBACK + ":" + port + ": " + e, e);
    }
    // From now on the port is fixed, so that the catalog comes back where its clients look for it.
    connector.setPort(connector.getLocalPort());
    return new EmbeddedCatalog(warehouse, catalog, server, connector, faults);
  }

  private static JdbcCatalog openDatabase(Path database, Path warehouse) {
    JdbcCatalog catalog = new JdbcCatalog();
    catalog.setConf(ForklessLocalFileSystem.configuration());
    catalog.initialize(
        "lake",
        Map.of(
            CatalogProperties.URI,
            "jdbc:sqlite:" + database + "?journal_mode=WAL&synchronous=NORMAL&busy_timeout=30000",
            CatalogProperties.WAREHOUSE_LOCATION,
            warehouseLocation(warehouse),
            CatalogProperties.FILE_IO_IMPL,
            HadoopFileIO.class.getName(),
            // SQLite has one writer; a second connection would only add SQLITE_BUSY.
            CatalogProperties.CLIENT_POOL_SIZE,
            "1",
            "jdbc.schema-version",
            "V1"));
    return catalog;
  }

  private static String warehouseLocation(Path warehouse) {
    return "file://" + warehouse;
  }

  private static QueuedThreadPool threads() {
    QueuedThreadPool threads = new QueuedThreadPool(32, 4);
    threads.setName("catalog");
    threads.setDaemon(true);
    return threads;
  }

  private static ServletContextHandler handler(JdbcCatalog catalog, CatalogFaults faults) {
    ServletContextHandler handler = new ServletContextHandler(ServletContextHandler.NO_SESSIONS);
    handler.setContextPath("/");
    handler.addFilter(new FilterHolder(faults), "/*", EnumSet.of(DispatcherType.REQUEST));
    handler.addServlet(
        new ServletHolder(new RESTCatalogServlet(new RESTCatalogAdapter(catalog))), "/*");
    return handler;
  }

  /** The catalog's address for clients, {@code http://127.0.0.1:port}. */
  public String uri() {
    return "http://" + Ports.LOOPBACK + ":" + port();
  }

  /** The port on loopback. */
  public int port() {
    return connector.getPort();
  }

  /** Where tables without a location of their own are written. */
  public Path warehouse() {
    return warehouse;
  }

  /**
   * Sets the comments of a table and of some of its columns in one commit.
   *
   * @param columns a comment by column
   */
  public void describe(String namespace, String name, String comment, Map<String, String> columns) {
    // A job may commit to the table meanwhile; a change of the schema is not repeated by itself.
    Tasks.foreach(TableIdentifier.of(namespace, name))
        .retry(20)
        .exponentialBackoff(20, 1_000, 60_000, 2)
        .onlyRetryOn(CommitFailedException.class)
        .run(table -> describe(catalog.loadTable(table), comment, columns));
  }

  private static void describe(Table table, String comment, Map<String, String> columns) {
    Transaction transaction = table.newTransaction();
    UpdateSchema schema = transaction.updateSchema();
    columns.forEach(schema::updateColumnDoc);
    schema.commit();
    transaction.updateProperties().set("comment", comment).commit();
    transaction.commitTransaction();
  }

  /**
   * The next {@code count} successful changes (creates, commits, drops, renames) are applied, and
   * then the connection is cut before the client hears of it. For tests of lost responses.
   */
  public void loseResponses(int count) {
    faults.loseResponses(count);
  }

  /** Changes that {@link #loseResponses(int)} still has to lose the response of. */
  public int responsesToLose() {
    return faults.responsesToLose();
  }

  /**
   * Runs {@code action} when the next commit to a table arrives, then cuts the connection without
   * applying it. For tests: the action may end the client's process.
   *
   * @param table namespace and name, {@code ops.cuts}
   */
  public void beforeNextCommit(String table, Runnable action) {
    faults.atNextCommit(table, CatalogFaults.Fate.NOT_APPLIED, action);
  }

  /** The same, after the commit was applied. */
  public void afterNextCommit(String table, Runnable action) {
    faults.atNextCommit(table, CatalogFaults.Fate.APPLIED_WITHOUT_ANSWER, action);
  }

  /**
   * Runs {@code action} when the next commit to a table arrives, then lets the commit go on. For
   * tests: the action may commit to the same table, so that the commit comes too late.
   */
  public void overtakeNextCommit(String table, Runnable action) {
    faults.atNextCommit(table, CatalogFaults.Fate.APPLIED_AFTERWARDS, action);
  }

  /**
   * Applies no commit to any table, whose connection is cut instead, until {@link #applyCommits()}.
   * For tests: tables are committed side by side, so that none has a cut yet when the client ends.
   *
   * @param atFirst runs when the first commit arrives; it may end the client's process
   */
  public void refuseCommits(Runnable atFirst) {
    faults.refuseCommits(atFirst);
  }

  /** Ends {@link #refuseCommits}. */
  public void applyCommits() {
    faults.applyCommits();
  }

  /**
   * The next commit to a table is applied, but the connection is cut before the client hears of it;
   * after that, the table is loaded {@code loads} times as it is now. For tests of a catalog that
   * answers from a copy.
   */
  public void staleAfterNextCommit(String table, int loads) {
    faults.staleAfterNextCommit(table, loads, answerTo(CatalogFaults.path(table)));
  }

  /** Loads that {@link #staleAfterNextCommit} still has to answer with what was. */
  public int staleLoads() {
    return faults.staleLoads();
  }

  private byte[] answerTo(String path) {
    try (HttpClient http = HttpClient.newHttpClient()) {
      return http.send(
              HttpRequest.newBuilder(URI.create(uri() + "/v1" + path)).build(),
              HttpResponse.BodyHandlers.ofByteArray())
          .body();
    } catch (IOException e) {
      throw new UncheckedIOException("The catalog does not answer " + path, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while asking the catalog", e);
    }
  }

  /** Says whether the commit that one of the traps above waits for is still to come. */
  public boolean isWaitingForCommit() {
    return faults.isWaitingForCommit();
  }

  /** Refuses every connection, also those already open, until {@link #comeBack()}. For tests. */
  public void goDown() {
    faults.goDown();
    try {
      connector.stop();
    } catch (Exception e) {
      throw new IllegalStateException("The catalog could not be taken down: " + e, e);
    }
  }

  /** Ends {@link #goDown()}: the catalog answers again on the same port. */
  public void comeBack() {
    faults.comeBack();
    try {
      connector.start();
    } catch (Exception e) {
      throw new IllegalStateException(
          "The catalog could not come back on port " + port() + ": " + e, e);
    }
  }

  @Override
  public void close() {
    try {
      server.stop();
      catalog.close();
    } catch (Exception e) {
      throw new IllegalStateException("The catalog did not stop in order: " + e, e);
    }
  }

  private static void closeQuietly(JdbcCatalog catalog, Exception cause) {
    try {
      catalog.close();
    } catch (RuntimeException e) {
      cause.addSuppressed(e);
    }
  }
}
