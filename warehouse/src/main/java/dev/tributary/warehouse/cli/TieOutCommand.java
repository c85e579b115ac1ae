package dev.tributary.warehouse.cli;

import dev.tributary.warehouse.ControlFile;
import dev.tributary.warehouse.ControlTotal;
import dev.tributary.warehouse.TieOut;
import java.io.PrintWriter;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * Says where receivables differ from control totals of another book; exits with 1 when one does.
 */
@Command(
    name = "tie-out",
    mixinStandardHelpOptions = true,
    description = {
      "Compares what is open on invoices with control totals of another book, from a CSV file:",
      "",
      "  company,month,currency,customer_id,opening,movement,closing",
      "  acme,2026-03,CNY,,1250.00,-50.00,1200.00",
      "",
      "Without a customer_id (or without the column) a row is about all customers of the company.",
      "A merged customer is found under the id that it was merged into.",
      "A month that the company has not closed at the cut does not tie."
    },
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {
      "0:every row ties",
      "1:at least one row does not",
      "2:the command line or the file is wrong, there is no such cut, or Trino cannot be reached"
    })
public final class TieOutCommand implements Callable<Integer> {

  @Spec CommandSpec command;

  @Mixin TrinoOption trino;

  @Parameters(paramLabel = "FILE", description = "The control totals.")
  Path file;

  @Option(
      names = "--cut",
      paramLabel = "N",
      description = "The published cut to read at. Default: the newest live cut.")
  Long cut;

  @Override
  public Integer call() {
    long at;
    List<TieOut.Tie> ties;
    try {
      List<ControlTotal> totals = ControlFile.read(file);
      String jdbcUrl = trino.jdbcUrl();
      at = cut == null ? TieOut.newest(jdbcUrl) : cut;
      ties = TieOut.at(jdbcUrl, at, totals);
    } catch (IllegalArgumentException | IllegalStateException e) {
      command.commandLine().getErr().println(e.getMessage());
      return 2;
    }

    PrintWriter out = command.commandLine().getOut();
    out.printf("cut %s%n", at);
    for (TieOut.Tie tie : ties) {
      print(tie, out);
    }
    long off = ties.stream().filter(tie -> !tie.ties()).count();
    out.printf("%s of %s control totals tie%n", ties.size() - off, ties.size());
    out.flush();
    return off == 0 ? 0 : 1;
  }

  private void print(TieOut.Tie tie, PrintWriter out) {
    ControlTotal control = tie.control();
    out.printf(
        "  %-4s %s %s %s %s%n",
        tie.ties() ? "ties" : "OFF",
        control.company(),
        control.month(),
        control.currency(),
        control.customerId() == null ? "all customers" : control.customerId());
    if (!tie.isClosed()) {
      out.printf(
          "         the month is not over: %s%n",
          tie.closedThrough() == null
              ? "the company has closed no day"
              : "closed through " + tie.closedThrough());
    }
    difference("opening", control.opening(), tie.opening(), out);
    difference("movement", control.movement(), tie.movement(), out);
    difference("closing", control.closing(), tie.closing(), out);
  }

  private static void difference(
      String what, BigDecimal control, BigDecimal ours, PrintWriter out) {
    BigDecimal difference = ours.subtract(control);
    if (difference.signum() != 0) {
      out.printf(
          "         %-9s control %s, ledger %s, difference %s%n",
          what, plain(control), plain(ours), plain(difference));
    }
  }

  /** As amounts are written in the file. */
  private static String plain(BigDecimal amount) {
    return amount.setScale(Math.max(2, amount.stripTrailingZeros().scale())).toPlainString();
  }
}
