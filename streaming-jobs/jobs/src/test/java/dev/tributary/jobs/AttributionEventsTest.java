package dev.tributary.jobs;

import static dev.tributary.stories.Events.call;
import static dev.tributary.stories.Events.contact;
import static dev.tributary.stories.Events.contractChanged;
import static dev.tributary.stories.Events.contractSigned;
import static dev.tributary.stories.Events.contractTerminated;
import static dev.tributary.stories.Events.creditNote;
import static dev.tributary.stories.Events.deposit;
import static dev.tributary.stories.Events.depositRefunded;
import static dev.tributary.stories.Events.envelope;
import static dev.tributary.stories.Events.goodsReturned;
import static dev.tributary.stories.Events.invitee;
import static dev.tributary.stories.Events.invoice;
import static dev.tributary.stories.Events.march;
import static dev.tributary.stories.Events.payment;
import static dev.tributary.stories.Events.quote;
import static dev.tributary.stories.Events.referral;
import static dev.tributary.stories.Events.registered;
import static dev.tributary.stories.Events.sale;
import static dev.tributary.stories.Events.session;
import static dev.tributary.stories.Events.visit;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.domain.Money;
import dev.tributary.domain.Place;
import dev.tributary.domain.attribution.AttributionEvent;
import dev.tributary.domain.attribution.AttributionState;
import dev.tributary.domain.attribution.Call;
import dev.tributary.domain.attribution.ConversionCancelled;
import dev.tributary.domain.attribution.ConversionKind;
import dev.tributary.domain.attribution.ConversionMade;
import dev.tributary.domain.attribution.ConversionReduced;
import dev.tributary.domain.attribution.ConversionRevalued;
import dev.tributary.domain.attribution.DocumentId;
import dev.tributary.domain.attribution.Milestone;
import dev.tributary.domain.attribution.MilestoneReached;
import dev.tributary.domain.attribution.Touch;
import dev.tributary.domain.attribution.TouchKind;
import dev.tributary.events.CallDirection;
import dev.tributary.events.CallPurpose;
import dev.tributary.events.CallRecorded;
import dev.tributary.events.CallResult;
import dev.tributary.events.CustomerRefunded;
import dev.tributary.events.Envelope;
import dev.tributary.events.InviteeStep;
import dev.tributary.events.InvoiceCancelled;
import dev.tributary.events.PaymentReversed;
import dev.tributary.events.VisitMethod;
import dev.tributary.events.VisitRecorded;
import dev.tributary.events.VisitorKind;
import dev.tributary.runtime.codec.RecordCodec;
import dev.tributary.runtime.identity.Naming;
import dev.tributary.runtime.ledger.Change;
import dev.tributary.runtime.source.Fact;
import dev.tributary.runtime.source.KafkaRecord;
import dev.tributary.schemas.Decoded;
import dev.tributary.schemas.EventCatalog;
import dev.tributary.schemas.WireFormat;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class AttributionEventsTest {

  private static final AttributionSettings SHIPPED = Policy.shipped().attribution();

  /** With a goal of every kind, so that everything means something. */
  private static final AttributionEvents EVENTS = new AttributionEvents(withEveryGoal());

  private static AttributionSettings withEveryGoal() {
    var goals = new TreeMap<>(SHIPPED.goals());
    for (ConversionKind kind : ConversionKind.values()) {
      goals.put(
          kind.name(),
          new AttributionSettings.GoalSettings(
              kind.name(),
              false,
              false,
              30,
              List.of(400, 200, 400),
              7,
              List.of(300, 300, 300, 100)));
    }
    return new AttributionSettings(
        SHIPPED.zone(),
        SHIPPED.callPurposes(),
        SHIPPED.defaultChannel(),
        SHIPPED.channels(),
        goals);
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      textBlock =
          """
          radio,          radio
          ' RADIO ',      radio
          broadcast,      radio
          carrier pigeon, -
          -,              -
          """)
  void aVisitHasTheChannelThatItsRecordedValueMapsTo(String recorded, String channel) {
    assertThat(touch(visit("1", "ann", 3, recorded, "promo")))
        .isEqualTo(new Touch(TouchKind.VISIT, channel, "promo", "promo", "staff", null, null));
  }

  @Test
  void aVisitWithoutChannelIsNamedByWhatElseItSays() {
    assertThat(channelOf(visit -> visit.setReferrerCustomerId("bob")))
        .isEqualTo("customer-referral");
    assertThat(channelOf(visit -> visit.setRelationStaffId("eve"))).isEqualTo("relative-friend");
    assertThat(channelOf(visit -> visit.setCompanyReferred(true))).isEqualTo("company-introduced");
    assertThat(channelOf(visit -> visit.setVisitorKind(VisitorKind.COMPETITOR_PEER)))
        .isEqualTo("competitor-peer");
    assertThat(
            channelOf(
                visit -> {
                  visit.setReferrerCustomerId("bob");
                  visit.setChannel("radio");
                }))
        .as("what was recorded goes first")
        .isEqualTo("radio");
  }

  @ParameterizedTest
  @EnumSource(VisitMethod.class)
  void everyMethodOfAVisitIsAChannelOfTheShippedPolicy(VisitMethod method) {
    String channel = channelOf(visit -> visit.setMethod(method));

    assertThat(channel != null).as(channel).isEqualTo(method != VisitMethod.OTHER);
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      textBlock =
          """
          search, search, cpc,      sem
          search, Google, CPC,      sem
          search, google, organic,  seo
          site,   -,      -,        own-site
          site,   direct, none,     own-site
          site,   direct, -,        own-site
          zine,   zine,   fax,      -
          zine,   -,      email,    e-mail
          """)
  void theTagsOfALandingPageGoBeforeWhatTheSiteRecorded(
      String recorded, String source, String medium, String channel) {
    assertThat(touch(session("1", "ann", 3, recorded, source, medium)).channel())
        .isEqualTo(channel);
  }

  @Test
  void bothTagsGoBeforeTheSourceAndTheSourceBeforeTheMedium() {
    var channels = new TreeMap<>(SHIPPED.channels());
    channels.put(
        "both", new AttributionSettings.ChannelSettings("FREE", List.of(), List.of("s/cpc")));
    channels.put(
        "source", new AttributionSettings.ChannelSettings("FREE", List.of(), List.of("s/*")));
    ChannelMapping mapping =
        new ChannelMapping(
            new AttributionSettings(
                SHIPPED.zone(), List.of(), SHIPPED.defaultChannel(), channels, SHIPPED.goals()));

    assertThat(mapping.channelOfTags("s", "cpc")).isEqualTo("both");
    assertThat(mapping.channelOfTags("s", "ppc")).isEqualTo("source");
    assertThat(mapping.channelOfTags("s", null)).isEqualTo("source");
    assertThat(mapping.channelOfTags("other", "cpc")).isEqualTo("sem");
    assertThat(mapping.channelOfTags(null, null)).isNull();
  }

  @Test
  void theCampaignOfASessionIsItsTagElseItsPromotion() {
    var tagged = session("1", "ann", 3, "search", "search", "cpc");
    tagged.setPromotionId("promo");
    assertThat(touch(tagged))
        .extracting(Touch::campaign, Touch::promotionId)
        .containsExactly("spring", "promo");
    tagged.setUtmCampaign(null);
    assertThat(touch(tagged).campaign()).isEqualTo("promo");
  }

  @Test
  void aCallTellsWhoCalledWhatCameOfItAndHowLongWasSpoken() {
    assertThat(touch(call("1", "ann", 3, CallDirection.INBOUND, "outdoor")))
        .isEqualTo(
            new Touch(
                TouchKind.CALL,
                "outdoor",
                null,
                null,
                "staff",
                null,
                new Call(Call.Direction.INBOUND, Call.Result.CONNECTED, 90)));
    assertThat(touch(call("1", "ann", 3, CallDirection.INBOUND, null)).channel())
        .isEqualTo("call-in");
    assertThat(touch(call("1", "ann", 3, CallDirection.OUTBOUND, null)).channel())
        .isEqualTo("phone");
    assertThat(touch(call("1", "ann", 3, CallDirection.OTHER, null)).channel()).isNull();
  }

  @Test
  void aCallThatReachedNobodyOrIsAboutServiceIsNoTouch() {
    CallRecorded missed = call("1", "ann", 3, CallDirection.OUTBOUND, null);
    missed.setResult(CallResult.NOT_CONNECTED);
    assertThat(EVENTS.of(missed)).isEmpty();

    CallRecorded given = call("1", "ann", 3, CallDirection.INBOUND, null);
    given.setResult(CallResult.ABANDONED);
    given.setAnsweredAt(null);
    assertThat(touch(given).call().seconds()).isZero();

    given.setPurpose(CallPurpose.COMPLAINT);
    assertThat(EVENTS.of(given)).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(CallResult.class)
  void everyResultOfACallIsKnown(CallResult result) {
    CallRecorded call = call("1", "ann", 3, CallDirection.INBOUND, null);
    call.setResult(result);

    assertThat(EVENTS.of(call)).hasSize(result == CallResult.NOT_CONNECTED ? 0 : 1);
  }

  @Test
  void promotionsReferralsAndConferencesAreTouches() {
    var contact = contact("1", "ann", 3, "outdoor", "promo");
    assertThat(touch(contact))
        .isEqualTo(
            new Touch(TouchKind.PROMOTION_CONTACT, "outdoor", "promo", "promo", null, null, null));
    contact.setParticipated(true);
    assertThat(touch(contact).kind()).isEqualTo(TouchKind.PROMOTION_PARTICIPATION);
    assertThat(touch(referral("1", "ann", 3)))
        .isEqualTo(
            new Touch(TouchKind.REFERRAL, "customer-referral", null, null, "staff", null, null));
    assertThat(touch(invitee("1", "ann", 3, InviteeStep.ATTENDED)))
        .isEqualTo(
            new Touch(TouchKind.CONFERENCE, "conference", "conference", null, "staff", null, null));
    assertThat(EVENTS.of(invitee("1", "ann", 3, InviteeStep.CONFIRMED))).isEmpty();
  }

  @Test
  void aRegistrationIsTheLeadAndAQuoteTheOpportunity() {
    assertThat(EVENTS.of(registered("ann", 3)))
        .containsExactly(
            new MilestoneReached(Milestone.LEAD),
            new ConversionMade(document(ConversionKind.REGISTRATION, "ann"), march(3), null));
    assertThat(EVENTS.of(quote("1", "ann", 3, 5)))
        .containsExactly(new MilestoneReached(Milestone.OPPORTUNITY));
  }

  @Test
  void everyDocumentConvertsAtItsValue() {
    assertConverts(sale("d", "ann", 3, null, 5), ConversionKind.SALE);
    assertConverts(deposit("d", "ann", 3, 5), ConversionKind.DEPOSIT);
    assertConverts(contractSigned("d", "ann", 3, 5), ConversionKind.CONTRACT);
    assertConverts(invoice("d", "ann", 3, 9, null, 5), ConversionKind.INVOICE);
    assertConverts(payment("d", "ann", 3, 5), ConversionKind.PAYMENT);
  }

  @Test
  void everyRefundTakesFromTheDocumentThatItNames() {
    var returned = goodsReturned("r", "ann", 4, null, 2);
    assertThat(EVENTS.of(returned)).isEmpty();
    returned.setSaleId("d");
    assertReduces(returned, ConversionKind.SALE);
    assertReduces(depositRefunded("d", "ann", 4, 2), ConversionKind.DEPOSIT);
    assertReduces(creditNote("r", "ann", 4, "d", 2), ConversionKind.INVOICE);
    assertReduces(refund("d"), ConversionKind.PAYMENT);
    assertThat(EVENTS.of(creditNote("r", "ann", 4, null, 2))).isEmpty();
    assertThat(EVENTS.of(refund(null))).isEmpty();
  }

  @Test
  void whatIsChangedOrVoidSaysSo() {
    assertThat(EVENTS.of(contractChanged("d", "ann", 4, 2)))
        .containsExactly(
            new ConversionRevalued(document(ConversionKind.CONTRACT, "d"), march(4), cny(2)));
    assertThat(EVENTS.of(contractTerminated("d", "ann", 4)))
        .containsExactly(new ConversionCancelled(document(ConversionKind.CONTRACT, "d"), march(4)));
    assertThat(EVENTS.of(new InvoiceCancelled(envelope("c", 4), "d", "ann", march(4), "test")))
        .containsExactly(new ConversionCancelled(document(ConversionKind.INVOICE, "d"), march(4)));
    assertThat(EVENTS.of(new PaymentReversed(envelope("c", 4), "d", "ann", march(4), "test")))
        .containsExactly(new ConversionCancelled(document(ConversionKind.PAYMENT, "d"), march(4)));
  }

  @Test
  void whatNoGoalAsksForIsLeftOut() {
    AttributionEvents shipped = new AttributionEvents(SHIPPED);

    assertThat(shipped.of(invoice("d", "ann", 3, 9, null, 5))).isEmpty();
    assertThat(shipped.of(creditNote("r", "ann", 4, "d", 2))).isEmpty();
    assertThat(shipped.of(registered("ann", 3)))
        .containsExactly(new MilestoneReached(Milestone.LEAD));
    assertThat(shipped.of(payment("d", "ann", 3, 5))).hasSize(1);
  }

  @Test
  void aCorrectionKeepsTheIdOfWhatItCorrects() {
    VisitRecorded corrected = visit("1", "ann", 3, "radio", null);
    corrected.setEnvelope(envelope("visit-fix", "visit:1", 1, 3));

    assertThat(changes(corrected).getFirst().place().eventId()).isEqualTo("visit:1");
  }

  /** The zone of the shipped policy is eight hours ahead of UTC. */
  @ParameterizedTest
  @CsvSource({
    "2026-03-02T16:00:00Z, 2026-03-03T15:59:59.999Z",
    "2026-03-02T16:00:00.000001Z, 2026-03-02T16:00:00.000001Z",
    "2026-03-03T00:00:00Z, 2026-03-03T00:00:00Z",
  })
  void aConversionKnownByItsDayStandsAtThatDaysEnd(Instant occurredAt, Instant stands) {
    SpecificRecord deposit = deposit("1", "ann", 3, 7);
    ((Envelope) deposit.get(0)).setOccurredAt(occurredAt);

    assertThat(changes(deposit).getFirst().place())
        .isEqualTo(new Place(stands, 43, 0, "deposit:1"));
  }

  @Test
  void aTouchStandsWhereItsEventDoes() {
    VisitRecorded visit = visit("1", "ann", 3, "radio", null);
    visit.getEnvelope().setOccurredAt(Instant.parse("2026-03-02T16:00:00Z"));

    assertThat(changes(visit).getFirst().place().occurredAt())
        .isEqualTo(visit.getEnvelope().getOccurredAt());
  }

  @Test
  void theMeaningsOfOneEventAreEventsOfTheirOwn() {
    List<Change<AttributionEvent>> changes =
        new AttributionChanges(withEveryGoal())
            .of(naming(registered("ann", 3)), registered("ann", 3));

    assertThat(changes)
        .hasSize(2)
        .extracting(Change::place)
        .containsOnly(changes.getFirst().place());
    assertThat(changes.stream().map(Change::hash).collect(Collectors.toSet())).hasSize(2);
  }

  @Test
  void somebodyUnknownIsNoCustomer() {
    assertThat(DomainEvents.customerId(call("1", null, 3, CallDirection.INBOUND, null))).isEmpty();
    assertThat(DomainEvents.customerId(session("1", null, 3, "site", null, null))).isEmpty();
    assertThat(DomainEvents.customerId(session("1", "ann", 3, "site", null, null))).contains("ann");
  }

  @Test
  void everyTypeThatMeansSomethingIsResolved() {
    assertThat(DomainEvents.NAMING_A_CUSTOMER).containsAll(AttributionEvents.TYPES);
  }

  @Test
  void aStateIsReadAsItWasWritten() throws IOException {
    var fold = new Folds.Attribution(SHIPPED).fold();
    AttributionState state = fold.start();
    for (SpecificRecord record :
        List.of(
            visit("1", "ann", 3, "radio", null),
            quote("1", "ann", 3, 5),
            call("1", "ann", 4, CallDirection.INBOUND, null),
            deposit("1", "ann", 5, 7),
            depositRefunded("1", "ann", 6, 3),
            contractTerminated("2", "ann", 7))) {
      for (Change<AttributionEvent> change : changes(record)) {
        state = fold.step(state, change.place(), change.event(), line -> {});
      }
    }
    assertThat(state.traces()).isNotEmpty();
    assertThat(state.documents()).isNotEmpty();
    assertThat(state.open()).isNotEmpty();
    RecordCodec<AttributionState> codec = RecordCodec.of(AttributionState.class);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    codec.write(state, new DataOutputStream(bytes));

    assertThat(codec.read(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray()))))
        .isEqualTo(state);
  }

  private static List<Change<AttributionEvent>> changes(SpecificRecord record) {
    return new AttributionChanges(SHIPPED).of(naming(record), record);
  }

  private static Naming naming(SpecificRecord record) {
    WireFormat wireFormat = new WireFormat();
    byte[] bytes = wireFormat.encode(record);
    String topic = EventCatalog.load().typeOf(record).topic();
    return new Naming(
        "ann",
        1,
        Fact.of(
            new KafkaRecord(topic, 0, 0, 0, bytes, null),
            (Decoded.Event) wireFormat.decode(bytes, topic)));
  }

  private static CustomerRefunded refund(String paymentId) {
    return new CustomerRefunded(
        envelope("r", 4), "r", "ann", paymentId, null, march(4), 2_000_000L, "CNY", "test");
  }

  private static String channelOf(Consumer<VisitRecorded> change) {
    VisitRecorded visit = visit("1", "ann", 3, null, null);
    change.accept(visit);
    return touch(visit).channel();
  }

  private static Touch touch(SpecificRecord record) {
    List<AttributionEvent> events = EVENTS.of(record);
    assertThat(events).hasSize(1);
    return (Touch) events.getFirst();
  }

  private static void assertConverts(SpecificRecord record, ConversionKind kind) {
    assertThat(EVENTS.of(record))
        .containsExactly(new ConversionMade(document(kind, "d"), march(3), cny(5)));
  }

  private static void assertReduces(SpecificRecord record, ConversionKind kind) {
    assertThat(EVENTS.of(record))
        .containsExactly(new ConversionReduced(document(kind, "d"), march(4), cny(2)));
  }

  private static DocumentId document(ConversionKind kind, String id) {
    return new DocumentId(kind, id);
  }

  private static Money cny(long yuan) {
    return new Money(yuan * 1_000_000, "CNY");
  }
}
