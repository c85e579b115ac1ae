package dev.tributary.cli;

import dev.tributary.embedded.StackSettings;
import dev.tributary.embedded.TrinoServer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "query",
    mixinStandardHelpOptions = true,
    description = "Asks Trino, catalog lake. Example: query \"select * from mart.cut\"")
final class QueryCommand implements Runnable {

  @Parameters(paramLabel = "SQL", description = "One statement.")
  private String sql;

  @Option(
      names = "--format",
      defaultValue = "table",
      description = "${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}")
  private Table.Format format;

  @Option(
      names = "--user",
      defaultValue = TrinoServer.ADMIN,
      description = "As whom to ask; rights are Trino's. Default: ${DEFAULT-VALUE}")
  private String user;

  @Override
  public void run() {
    StackSettings settings = StackSettings.load(Home.standard().root());
    try (Lake lake = Lake.open(settings.trinoUrl(), user)) {
      lake.query(sql.strip().replaceFirst(";$", "")).lines(format).forEach(System.out::println);
    }
  }
}
