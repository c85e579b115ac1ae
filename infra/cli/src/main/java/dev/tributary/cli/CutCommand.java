package dev.tributary.cli;

import dev.tributary.embedded.StackSettings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "cut",
    mixinStandardHelpOptions = true,
    description = "Names cuts and lists them.",
    subcommands = {CutCommand.Name.class, CutCommand.Listing.class})
final class CutCommand {

  @Command(
      name = "name",
      mixinStandardHelpOptions = true,
      description = "Gives a cut a name under which pages offer it.")
  static final class Name implements Runnable {

    @Parameters(paramLabel = "NAME", description = "For example: \"month end 1997-01\"")
    private String name;

    @Option(names = "--cut", description = "The cut's number. Default: the newest")
    private Long number;

    @Option(names = "--note", defaultValue = "", description = "Why it is named.")
    private String note;

    @Override
    public void run() {
      try (Lake lake = Lake.open(StackSettings.load(Home.standard().root()))) {
        long cut = number == null ? newest(lake) : existing(lake, number);
        lake.nameCut(name, cut, note);
        System.out.println("Cut " + cut + " is now called \"" + name + "\"");
      }
    }

    private static long newest(Lake lake) {
      return lake.newestCut()
          .map(Lake.Cut::cut)
          .orElseThrow(() -> new IllegalStateException("There is no cut yet; import events first"));
    }

    private static long existing(Lake lake, long number) {
      if (!lake.isCut(number)) {
        throw new IllegalStateException(
            "There is no cut " + number + "; see those there are with: ./tributary cut list");
      }
      return number;
    }
  }

  @Command(
      name = "list",
      mixinStandardHelpOptions = true,
      description = {
        "Shows the newest cuts and their names.",
        "Of a what-if its newest cut and those with a name, once it has read raw back."
      })
  static final class Listing implements Runnable {

    @Option(
        names = "--limit",
        defaultValue = "20",
        description = "How many. Default: ${DEFAULT-VALUE}")
    private int limit;

    @Option(names = "--named", description = "Only those with a name.")
    private boolean named;

    @Option(
        names = "--format",
        defaultValue = "table",
        description = "${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}")
    private Table.Format format;

    @Override
    public void run() {
      try (Lake lake = Lake.open(StackSettings.load(Home.standard().root()))) {
        lake.createNamedCuts();
        String sql =
            """
            select c.ordinal, c.cut, c.mode, c.epoch, c.published_at, c.watermark, n.names
            from (select *, max(cut) over (partition by epoch) as last_of_epoch from mart.cut) c
            %s join (
                select cut, array_join(array_agg(name order by named_at), ', ') as names
                from ops.named_cuts
                group by cut
            ) n on n.cut = c.cut
            where c.ordinal is not null or n.names is not null or (c.mode = 'WHAT_IF' and c.cut = c.last_of_epoch)
            order by c.published_at desc
            limit %s
            """
                .formatted(named ? "" : "left", limit);
        lake.query(sql).lines(format).forEach(System.out::println);
      }
    }
  }
}
