"""The redirect's decisions, without Superset. Run by TributaryCutsTest; by hand: python3 -m unittest discover -s src/test/python."""

import pathlib
import sys
import unittest
import urllib.parse

SUPERSET = pathlib.Path(__file__).resolve().parents[3] / "superset"
sys.path.insert(0, str(SUPERSET))
sys.dont_write_bytecode = True

import tributary_cuts as cuts  # noqa: E402

LABEL = "2026-11-22 09:24 · 1000000013"
PAGE = cuts.Page("promotions", {"company": "foodmart · USD"})


def target(args, newest=lambda: LABEL):
    address = cuts.redirect_target(PAGE, "/superset/dashboard/promotions/", args, newest)
    return None if address is None else urllib.parse.parse_qs(urllib.parse.urlsplit(address).query)


class RedirectTest(unittest.TestCase):
    def test_a_page_without_a_cut_gets_the_newest_and_its_company(self):
        filters = target([("standalone", "2")])
        self.assertEqual(["2"], filters["standalone"])
        self.assertIn(f"col:as_of,op:IN,val:!('{LABEL}')", filters["native_filters"][0])
        self.assertIn("col:company,op:IN,val:!('foodmart · USD')", filters["native_filters"][0])

    def test_the_target_of_a_redirect_is_not_redirected_again(self):
        self.assertIsNone(target([("native_filters", target([])["native_filters"][0])]))

    def test_other_controls_are_kept(self):
        region = cuts.control("region", "East")
        filters = target([("native_filters", f"({region})")])["native_filters"][0]
        self.assertTrue(filters.startswith(f"({region},NATIVE_FILTER-as_of:"), filters)

    def test_a_cut_that_is_given_stays_even_when_it_does_not_exist(self):
        filters = target([("native_filters", f"({cuts.control('as_of', 'x 999')})")], newest=self.fail)["native_filters"][0]
        self.assertIn("'x 999'", filters)

    def test_short_forms_of_a_state_have_their_cut(self):
        self.assertIsNone(target([("native_filters_key", "abc")], newest=self.fail))
        self.assertIsNone(target([("permalink_key", "abc")], newest=self.fail))

    def test_without_an_answer_the_page_opens_without_a_cut(self):
        self.assertIsNone(target([], newest=lambda: None))

    def test_quotes_in_a_value_are_escaped(self):
        self.assertEqual("'it!'s !!'", cuts.rison("it's !"))


class NewestCutTest(unittest.TestCase):
    def test_trino_is_asked_once_for_many_pages(self):
        asked = []
        newest = cuts.NewestCut(lambda sql: asked.append(sql) or [[LABEL]], "select 1;", seconds=60)
        self.assertEqual([LABEL] * 5, [newest.label() for _ in range(5)])
        self.assertEqual(["select 1"], asked)

    def test_a_trino_that_does_not_answer_gives_none(self):
        newest = cuts.NewestCut(lambda sql: 1 / 0, "select 1")
        with self.assertLogs("tributary", "ERROR"):
            self.assertIsNone(newest.label())


class SpansTest(unittest.TestCase):
    ROWS = [
        ["ledger", 2000000007, 1000000000, 1000000004, "2026-11-23", {"o'hara": "2026-11-22"}],
        ["raw", 2000000007, 1000000000, 2000000007, "2026-11-23", {"o'hara": "2026-11-22"}],
        ["ledger", 2000000007, 2000000000, 2000000007, "2026-11-23", {"o'hara": "2026-11-22"}],
    ]

    def spans(self, rows):
        self.asked = []
        return cuts.Spans(lambda sql: self.asked.append(sql) or rows)

    def test_a_cut_is_its_layers_ranges_as_constants(self):
        sql = self.spans(self.ROWS).sql("ledger", ["2026-11-22 09:24 · newest · 2000000007"])
        self.assertEqual(1, sql.count(" union all "))
        self.assertIn("bigint '2000000007' as cut, bigint '1000000000' as from_cut, bigint '1000000004' as to_cut", sql)
        self.assertIn("bigint '2000000007' as cut, bigint '2000000000' as from_cut, bigint '2000000007' as to_cut", sql)
        self.assertIn("map(array['o''hara'], array[date '2026-11-22'])", sql)

    def test_a_cut_is_looked_up_once(self):
        spans = self.spans(self.ROWS)
        for layer in ("ledger", "raw", "ledger"):
            spans.sql(layer, [LABEL])
        self.assertEqual(1, len(self.asked))
        self.assertIn("c.cut = 1000000013", self.asked[0])

    def test_a_cut_that_does_not_exist_gives_no_rows_and_is_looked_up_again(self):
        spans = self.spans([])
        for _ in range(2):
            self.assertTrue(spans.sql("raw", ["x 999"]).endswith(" where 1 = 0)"))
        self.assertEqual(2, len(self.asked))

    def test_only_a_number_reaches_trino(self):
        for value in ([], [""], ["newest"], ["1 or 1=1"], ["-1"], ["٣"], ["9" * 19], [None]):
            spans = self.spans(self.ROWS)
            self.assertTrue(spans.sql("raw", value).endswith(" where 1 = 0)"), value)
            self.assertEqual([], self.asked)

    def test_a_cut_before_the_first_close_has_no_days(self):
        sql = self.spans([["raw", 1, 0, 1, None, None]]).sql("raw", ["1"])
        self.assertIn("cast(map() as map(varchar, date)) as business_days, cast(null as date) as last_day", sql)


class PagesTest(unittest.TestCase):
    pages = cuts.Pages.load(SUPERSET / "pages.json")

    def test_a_role_lands_on_its_page_in_its_language(self):
        self.assertEqual("receivables", self.pages.landing_of(["finance"], "en"))
        self.assertEqual("receivables-zh", self.pages.landing_of(["finance"], "zh"))
        self.assertEqual("promotions", self.pages.landing_of(["Admin"], "en"))

    def test_both_languages_of_a_page_are_known(self):
        self.assertEqual(self.pages.find("trust"), self.pages.find("trust-zh"))
        self.assertIsNone(self.pages.find("somebody-elses"))

    def test_controls_begin_with_the_values_given(self):
        metadata = {"native_filter_configuration": [{"targets": [{"column": {"name": "as_of"}}]}, {"targets": [{}]}]}
        begun = cuts.with_defaults(metadata, {"as_of": LABEL})["native_filter_configuration"]
        self.assertEqual([LABEL], begun[0]["defaultDataMask"]["filterState"]["value"])
        self.assertNotIn("defaultDataMask", begun[1])


if __name__ == "__main__":
    unittest.main()
