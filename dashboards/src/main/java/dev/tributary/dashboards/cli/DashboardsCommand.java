package dev.tributary.dashboards.cli;

import picocli.CommandLine.Command;

/** The verbs about pages. */
@Command(
    name = "dashboards",
    description = "Pages in Superset: check, import, export, and who may see what.",
    mixinStandardHelpOptions = true,
    subcommands = {
      ValidateCommand.class,
      ImportCommand.class,
      ExportCommand.class,
      RenderCommand.class,
      NormaliseCommand.class,
      AccessCommand.class
    })
public final class DashboardsCommand {}
