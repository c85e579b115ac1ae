package dev.tributary.ingestion.cli;

import dev.tributary.events.BusinessDayClosed;
import dev.tributary.ingestion.KafkaEventSender;
import dev.tributary.ingestion.SendFailedException;
import dev.tributary.ingestion.generate.Config;
import dev.tributary.ingestion.generate.GeneratedEvent;
import dev.tributary.ingestion.generate.Generator;
import dev.tributary.ingestion.importing.NdjsonFormat;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.avro.specific.SpecificRecord;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code generate}: a small made-up company as NDJSON or straight to Kafka. */
@Command(
    name = "generate",
    mixinStandardHelpOptions = true,
    description = "Make up a small company's events. Same options, same bytes.")
public final class GenerateCommand implements Callable<Integer> {

  @Option(names = "--seed", defaultValue = "1", description = "Default: ${DEFAULT-VALUE}")
  private long seed;

  @Option(names = "--customers", defaultValue = "200", description = "Default: ${DEFAULT-VALUE}")
  private int customers;

  @Option(names = "--days", defaultValue = "180", description = "Default: ${DEFAULT-VALUE}")
  private int days;

  @Option(
      names = "--from",
      paramLabel = "DATE",
      defaultValue = "2025-01-01",
      description = "First day. Default: ${DEFAULT-VALUE}")
  private LocalDate from;

  @Option(names = "--company", defaultValue = "meridian", description = "Default: ${DEFAULT-VALUE}")
  private String company;

  @Option(
      names = "--duplicates",
      paramLabel = "N",
      defaultValue = "50",
      description = "Events out of a thousand that arrive twice. Default: ${DEFAULT-VALUE}")
  private int duplicates;

  @ArgGroup(multiplicity = "1")
  private Target target;

  @Mixin private StackOptions stack;

  @Spec private CommandSpec spec;

  /** Where the events go. */
  private static final class Target {
    @Option(names = "--out", paramLabel = "FILE", description = "Write NDJSON, as import reads it.")
    private Path out;

    @Option(names = "--send", description = "Send to Kafka.")
    private boolean send;
  }

  @Override
  public Integer call() {
    PrintWriter err = spec.commandLine().getErr();
    Config config;
    try {
      config =
          Config.ofSeed(seed)
              .withSize(customers, days)
              .withCompany(company, from)
              .withDisorder(duplicates, 60, 30);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    }

    LocalDate end = config.from().plusDays(config.days());
    if (end.atStartOfDay(config.zone()).toInstant().isAfter(java.time.Instant.now())) {
      err.printf(
          "The last day, %s, has not passed yet: events from the future are rejected. Choose an earlier --from or fewer --days.%n",
          end.minusDays(1));
      return 2;
    }

    try {
      return target.send ? send(config) : write(config);
    } catch (IOException | SendFailedException e) {
      err.println(e.getMessage());
      return 2;
    }
  }

  private int write(Config config) throws IOException {
    List<GeneratedEvent> events = Generator.events(config.withPartitions(1));
    long lines = 0;
    try (BufferedWriter out = Files.newBufferedWriter(target.out, StandardCharsets.UTF_8)) {
      for (GeneratedEvent event : events) {
        // A close is one line, however many copies it will have.
        if (isFirstCopy(event.record())) {
          out.write(NdjsonFormat.line(event.record(), event.phone()));
          out.write('\n');
          lines++;
        }
      }
    }

    spec.commandLine().getOut().printf("%s lines in %s%n", lines, target.out);
    return 0;
  }

  private int send(Config config) throws IOException {
    try (KafkaEventSender sender = stack.sender()) {
      List<GeneratedEvent> events =
          Generator.events(config.withPartitions(sender.partitions()).withPhones(stack.phones()));
      for (GeneratedEvent event : events) {
        sender.sendTo(event.topic(), event.partition(), event.record());
      }

      sender.flush();
      spec.commandLine().getOut().printf("%s events sent%n", events.size());
    }

    return 0;
  }

  private static boolean isFirstCopy(SpecificRecord event) {
    return !(event instanceof BusinessDayClosed close)
        || close.getPartition().equals(close.getPartitions().getFirst());
  }
}
