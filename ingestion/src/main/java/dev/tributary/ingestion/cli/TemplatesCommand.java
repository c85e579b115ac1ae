package dev.tributary.ingestion.cli;

import dev.tributary.ingestion.templates.Language;
import dev.tributary.ingestion.templates.Templates;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code templates}: workbooks to fill in, with the mappings that import them. */
@Command(
    name = "templates",
    mixinStandardHelpOptions = true,
    description = "Write workbooks to fill in, one per event, with the mappings that import them.",
    footer = {
      "",
      "A workbook is imported with the mapping beside it:",
      "  ./tributary import PaymentReceived.en.xlsx --mapping PaymentReceived.en.yaml --company NAME",
      "The example in row 2 is left out of the import as long as it is unchanged."
    })
public final class TemplatesCommand implements Callable<Integer> {

  /** What {@code --lang} takes. */
  enum Languages {
    /** English. */
    EN,
    /** Chinese. */
    ZH,
    /** English and Chinese. */
    BOTH;

    List<Language> chosen() {
      return switch (this) {
        case EN -> List.of(Language.EN);
        case ZH -> List.of(Language.ZH);
        case BOTH -> List.of(Language.values());
      };
    }
  }

  @Parameters(
      paramLabel = "EVENT",
      description = "Events to write workbooks for, such as PaymentReceived. Default: all")
  private List<String> events = List.of();

  @Option(
      names = "--out",
      paramLabel = "DIR",
      defaultValue = "templates",
      description = "Folder to write to; made when missing. Default: ${DEFAULT-VALUE}")
  private Path out;

  @Option(
      names = "--lang",
      defaultValue = "both",
      description = "en, zh or both. Default: ${DEFAULT-VALUE}")
  private Languages languages;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    PrintWriter err = spec.commandLine().getErr();
    try {
      List<Path> written =
          Templates.write(out, languages.chosen(), events.isEmpty() ? Templates.events() : events);
      written.forEach(workbook -> spec.commandLine().getOut().println(workbook));
      spec.commandLine().getOut().flush();
      return 0;
    } catch (IOException | IllegalArgumentException e) {
      err.println(e.getMessage());
      return 2;
    }
  }
}
