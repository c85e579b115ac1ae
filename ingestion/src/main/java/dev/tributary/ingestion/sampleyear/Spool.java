package dev.tributary.ingestion.sampleyear;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Events on their way, one temporary file per day of arrival: entities come one after another, days
 * go out one after another, and memory holds a single day.
 */
final class Spool implements AutoCloseable {

  /** Framed bytes of an event and the topic they belong to. */
  record Parcel(String topic, byte[] bytes) {}

  private record Waiting(long arrival, Parcel parcel) {}

  // Equal arrivals are ordered by content, so that it does not matter who was made first.
  private static final Comparator<Waiting> ARRIVAL =
      Comparator.comparingLong(Waiting::arrival)
          .thenComparing(waiting -> waiting.parcel().bytes(), Arrays::compareUnsigned);
  private static final int BUFFER = 16 * 1024;

  private final Path folder;
  private final DataOutputStream[] days;

  Spool(int days) throws IOException {
    this.folder = Files.createTempDirectory("tributary-sample-year");
    this.days = new DataOutputStream[days];
    for (int day = 0; day < days; day++) {
      this.days[day] =
          new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(file(day)), BUFFER));
    }
  }

  /**
   * Takes an event.
   *
   * @param day day of arrival
   * @param arrival moment of arrival, in seconds after the first day began
   */
  void add(int day, long arrival, Parcel parcel) {
    try {
      days[day].writeLong(arrival);
      days[day].writeUTF(parcel.topic());
      days[day].writeInt(parcel.bytes().length);
      days[day].write(parcel.bytes());
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot write to %s; is the disk full?".formatted(folder), e);
    }
  }

  /** All that arrives on a day, in the order of arrival; the day is gone afterwards. */
  List<Parcel> take(int day) throws IOException {
    days[day].close();
    List<Waiting> waiting = new ArrayList<>();
    try (DataInputStream in =
        new DataInputStream(new BufferedInputStream(Files.newInputStream(file(day)), BUFFER))) {
      while (true) {
        long arrival = in.readLong();
        String topic = in.readUTF();
        byte[] bytes = new byte[in.readInt()];
        in.readFully(bytes);
        waiting.add(new Waiting(arrival, new Parcel(topic, bytes)));
      }
    } catch (EOFException e) {
      Files.delete(file(day));
    }

    waiting.sort(ARRIVAL);
    return waiting.stream().map(Waiting::parcel).toList();
  }

  @Override
  public void close() throws IOException {
    for (int day = 0; day < days.length; day++) {
      days[day].close();
      Files.deleteIfExists(file(day));
    }

    Files.deleteIfExists(folder);
  }

  private Path file(int day) {
    return folder.resolve("day-" + day);
  }
}
