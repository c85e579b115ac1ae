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
        newest = cuts.NewestCut("http://trino:8080", "superset", "lake", "select 1", seconds=60, ask=lambda: asked.append(1) or LABEL)
        self.assertEqual([LABEL] * 5, [newest.label() for _ in range(5)])
        self.assertEqual(1, len(asked))

    def test_a_trino_that_does_not_answer_gives_none(self):
        newest = cuts.NewestCut("http://127.0.0.1:9", "superset", "lake", "select 1", ask=lambda: 1 / 0)
        with self.assertLogs("tributary", "ERROR"):
            self.assertIsNone(newest.label())


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
