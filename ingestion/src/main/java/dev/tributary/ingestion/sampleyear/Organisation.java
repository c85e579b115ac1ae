package dev.tributary.ingestion.sampleyear;

import dev.tributary.events.StaffPost;
import java.util.ArrayList;
import java.util.List;

/** Projects, sites and the sixty people who work for the company, with the rota of every day. */
final class Organisation {

  static final int PROJECTS = 3;
  static final int SITES_PER_PROJECT = 2;
  static final int LUNCH_START = 12 * 3600;
  static final int LUNCH_END = 14 * 3600;
  private static final int SELLERS = 36;
  private static final int SELLERS_PER_SITE = 6;
  private static final int SUPERVISORS = 6;
  private static final int AGENTS = 9;
  private static final int ACCOUNT_MANAGERS = 6;
  private static final int THIRD_OPENS = 60;

  private final Days days;
  private final List<Person> staff = new ArrayList<>();
  private final List<Person> sellers = new ArrayList<>();
  private final List<Person> managers = new ArrayList<>();
  private final List<Person> agents = new ArrayList<>();
  private final List<Person> accountManagers = new ArrayList<>();

  Organisation(long seed, Days days) {
    this.days = days;
    int stays = Integer.MAX_VALUE;
    for (int i = 0; i < SELLERS; i++) {
      Draws draws = new Draws(seed, "seller:" + i);
      int site = i / SELLERS_PER_SITE;
      // Two of nine join, two others of nine leave.
      int joins = i % 9 == 4 || i % 9 == 7 ? draws.between(1, days.count() / 2) : 0;
      int leaves =
          i % 9 == 1 || i % 9 == 5 ? days.count() / 2 + draws.between(1, days.count() / 3) : stays;
      sellers.add(
          person(
              "seller", i, StaffPost.SALESPERSON, site / SITES_PER_PROJECT, site, joins, leaves));
    }

    for (int i = 0; i < PROJECTS; i++) {
      managers.add(person("manager", i, StaffPost.SALES_MANAGER, i, -1, 0, stays));
    }

    for (int i = 0; i < AGENTS; i++) {
      agents.add(person("agent", i, StaffPost.CALL_AGENT, -1, -1, 0, stays));
    }

    for (int i = 0; i < ACCOUNT_MANAGERS; i++) {
      accountManagers.add(
          person("account-manager", i, StaffPost.ACCOUNT_MANAGER, -1, -1, 0, stays));
    }

    staff.addAll(managers);
    staff.addAll(sellers);
    for (int i = 0; i < SUPERVISORS; i++) {
      staff.add(
          person("supervisor", i, StaffPost.SITE_SUPERVISOR, i / SITES_PER_PROJECT, i, 0, stays));
    }

    staff.addAll(agents);
    staff.addAll(accountManagers);
  }

  private static Person person(
      String kind, int number, StaffPost post, int project, int site, int joins, int leaves) {
    return new Person(
        "%s-%s%s".formatted(kind, (number + 1) / 10, (number + 1) % 10),
        post,
        project,
        site,
        joins,
        leaves);
  }

  List<Person> staff() {
    return staff;
  }

  List<Person> agents() {
    return agents;
  }

  List<Person> accountManagers() {
    return accountManagers;
  }

  Person manager(int project) {
    return managers.get(project);
  }

  static String projectId(int project) {
    return "project-" + (project + 1);
  }

  static String siteId(int site) {
    return "site-" + (site + 1);
  }

  /** The day a project's sale opens. */
  int opens(int project) {
    return project == 2 ? Math.min(THIRD_OPENS, days.count() / 4) : 0;
  }

  /** Who receives at a site on a day, in the order of turns; everybody has a weekday off. */
  List<Person> rota(int site, int day) {
    int weekday = days.date(day).getDayOfWeek().getValue();
    List<Person> present = new ArrayList<>();
    for (int i = 0; i < SELLERS_PER_SITE; i++) {
      // The first turn moves on from day to day.
      int place = (i + day) % SELLERS_PER_SITE;
      Person seller = sellers.get(site * SELLERS_PER_SITE + place);
      if (seller.worksOn(day) && place + 1 != weekday) {
        present.add(seller);
      }
    }

    return present;
  }

  /** Who of a rota is on lunch duty. */
  static Person onLunchDuty(List<Person> rota) {
    return rota.getLast();
  }

  /** Those of a site's rota who stay to the end. */
  List<Person> stayers(int site, int day) {
    return rota(site, day).stream().filter(person -> person.leaves() > days.last()).toList();
  }

  /** Sellers of a project, present on a day and to the end, other than those named. */
  List<Person> colleagues(int project, int day, List<Person> others) {
    return sellers.stream()
        .filter(
            person ->
                person.project() == project
                    && person.worksOn(day)
                    && person.leaves() > days.last()
                    && !others.contains(person))
        .toList();
  }

  /** Those of a site's rota who leave later on. */
  List<Person> leavers(int site, int day) {
    return rota(site, day).stream().filter(person -> days.holds(person.leaves())).toList();
  }
}
