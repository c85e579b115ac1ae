package dev.tributary.cli;

import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "what-if",
    mixinStandardHelpOptions = true,
    description = {
      "Computes every ledger under another policy, for comparison.",
      "It never goes live, and the live job goes on undisturbed.",
      "Once it has read raw back its cuts stand in: ./tributary cut list; name one with",
      "./tributary cut name, and pages offer it beside the others."
    })
final class WhatIfCommand implements Runnable {

  @Option(names = "--policy", required = true, description = "Policy file to try.")
  private Path policy;

  @Override
  public void run() {
    RebuildCommand.start("WHAT_IF", policy);
  }
}
