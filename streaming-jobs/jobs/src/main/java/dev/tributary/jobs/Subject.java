package dev.tributary.jobs;

import dev.tributary.domain.receivables.Debtor;

/** The keys of folds: a company and an id within it. */
final class Subject {

  private static final char SEPARATOR = '\u0000';

  private Subject() {}

  static String of(String company, String id) {
    return company + SEPARATOR + id;
  }

  static Debtor debtor(String subject) {
    int end = subject.indexOf(SEPARATOR);
    return new Debtor(subject.substring(0, end), subject.substring(end + 1));
  }

  /** The subject as people read it. */
  static String words(String subject) {
    return subject.replace(SEPARATOR, '/');
  }
}
