package dev.tributary.ingestion.sampleyear;

import dev.tributary.events.ChannelCostIncurred;
import dev.tributary.events.ProductListed;
import dev.tributary.events.ProjectOpened;
import dev.tributary.events.RegionDefined;
import dev.tributary.events.RotaSet;
import dev.tributary.events.SiteKind;
import dev.tributary.events.SiteOpened;
import dev.tributary.events.StaffJoined;
import dev.tributary.events.StaffLeft;
import dev.tributary.events.StaffPost;
import dev.tributary.events.StaffQualified;
import java.util.List;

/** What a company is made of: regions, products, projects, sites, staff and their rotas. */
final class CompanyLife {

  private static final int SIX = 6 * 3600;
  private static final int SEVEN = 7 * 3600;
  private static final List<String> ALWAYS_ON = List.of("search", "social", "e-mail");

  private final World world;
  private final Outbox outbox;

  CompanyLife(World world, Outbox outbox) {
    this.world = world;
    this.outbox = outbox;
  }

  /** Tells of everything at once. */
  void live() {
    world.geography().regions().forEach(this::define);
    world.products().forEach(this::list);
    for (int project = 0; project < Organisation.PROJECTS; project++) {
      open(project);
    }

    world.organisation().staff().forEach(this::employ);
    for (int day = 0; day < world.days().count(); day++) {
      for (int site = 0; site < Organisation.PROJECTS * Organisation.SITES_PER_PROJECT; site++) {
        setRota(site, day);
      }

      if (day % 7 == 0) {
        payForChannels(day);
      }
    }
  }

  private void define(Region region) {
    outbox.post(
        0,
        SIX,
        "region:" + region.id(),
        envelope ->
            new RegionDefined(
                envelope,
                region.id(),
                region.parent(),
                region.id(),
                region.level(),
                region.area(),
                region.adjacent(),
                world.days().date(0)));
  }

  private void list(Product product) {
    outbox.post(
        0,
        SIX,
        "product:" + product.id(),
        envelope ->
            new ProductListed(
                envelope,
                product.id(),
                product.name(),
                product.category(),
                World.micros(product.listCents()),
                World.micros(product.wholesaleCents()),
                World.micros(product.dealerCents()),
                SampleYear.CURRENCY,
                world.days().date(0)));
  }

  private void open(int project) {
    String region = Geography.PROVINCES.get(project);
    outbox.post(
        0,
        SIX,
        Organisation.projectId(project),
        envelope ->
            new ProjectOpened(
                envelope,
                Organisation.projectId(project),
                "Project " + (project + 1),
                region,
                world.days().date(world.organisation().opens(project))));
    for (int i = 0; i < Organisation.SITES_PER_PROJECT; i++) {
      int site = project * Organisation.SITES_PER_PROJECT + i;
      SiteKind kind = i == 0 ? SiteKind.CITY_OFFICE : SiteKind.CONSTRUCTION_SITE_OFFICE;
      outbox.post(
          0,
          SIX,
          Organisation.siteId(site),
          envelope ->
              new SiteOpened(
                  envelope,
                  Organisation.siteId(site),
                  Organisation.projectId(project),
                  "Site " + (site + 1),
                  region,
                  kind,
                  world.days().date(0)));
    }
  }

  private void employ(Person person) {
    String project = person.project() < 0 ? null : Organisation.projectId(person.project());
    String site = person.site() < 0 ? null : Organisation.siteId(person.site());
    boolean manager = person.post() == StaffPost.SALES_MANAGER;
    outbox.post(
        person.joins(),
        SIX + 600,
        person.id() + ":joined",
        envelope ->
            new StaffJoined(
                envelope,
                person.id(),
                person.id().replace('-', ' '),
                person.post(),
                project == null ? "service" : "sales-" + project,
                project,
                site,
                manager || project == null
                    ? null
                    : world.organisation().manager(person.project()).id(),
                world.days().date(person.joins())));
    outbox.post(
        person.joins(),
        SIX + 1_200,
        person.id() + ":qualified",
        envelope ->
            new StaffQualified(
                envelope,
                person.id(),
                "sales",
                world.days().date(person.joins()),
                world.days().date(person.joins() + 730)));
    outbox.post(
        person.leaves(),
        SIX,
        person.id() + ":left",
        envelope ->
            new StaffLeft(
                envelope, person.id(), world.days().date(person.leaves()), "left by choice"));
  }

  private void setRota(int site, int day) {
    List<Person> rota = world.organisation().rota(site, day);
    boolean opening = day == world.organisation().opens(site / Organisation.SITES_PER_PROJECT);
    String id = "rota:%s:%s".formatted(site + 1, world.days().date(day));
    outbox.post(
        day,
        SEVEN,
        id,
        envelope ->
            new RotaSet(
                envelope,
                id,
                Organisation.projectId(site / Organisation.SITES_PER_PROJECT),
                Organisation.siteId(site),
                world.days().date(day),
                rota.stream().map(Person::id).toList(),
                List.of(Organisation.onLunchDuty(rota).id()),
                world.days().at(day, Organisation.LUNCH_START),
                world.days().at(day, Organisation.LUNCH_END),
                opening));
  }

  private void payForChannels(int day) {
    for (String channel : ALWAYS_ON) {
      Draws draws = world.draws("channel:%s:%s".formatted(channel, day));
      long cents = 100L * draws.between(2_000, 9_000);
      outbox.post(
          day,
          SEVEN,
          "channel-cost:%s:%s".formatted(channel, day),
          envelope ->
              new ChannelCostIncurred(
                  envelope,
                  channel,
                  "always-on",
                  null,
                  world.days().date(day),
                  World.micros(cents),
                  SampleYear.CURRENCY));
    }
  }
}
