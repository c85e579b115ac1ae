package dev.tributary.ingestion.importing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tributary.events.Envelope;
import dev.tributary.events.RowRejected;
import dev.tributary.ingestion.PhonePseudonym;
import dev.tributary.schemas.ContentHash;
import dev.tributary.schemas.Decoded;
import dev.tributary.schemas.EventCatalog;
import dev.tributary.schemas.EventType;
import dev.tributary.schemas.RejectReason;
import dev.tributary.schemas.WireFormat;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.LongConsumer;
import java.util.zip.CRC32;
import org.apache.avro.specific.SpecificRecord;

/** Turns files into events: reads rows, makes an event of each, and says which could not be one. */
public final class Importer {

  private static final int MAX_REJECTED_TEXT = 100_000;
  private static final int KEPT_AT_ONCE = 1_000;
  private static final int RECORD_OVERHEAD_BYTES = 1_000;

  /**
   * What the files do not say themselves.
   *
   * @param company null when rows or the mapping name it
   * @param zone zone of times without one, and of the business days
   * @param currency null when rows or the mapping name it
   * @param phoneRegion country of phone numbers without a country code; null for none
   * @param revision the least revision of rows that have none: raise it to import a corrected file
   *     over one that the history does not know
   * @param mapping mapping file for CSV and workbooks; null without one
   * @param now when the import runs
   */
  public record Settings(
      String company,
      ZoneId zone,
      String currency,
      String phoneRegion,
      int revision,
      Path mapping,
      Instant now) {}

  /** A company and the zone of its days. */
  public record Books(String company, ZoneId zone) implements Comparable<Books> {
    @Override
    public int compareTo(Books other) {
      int byCompany = company.compareTo(other.company);
      return byCompany != 0 ? byCompany : zone.getId().compareTo(other.zone.getId());
    }
  }

  /**
   * What an import did.
   *
   * @param examples rows left out because they are a template's example, unchanged: file and line
   * @param days days that accepted events happened on, per company
   * @param closes days that the files themselves close, per company
   */
  public record Summary(
      long accepted,
      long rejected,
      Map<RejectReason, Long> byReason,
      List<String> examples,
      Map<Books, TreeSet<LocalDate>> days,
      Map<Books, TreeSet<LocalDate>> closes) {}

  /** Takes what an import makes of each row. */
  public interface Results {

    /** A row is an event. */
    void accepted(SpecificRecord event);

    /** A row is none. */
    void rejected(RowRejected rejection);

    /** A line that closes a business day; it comes after all events of the lines before it. */
    void closed(Books books, LocalDate day);
  }

  /** Hands on results, in their order, when the history of those accepted is kept. */
  private static final class KeptFirst implements Results {

    private final ImportHistory history;
    private final Results results;
    private final List<Runnable> waiting = new ArrayList<>();

    KeptFirst(ImportHistory history, Results results) {
      this.history = history;
      this.results = results;
    }

    @Override
    public void accepted(SpecificRecord event) {
      add(() -> results.accepted(event));
    }

    @Override
    public void rejected(RowRejected rejection) {
      add(() -> results.rejected(rejection));
    }

    @Override
    public void closed(Books books, LocalDate day) {
      add(() -> results.closed(books, day));
    }

    private void add(Runnable result) {
      waiting.add(result);
      if (waiting.size() == KEPT_AT_ONCE) {
        handOn();
      }
    }

    void handOn() {
      history.keep();
      List<Runnable> next = List.copyOf(waiting);
      waiting.clear();
      next.forEach(Runnable::run);
    }
  }

  private final Settings settings;
  private final ImportHistory history;
  private final Mapping mapping;
  private final PhonePseudonym phones;
  private final EventBuilder builder;
  private final EventCatalog catalog = EventCatalog.load();
  private final WireFormat wire = new WireFormat();

  private final List<String> examples = new ArrayList<>();
  private final MergeGuard merges = new MergeGuard();
  private final Map<RejectReason, Long> byReason = new EnumMap<>(RejectReason.class);
  private final Map<Books, TreeSet<LocalDate>> days = new TreeMap<>();
  private final Map<Books, TreeSet<LocalDate>> closes = new TreeMap<>();
  private SpecificRecord example;
  private long accepted;
  private long rejected;

  private Importer(
      Settings settings, Mapping mapping, PhonePseudonym phones, ImportHistory history) {
    this.settings = settings;
    this.history = history;
    this.mapping = mapping;
    this.phones = phones;
    this.builder = new EventBuilder(phones);
  }

  /**
   * Reads all of {@code files} in their order.
   *
   * @param history what was imported before; what these files say is added to it, and kept before
   *     {@code results} hears of it
   * @param progress called with the number of rows read so far
   * @throws IOException when a file cannot be read or its kind is unknown; nothing was read then
   * @throws MappingException when the mapping file is wrong; nothing was read then
   */
  public static Summary run(
      List<Path> files,
      Settings settings,
      PhonePseudonym phones,
      ImportHistory history,
      Results results,
      LongConsumer progress)
      throws IOException, MappingException {
    Mapping mapping =
        settings.mapping() == null
            ? null
            : MappingParser.parse(settings.mapping(), settings.zone());
    Importer importer = new Importer(settings, mapping, phones, history);
    if (mapping != null) {
      importer.readExample();
    }

    for (Path file : files) {
      importer.expectReadable(file);
    }

    KeptFirst kept = new KeptFirst(history, results);
    try {
      for (Path file : files) {
        importer.read(file, kept, progress);
      }
    } finally {
      kept.handOn();
    }

    return importer.summary();
  }

  /**
   * Reads lines of NDJSON that a program sends. Each has an event id, by which it is the same event
   * in whichever batch and line it comes.
   *
   * @param source stands in for the file's name
   * @param settings without a mapping
   */
  public static Summary runLines(
      InputStream lines, String source, Settings settings, PhonePseudonym phones, Results results)
      throws IOException {
    Importer importer = new Importer(settings, null, phones, ImportHistory.none());
    new NdjsonRows(phones, settings.phoneRegion())
        .read(lines, row -> importer.take(source, settings.now(), false, identified(row), results));
    return importer.summary();
  }

  private Summary summary() {
    return new Summary(accepted, rejected, byReason, examples, days, closes);
  }

  /** Makes an event of the row that the mapping gives as an example, if it gives one. */
  private void readExample() throws MappingException {
    try {
      ObjectNode content = MappedTable.example(mapping, phones, phoneRegion(true));
      if (content != null) {
        // Whose the rows are need not be known before there are any.
        content.put("company", "example");
        Row row = Row.read(0, 0, () -> "", content, null, null);
        // However the company writes its rows, templates write in ISO.
        Formats iso = Formats.iso(mapping.formats().zone());
        this.example = builder.build(mapping.type(), content, defaults("example", true, row, iso));
      }
    } catch (BadRowException e) {
      throw new MappingException(
          "%s:%s: the row under example is none: %s"
              .formatted(settings.mapping(), mapping.example().line(), e.getMessage()));
    }
  }

  /** Whether a row says what the example says, however it is written and wherever it stands. */
  private boolean isExample(SpecificRecord event) {
    if (example == null
        || !EventType.envelopeOf(event)
            .getOccurredAt()
            .equals(EventType.envelopeOf(example).getOccurredAt())) {
      return false;
    }

    return event.getSchema().getFields().stream()
        .skip(1)
        .allMatch(field -> Objects.equals(event.get(field.pos()), example.get(field.pos())));
  }

  /** The row as an event of its own id, wherever it stands; refused when it has none. */
  private static Row identified(Row row) {
    if (row.bad() != null) {
      return row;
    }

    ObjectNode content = row.content();
    boolean close = content.path("type").asText().equals("BusinessDayClosed");
    if (!close && content.path("event_id").asText().isBlank()) {
      return row.refused(
          new Decoded.Bad(
              RejectReason.MISSING_FIELD,
              "event_id",
              "The event has no 'event_id'. Give one that stays the same when it is sent again."));
    }

    if (!content.hasNonNull("source_sequence")) {
      content.put("source_sequence", 0); // else its place in the batch
    }

    return row;
  }

  private void expectReadable(Path file) throws IOException {
    if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
      throw new IOException(
          "%s is no file that can be read. Check its name and its rights; nothing was imported."
              .formatted(file));
    }

    if (isTable(file) && mapping == null) {
      throw new IOException(
          "%s is a table: name a mapping file with --mapping. Nothing was imported."
              .formatted(file));
    }

    if (!isTable(file) && !isNdjson(file)) {
      throw new IOException(
          "%s is neither .csv nor .xlsx, .ndjson, .jsonl or .json. Save it as one of these; nothing was imported."
              .formatted(file));
    }
  }

  /** Whether the file's columns need a mapping. */
  private static boolean isTable(Path file) {
    return isCsv(file) || isWorkbook(file);
  }

  private static boolean isWorkbook(Path file) {
    String name = name(file).toLowerCase(Locale.ROOT);
    return name.endsWith(".xlsx") || name.endsWith(".xlsm");
  }

  private static boolean isCsv(Path file) {
    return name(file).toLowerCase(Locale.ROOT).endsWith(".csv");
  }

  private static boolean isNdjson(Path file) {
    String name = name(file).toLowerCase(Locale.ROOT);
    return name.endsWith(".ndjson") || name.endsWith(".jsonl") || name.endsWith(".json");
  }

  private static String name(Path file) {
    return String.valueOf(file.getFileName());
  }

  private void read(Path file, Results results, LongConsumer progress) throws IOException {
    boolean mapped = isTable(file);
    Rows rows = rows(file);
    Instant modified = Files.getLastModifiedTime(file).toInstant();
    Instant fileTime = modified.isAfter(settings.now()) ? settings.now() : modified;
    rows.read(
        file,
        row -> {
          take(place(file, row), fileTime, mapped, row, results);
          progress.accept(accepted + rejected);
        });
  }

  /** Hands on what becomes of a row. */
  private void take(String file, Instant fileTime, boolean mapped, Row row, Results results) {
    try {
      if (row.bad() != null) {
        throw new BadRowException(row.bad());
      }

      accept(file, mapped, row, results);
    } catch (BadRowException e) {
      results.rejected(rejection(file, fileTime, row, e.bad(), mapped));
    }
  }

  private Rows rows(Path file) {
    if (isWorkbook(file)) {
      return new XlsxRows(mapping, phones, phoneRegion(true));
    }

    return isCsv(file)
        ? new CsvRows(mapping, phones, phoneRegion(true))
        : new NdjsonRows(phones, phoneRegion(false));
  }

  /** Where the row stands: {@code sales.csv}, or {@code sales.xlsx#Sheet1}. */
  private static String place(Path file, Row row) {
    return row.sheet() == null ? name(file) : name(file) + "#" + row.sheet();
  }

  private void accept(String file, boolean mapped, Row row, Results results)
      throws BadRowException {
    EventType type = type(row.content());
    if (type.name().equals("BusinessDayClosed")) {
      close(row.content(), results);
      return;
    }

    EventBuilder.Defaults defaults = defaults(file, mapped, row);
    SpecificRecord event = builder.build(type, row.content(), defaults);
    if (mapped && isExample(event)) {
      examples.add("%s:%s".formatted(file, row.line()));
      return;
    }

    boolean counted = row.revision() == null && !row.content().hasNonNull("revision");
    Envelope envelope = EventType.envelopeOf(event);
    String key = counted ? ImportHistory.key(envelope.getEventId()) : null;
    String content = counted ? contentOf(event) : null;
    if (counted) {
      envelope.setRevision(nextRevision(key, content));
    }

    expectUsable(event);
    if (counted) {
      history.note(key, new ImportHistory.Version(content, envelope.getRevision()));
    }

    results.accepted(event);
    accepted++;
    ZoneId zone = defaults.formats().zone();
    days.computeIfAbsent(new Books(envelope.getCompany(), zone), b -> new TreeSet<>())
        .add(envelope.getOccurredAt().atZone(zone).toLocalDate());
  }

  private EventType type(ObjectNode content) throws BadRowException {
    JsonNode name = content.get("type");
    if (name == null || !name.isTextual() || name.asText().isBlank()) {
      throw new BadRowException(
          RejectReason.MISSING_FIELD,
          "type",
          "The row does not say which event it is. Give a 'type', such as \"SaleRecorded\".");
    }

    if (!catalog.has(name.asText()) || name.asText().equals("RowRejected")) {
      throw new BadRowException(
          RejectReason.UNKNOWN_EVENT,
          "type",
          "There is no event '%s'. Known: %s."
              .formatted(
                  name.asText(),
                  String.join(
                      ", ",
                      catalog.types().stream()
                          .map(EventType::name)
                          .filter(n -> !n.equals("RowRejected"))
                          .toList())));
    }

    return catalog.type(name.asText());
  }

  /** A close has no partitions in a file: it is sent to whatever partitions there are. */
  private void close(ObjectNode content, Results results) throws BadRowException {
    String company = content.path("company").asText(settings.company());
    if (company == null || company.isBlank()) {
      throw new BadRowException(
          RejectReason.MISSING_FIELD, "company", "No company is named. Give it, or --company.");
    }

    try {
      ZoneId zone =
          content.hasNonNull("zone") ? ZoneId.of(content.get("zone").asText()) : settings.zone();
      LocalDate day = LocalDate.parse(content.path("closed_on").asText());
      if (day.plusDays(1).atStartOfDay(zone).toInstant().isAfter(settings.now())) {
        throw new BadRowException(
            RejectReason.FAR_FUTURE,
            "closed_on",
            "%s has not passed yet. Close a day when it is over.".formatted(day));
      }

      Books books = new Books(company, zone);
      closes.computeIfAbsent(books, b -> new TreeSet<>()).add(day);
      results.closed(books, day);
      accepted++;
    } catch (DateTimeParseException e) {
      throw new BadRowException(
          RejectReason.WRONG_TYPE,
          "closed_on",
          "'%s' is no date. Write it as 2026-03-31.".formatted(content.path("closed_on").asText()));
    } catch (java.time.DateTimeException e) {
      throw new BadRowException(
          RejectReason.INVALID_VALUE,
          "zone",
          "'%s' is no time zone. Use an IANA name, such as Asia/Shanghai."
              .formatted(content.path("zone").asText()));
    }
  }

  /**
   * A row with a key is the same event in whichever file and line it stands, so neither is part of
   * it: importing an unchanged row again, from next month's export, is a duplicate.
   */
  private EventBuilder.Defaults defaults(String file, boolean mapped, Row row) {
    return defaults(
        file,
        mapped,
        row,
        mapped && mapping != null ? mapping.formats() : Formats.iso(settings.zone()));
  }

  private EventBuilder.Defaults defaults(String file, boolean mapped, Row row, Formats formats) {
    Mapping used = mapped ? mapping : null;
    String company =
        settings.company() != null || used == null ? settings.company() : used.company();
    String rowCompany = row.content().path("company").asText(company);
    String eventId =
        row.key() == null
            ? "%s:%s:%s".formatted(rowCompany, file, row.line())
            : "%s:%s".formatted(rowCompany, row.key());
    return new EventBuilder.Defaults(
        eventId,
        company,
        settings.currency() != null || used == null ? settings.currency() : used.currency(),
        phoneRegion(mapped),
        row.revision() == null ? settings.revision() : row.revision(),
        row.key() == null ? file : name(settings.mapping()),
        row.key() == null ? row.position() : 0,
        settings.now(),
        formats);
  }

  private String phoneRegion(boolean mapped) {
    return settings.phoneRegion() != null || !mapped || mapping == null
        ? settings.phoneRegion()
        : mapping.phoneRegion();
  }

  /** The same id with changed content is a correction: it gets the next revision. */
  private int nextRevision(String key, String content) {
    ImportHistory.Version before = history.last(key);
    if (before == null) {
      return settings.revision();
    }

    return before.content().equals(content)
        ? before.revision()
        : Math.max(before.revision() + 1, settings.revision());
  }

  /** A hash of what an event without a revision says, wherever in its file it stands. */
  private static String contentOf(SpecificRecord event) {
    Envelope envelope = EventType.envelopeOf(event);
    long sequence = envelope.getSourceSequence();
    envelope.setRevision(0);
    envelope.setSourceSequence(0);
    String hash = ContentHash.of(event);
    envelope.setSourceSequence(sequence);
    return hash;
  }

  private void expectUsable(SpecificRecord event) throws BadRowException {
    Decoded.Bad bad = wire.violation(event).orElse(null);
    if (bad == null) {
      bad = WireFormat.farFuture(event, settings.now().toEpochMilli()).orElse(null);
    }

    if (bad != null && bad.field() != null) {
      bad = new Decoded.Bad(bad.reason(), EventBuilder.inputPath(bad.field()), bad.message());
    }

    if (bad == null) {
      int bytes = wire.encode(event).length;
      if (bytes > WireFormat.MAX_RECORD_BYTES - RECORD_OVERHEAD_BYTES) {
        bad =
            new Decoded.Bad(
                RejectReason.RECORD_TOO_LARGE,
                null,
                // With separators: seven digits in a row are taken for a phone number.
                String.format(
                    Locale.ROOT,
                    "The event takes %,d bytes; Kafka takes %,d. Split it.",
                    bytes,
                    WireFormat.MAX_RECORD_BYTES - RECORD_OVERHEAD_BYTES));
      }
    }

    if (bad == null) {
      bad = merges.check(event).orElse(null);
    }

    if (bad != null) {
      throw new BadRowException(bad);
    }
  }

  private RowRejected rejection(
      String file, Instant fileTime, Row row, Decoded.Bad bad, boolean mapped) {
    String region = phoneRegion(mapped);
    String text = row.text().redacted();
    if (text.length() > MAX_REJECTED_TEXT) {
      text = text.substring(0, MAX_REJECTED_TEXT) + " …";
    }

    String field = bad.field();
    if (field != null) {
      if (mapped) {
        field = mapping.columnOf(field);
      }

      field = phones.redact(shortened(field), region);
    }

    rejected++;
    byReason.merge(bad.reason(), 1L, Long::sum);
    String company = settings.company();
    if (row.content() != null && row.content().hasNonNull("company")) {
      company = phones.redact(row.content().get("company").asText(), region);
    } else if (company == null && mapped) {
      company = mapping.company();
    }

    CRC32 content = new CRC32();
    content.update((text + bad.message()).getBytes(java.nio.charset.StandardCharsets.UTF_8));
    return new RowRejected(
        new Envelope(
            "rejected:%s:%s:%s"
                .formatted(file, row.line(), HexFormat.of().toHexDigits(content.getValue(), 8)),
            null,
            0,
            file,
            row.position(),
            fileTime,
            settings.now(),
            company == null || company.isBlank() ? "unknown" : company),
        file,
        row.line(),
        field,
        bad.reason().wireName(),
        phones.redact(shortened(bad.message()), region),
        text);
  }

  private static String shortened(String text) {
    return text.length() <= 1_000 ? text : text.substring(0, 1_000) + " …";
  }
}
