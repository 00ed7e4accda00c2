"""Tests of advies.py: the test vectors, every reading by its number, the worked homes."""

import json
import subprocess
import sys
import unittest
from pathlib import Path

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE))

import advies  # noqa: E402
import woningen  # noqa: E402

ALL = set(advies.OPTIONS)


def advice(**record):
    """The 13 options of a home; what is not named is missing."""
    facts, _ = advies.read_facts(record)
    return advies.advise(facts)


def run(text):
    """Exit status, answers and messages of advies.py as a program."""
    done = subprocess.run([sys.executable, str(HERE / "advies.py")], input=text.encode("utf-8", "surrogateescape"),
                          capture_output=True, check=False)
    answers = [json.loads(line) for line in done.stdout.decode().splitlines()]
    return done.returncode, answers, done.stderr.decode()


class Case(unittest.TestCase):
    def holds(self, options, code, verdict, *rules):
        """The option has this verdict, and these rules are among its reasons."""
        got = options[code]
        self.assertEqual(got["v"], verdict, f"{code}: {got}")
        for rule in rules:
            self.assertIn(rule, got["regels"], f"{code}: {got}")

    def exactly(self, options, code, verdict, *rules):
        self.assertEqual(options[code], {"v": verdict, "regels": list(rules)}, code)

    def lacks(self, options, code, *rules):
        for rule in rules:
            self.assertNotIn(rule, options[code]["regels"], f"{code}: {options[code]}")


class TestVectors(Case):
    def test_T1_row_house_1935_without_label(self):
        o = advice(typ="TUSSEN", bj=1935, own="koop", net_status="geen", mon="geen", d_rear=9, space_ground=30)
        self.holds(o, "AEL", "M", "R08")
        self.holds(o, "AEG", "M")
        self.holds(o, "HYB", "N", "R23")
        for code in ("NMT", "NZLT", "COL"):
            self.holds(o, code, "X")

    def test_T2_row_house_1935_label_C_source_net(self):
        o = advice(typ="TUSSEN", bj=1935, lab="C", own="koop", mon="geen", d_rear=9, space_ground=30,
                   net_soort="ZLT", net_status="gepland")
        self.holds(o, "AEL", "N", "R07")
        self.holds(o, "AEG", "N")
        self.holds(o, "HYB", "G", "R22")
        self.holds(o, "NMT", "X", "R26")
        self.holds(o, "NZLT", "N", "R40")
        self.holds(o, "COL", "X")

    def test_T3_corner_house_1958_label_E(self):
        o = advice(typ="HOEK", bj=1958, lab="E", own="koop", net_status="geen", space_ground=60, d_rear=8)
        self.holds(o, "AEL", "N", "R06")
        self.holds(o, "AEG", "N")
        self.holds(o, "HYB", "N", "R23")
        for code in ("NMT", "NZLT", "COL"):
            self.holds(o, code, "X")

    def test_T4_row_house_1998_without_label(self):
        o = advice(typ="TUSSEN", bj=1998, d_rear=8, space_ground=15)
        self.holds(o, "AEL", "G", "R04")
        self.holds(o, "AEG", "M", "R17")
        self.holds(o, "HYB", "M", "R21")
        for code in ("NMT", "NZLT", "COL"):
            self.holds(o, code, "X")

    def test_T5_corporation_flat_1968_block_heating(self):
        o = advice(typ="FLAT", bj=1968, nvbo=96, lab="D", own="corp", block="ja",
                   net_soort="MT", net_status="gepland", net_start=2030, jaar=2026)
        self.holds(o, "AEL", "M", "R06", "R09")
        self.holds(o, "AEG", "M", "R16", "R09")
        self.holds(o, "HYB", "M", "R22", "R24", "R25")
        self.holds(o, "NMT", "G", "R29")
        self.holds(o, "NZLT", "X")
        self.holds(o, "COL", "N", "R45")

    def test_T6_vve_flat_above_a_garage_in_full(self):
        home = {"id": "T6", "bj": 1972, "typ": "FLAT", "nvbo": 24, "own": "vve", "block": "nee", "garage": "ja",
                "net_soort": "MT", "net_status": "gepland", "net_start": 2030}
        status, answers, messages = run(json.dumps(home) + "\n")
        self.assertEqual((status, messages), (0, ""))
        self.assertEqual(answers, [{"id": "T6", "opties": {
            "AEL": {"v": "M", "regels": ["R06", "R09", "R10", "R14"]},
            "AEG": {"v": "M", "regels": ["R16", "R09", "R10", "R49"]},
            "HYB": {"v": "M", "regels": ["R22", "R10", "R24", "R25"]},
            "NMT": {"v": "N", "regels": ["R30", "R10", "R49"]},
            "NLT": {"v": "X", "regels": ["R38", "R10"]},
            "NZLT": {"v": "X", "regels": ["R42", "R10"]},
            "COL": {"v": "N", "regels": ["R45", "R10", "R49"]},
            "GAS2": {"v": "X", "regels": ["R51"]},
            "BIO": {"v": "O", "regels": ["R52"]},
            "IR": {"v": "O", "regels": ["R53"]},
            "AIR": {"v": "O", "regels": ["R54"]},
            "NR_ISO": {"v": "G", "regels": ["R55", "R49", "R59"]},
            "NR_KOKEN": {"v": "G", "regels": ["R58"]}}}])

    def test_T7_vve_flat_1910_in_the_townscape(self):
        o = advice(typ="FLAT", bj=1910, nvbo=3, lab="F", own="vve", mon="bsg", net_status="geen", space_ground=0)
        self.holds(o, "AEL", "M", "R08", "R09")
        self.holds(o, "AEG", "O", "R17")
        self.holds(o, "HYB", "M", "R23", "R25")
        self.holds(o, "NMT", "X")
        self.holds(o, "NZLT", "X")
        self.holds(o, "COL", "M", "R47")

    def test_T8_semi_detached_1970_meets_the_standaard(self):
        o = advice(typ="2KAP", bj=1970, q=52, std=61, own="koop")
        self.holds(o, "AEL", "G", "R02")
        self.holds(o, "AEG", "G")
        self.holds(o, "HYB", "M", "R21")
        for code in ("NMT", "NZLT", "COL"):
            self.holds(o, code, "X")

    def test_T9_pand_without_year_and_label(self):
        o = advice()
        for code in ALL:
            self.exactly(o, code, "?", "R60")


class TestReadings(Case):
    def test_reading_01_missing_is_absent_null_another_type_or_an_unknown_code(self):
        whole = advice(typ="TUSSEN", bj=1935)
        self.holds(whole, "AEL", "M", "R08")
        for not_whole in (None, 1935.0, "1935", True, [1935], {"bj": 1935}):
            self.holds(advice(typ="TUSSEN", bj=not_whole), "AEL", "?", "R60")
        for no_code in ("c", "C ", "H", "", None, 3, True, ["C"]):
            self.holds(advice(bj=1935, lab=no_code), "AEL", "M", "R08")
        self.holds(advice(bj=1970, aangewezen_jaar=2031, jaar=2020.0), "HYB", "X", "R20")
        self.holds(advice(bj=1970, lab="A", woonfunctie="false"), "AEL", "G", "R03")
        self.holds(advice(bj=1970, q=True, std=57), "AEL", "N", "R06")

    def test_reading_02_a_test_on_a_missing_fact_is_false(self):
        o = advice(typ="FLAT", bj=1970, q=40, std=45, nvbo=24, cluster_gj=5000)
        self.exactly(o, "IR", "O", "R53")
        self.lacks(o, "COL", "R48")

    def test_reading_03_without_counts_and_distances(self):
        flat = advice(typ="FLAT", bj=1970, space_ground=2)
        self.exactly(flat, "COL", "?", "R60")
        self.exactly(flat, "AEG", "M", "R16", "R17")
        self.lacks(flat, "HYB", "R25")
        house = advice(typ="TUSSEN", bj=1970, net_soort="MT", net_status="gepland")
        self.exactly(house, "NMT", "G", "R31")
        self.exactly(house, "HYB", "G", "R22")
        self.exactly(house, "AEL", "N", "R06", "R14")
        self.exactly(house, "AEG", "N", "R16")

    def test_reading_04_label_known_year_missing(self):
        o = advice(typ="TUSSEN", lab="A", net_soort="LT", net_status="gepland")
        self.holds(o, "AEL", "?", "R60")
        self.exactly(o, "AEG", "?", "R60")
        self.exactly(o, "NLT", "M", "R37")
        self.exactly(o, "HYB", "G", "R22")
        self.exactly(o, "NR_ISO", "M", "R63")

    def test_reading_05_type_missing_or_at_odds_with_the_count(self):
        o = advice(bj=1970, nvbo=5, space_ground=5, d_rear=2, block="nee", d_net=90,
                   net_soort="MT", net_status="gepland")
        self.exactly(o, "COL", "?", "R60")
        self.exactly(o, "AEL", "N", "R06", "R14")
        self.exactly(o, "AEG", "M", "R16", "R17")
        self.exactly(o, "NMT", "G", "R31")
        self.exactly(advice(typ="VRIJ", nvbo=96, bj=1970), "COL", "X", "R43")
        self.exactly(advice(typ="FLAT", nvbo=1, bj=1970), "COL", "M", "R47")

    def test_reading_06_plus_letters_count_as_A(self):
        plain = advice(bj=2010, typ="TUSSEN", lab="A", net_soort="MT", net_status="gepland")
        self.holds(plain, "NMT", "M", "R28")
        for letter in ("A+", "A++", "A+++", "A++++"):
            self.assertEqual(advice(bj=2010, typ="TUSSEN", lab=letter, net_soort="MT", net_status="gepland"), plain)

    def test_reading_07_both_ends_belong_and_no_label_fails_every_letter_test(self):
        self.exactly(advice(bj=1975), "AEL", "N", "R05")
        self.exactly(advice(bj=1991), "AEL", "N", "R05")
        self.exactly(advice(bj=1992), "AEL", "G", "R04")
        self.exactly(advice(bj=2018), "AEL", "G", "R03")
        for letter, rule in (("E", "R46"), ("F", "R47"), ("G", "R47"), (None, "R46")):
            self.holds(advice(typ="FLAT", nvbo=8, bj=1970, lab=letter), "COL", "M" if rule == "R47" else "N", rule)

    def test_reading_08_compared_as_given(self):
        self.holds(advice(bj=1998, lab="B", q=57.5, std=57.5), "AEL", "G", "R02")
        self.holds(advice(bj=1998, lab="B", q=57.500001, std=57.5), "AEL", "G", "R04")
        self.holds(advice(bj=1998, lab="B", q=86.25, std=57.5), "AEL", "G", "R04")
        self.holds(advice(bj=1998, lab="B", q=86.250001, std=57.5), "AEL", "N", "R61")
        self.holds(advice(bj=1998, lab="B", q=500), "AEL", "G", "R04")

    def test_reading_09_q_counts_without_a_label(self):
        o = advice(typ="2KAP", bj=1970, q=52, std=61, net_soort="MT", net_status="gepland")
        self.holds(o, "AEL", "G", "R02")
        self.exactly(o, "NMT", "G", "R31")
        self.exactly(o, "AIR", "O", "R54")

    def test_reading_10_where_q_overrules_a_good_letter(self):
        above = advice(typ="TUSSEN", bj=1970, lab="A", q=80, std=57)
        self.exactly(above, "AEL", "G", "R03")
        self.exactly(above, "NR_ISO", "G", "R55", "R59")
        for kind, code, rule in (("LT", "NLT", "R35"), ("ZLT", "NZLT", "R39")):
            far = advice(typ="TUSSEN", bj=1970, lab="A", q=120, std=57, net_soort=kind, net_status="beschikbaar")
            self.holds(far, "AEL", "N", "R61")
            self.exactly(far, code, "G", rule)
        self.exactly(advice(typ="FLAT", nvbo=20, bj=1970, lab="B", q=120, std=45), "COL", "G", "R44")

    def test_reading_11_insulation_without_q_or_with_both(self):
        self.exactly(advice(bj=1970, lab="B", q=200), "NR_ISO", "M", "R63")
        self.exactly(advice(bj=2006), "NR_ISO", "M", "R63")
        self.exactly(advice(bj=2005), "NR_ISO", "G", "R55", "R59")
        self.exactly(advice(bj=1970, lab="G", q=57, std=57), "NR_ISO", "G", "R56")
        self.exactly(advice(bj=2020, lab="A", q=58, std=57), "NR_ISO", "G", "R55", "R59")

    def test_reading_12_done_is_G_and_not_needed_is_M_under_a_modifier_too(self):
        self.exactly(advice(bj=1970, q=50, std=57), "NR_ISO", "G", "R56")
        self.exactly(advice(bj=2010, own="vve"), "HYB", "M", "R21", "R10")
        self.exactly(advice(bj=2010, lab="A", own="vve", net_soort="MT", net_status="gepland"),
                     "NMT", "M", "R28", "R10")
        self.exactly(advice(bj=2010, mon="rm"), "NR_ISO", "M", "R63", "R11", "R57")

    def test_reading_13_where_the_standaard_counts_before_1946(self):
        old = advice(typ="FLAT", nvbo=20, bj=1945, q=90, std=95, area_m2=40, net_soort="LT", net_status="gepland")
        self.holds(old, "AEL", "M", "R07")
        self.exactly(old, "NLT", "N", "R36")
        self.exactly(old, "IR", "O", "R53")
        self.exactly(old, "COL", "G", "R44")
        self.exactly(old, "NR_ISO", "G", "R56")
        no_year = advice(typ="FLAT", nvbo=20, lab="G", q=40, std=45)
        self.exactly(no_year, "COL", "G", "R44")
        self.exactly(no_year, "NR_ISO", "G", "R56")

    def test_reading_14_confidence(self):
        for record, expected in (({"q": 50}, "hoog"), ({"q": 50, "lab": "C"}, "hoog"), ({"lab": "C"}, "midden"),
                                 ({"bj": 1970}, "laag"), ({"q": "50", "lab": "c"}, "laag")):
            facts, _ = advies.read_facts(record)
            self.assertEqual(advies.confidence(facts), expected, record)

    def test_reading_15_the_year_of_evaluation_in_R20_and_R24_only(self):
        for left, rule in ((-7, "R20"), (0, "R20"), (4, "R20"), (5, "R20"), (6, "R22")):
            self.assertEqual(advice(bj=1970, jaar=2030, aangewezen_jaar=2030 + left)["HYB"]["regels"], [rule])
        for left, rules in ((-7, ["R22", "R24"]), (10, ["R22", "R24"]), (11, ["R22"])):
            o = advice(bj=1970, jaar=2030, net_soort="MT", net_status="gepland", net_start=2030 + left)
            self.assertEqual(o["HYB"]["regels"], rules)
        self.assertEqual(advice(bj=2018, jaar=2060), advice(bj=2018))

    def test_reading_16_planned_stays_planned(self):
        o = advice(bj=1970, jaar=2026, net_soort="MT", net_status="gepland", net_start=2020, dens=5)
        self.exactly(o, "NMT", "M", "R31", "R34")
        self.exactly(o, "AEL", "N", "R06", "R14")

    def test_reading_17_no_status_is_no_network(self):
        for status in (None, "geen"):
            o = advice(typ="VRIJ", bj=1970, net_status=status, net_soort="MT", net_start=2027, d_net=90, dens=5)
            self.exactly(o, "NMT", "X", "R26")
            self.exactly(o, "NLT", "X", "R38")
            self.exactly(o, "NZLT", "X", "R42")
            self.exactly(o, "HYB", "G", "R22")

    def test_reading_18_under_study_or_kind_unknown(self):
        for status, kind in (("onderzoek", "MT"), ("onderzoek", None), ("gepland", None), ("beschikbaar", "HT")):
            o = advice(bj=1970, net_status=status, net_soort=kind)
            for code in ("NMT", "NLT", "NZLT"):
                self.exactly(o, code, "?", "R27")
        self.exactly(advice(net_status="onderzoek"), "NMT", "?", "R60")

    def test_reading_19_order_of_the_network_rules(self):
        self.exactly(advice(typ="FLAT", nvbo=30, block="ja", bj=2010, lab="A", net_soort="MT",
                            net_status="beschikbaar"), "NMT", "M", "R28")
        for letter in "FG":
            self.exactly(advice(typ="FLAT", nvbo=30, block="ja", bj=1970, lab=letter, net_soort="MT",
                                net_status="beschikbaar"), "NMT", "N", "R32")
        other = advice(bj=1970, net_soort="ZLT", net_status="gepland")
        self.exactly(other, "NMT", "X", "R26")
        self.exactly(other, "NLT", "X", "R38")
        self.exactly(other, "NZLT", "M", "R41")

    def test_reading_20_which_status_and_kind_a_modifier_asks_for(self):
        ready = advice(typ="VRIJ", bj=1970, net_soort="MT", net_status="beschikbaar", d_net=60, dens=5)
        self.exactly(ready, "NMT", "M", "R31", "R33")
        self.exactly(ready, "NLT", "X", "R38")
        self.exactly(ready, "AEL", "N", "R06")
        source = advice(typ="VRIJ", bj=1970, net_soort="ZLT", net_status="gepland", net_start=2027, d_net=60, dens=5)
        self.exactly(source, "AEL", "N", "R06")
        self.exactly(source, "HYB", "G", "R22")
        self.exactly(source, "NMT", "X", "R26", "R34")
        self.exactly(source, "NLT", "X", "R38", "R34")
        self.exactly(source, "NZLT", "M", "R41")
        self.exactly(advice(bj=1970, net_status="gepland", dens=5), "NMT", "?", "R27", "R34")

    def test_reading_21_the_home_test_covers_all_options_and_q_does_not_prevent_it(self):
        for record in ({"q": 40, "std": 57}, {"bj": 1998, "lab": "A", "woonfunctie": False}):
            o = advice(**record)
            self.assertEqual(set(o), ALL)
            for code in ALL:
                self.exactly(o, code, "?", "R60")

    def test_reading_22_R60_is_the_base_rule_where_no_other_matches(self):
        o = advice(typ="FLAT", lab="D")
        for code in ("AEL", "AEG", "COL"):
            self.exactly(o, code, "?", "R60")
        self.exactly(o, "HYB", "G", "R22")

    def test_reading_23_R20_and_R62_end_the_base_rules_of_HYB(self):
        more = {"typ": "FLAT", "nvbo": 9, "own": "vve", "mon": "rm", "net_soort": "LT", "net_status": "beschikbaar"}
        self.exactly(advice(bj=2022, aangewezen_jaar=2028, **more), "HYB", "X", "R20", "R10", "R11", "R24", "R25")
        self.exactly(advice(bj=2022, **more), "HYB", "X", "R62", "R10", "R11", "R24", "R25")

    def test_reading_24_AEG_takes_the_base_verdict_of_AEL(self):
        o = advice(typ="HOEK", bj=1998, d_rear=2, mon="rm")
        self.exactly(o, "AEL", "N", "R04", "R11", "R13")
        self.exactly(o, "AEG", "G", "R16")
        self.exactly(advice(typ="FLAT", nvbo=9, bj=1990, own="vve"), "AEG", "M", "R16", "R09", "R10")
        self.exactly(advice(bj=1990, lab="A", q=99, std=57), "AEG", "N", "R16")
        self.exactly(advice(lab="A"), "AEG", "?", "R60")

    def test_reading_25_R21_looks_at_AEL_after_its_modifiers(self):
        self.exactly(advice(typ="HOEK", bj=1998, d_rear=4), "HYB", "M", "R21")
        self.exactly(advice(typ="HOEK", bj=1998, d_rear=3.99), "HYB", "N", "R22", "R13")
        self.exactly(advice(typ="FLAT", nvbo=3, bj=1998), "HYB", "M", "R22", "R25")

    def test_reading_26_a_block_of_8_to_19_homes(self):
        for letter, expected in ((None, ("N", "R46")), ("A", ("N", "R46")), ("E", ("N", "R46")),
                                 ("F", ("M", "R47")), ("G", ("M", "R47"))):
            for nvbo in (8, 19):
                self.exactly(advice(typ="FLAT", nvbo=nvbo, bj=1970, lab=letter, q=40, std=45), "COL", *expected)

    def test_reading_27_R47_takes_what_is_left(self):
        for nvbo in (-3, 0, 1, 7):
            self.exactly(advice(typ="FLAT", nvbo=nvbo, bj=1970, lab="A"), "COL", "M", "R47")
        self.exactly(advice(typ="FLAT", nvbo=20, bj=1970, lab="F"), "COL", "M", "R47")

    def test_reading_28_R53_and_R54_always_match(self):
        self.exactly(advice(bj=1970, q=40, std=45, area_m2=60), "IR", "M", "R53")
        self.exactly(advice(bj=1970, q=40, std=45, area_m2=60.01), "IR", "O", "R53")
        self.exactly(advice(bj=2022), "IR", "O", "R53")
        self.exactly(advice(bj=1970, lab="B"), "AIR", "M", "R54")
        self.exactly(advice(bj=2022), "AIR", "O", "R54")

    def test_reading_29_a_modifier_only_makes_worse(self):
        self.exactly(advice(typ="TUSSEN", bj=1930, mon="gm"), "AEL", "M", "R08", "R12")
        self.exactly(advice(bj=2010, gw_bescherming=True, archeologie_hoog=True), "AEG", "O", "R16", "R18", "R19")
        self.exactly(advice(lab="C", gw_bescherming=True), "AEG", "?", "R60", "R18")

    def test_reading_30_ids_are_listed_where_they_change_nothing(self):
        o = advice(typ="TUSSEN", bj=1900, woonfunctie=False, own="vve", mon="rm", d_rear=2, garage="ja",
                   net_soort="MT", net_status="gepland", net_start=2030, d_net=90, dens=9)
        self.exactly(o, "AEL", "?", "R60", "R10", "R11", "R13", "R14")
        self.exactly(o, "HYB", "?", "R60", "R10", "R11", "R13", "R24")
        self.exactly(o, "NMT", "?", "R60", "R10", "R33", "R34", "R49")
        self.exactly(o, "NLT", "?", "R60", "R10", "R34")
        self.exactly(o, "NR_ISO", "?", "R60", "R11", "R57", "R49")

    def test_reading_31_who_owns(self):
        vve = advice(typ="VRIJ", bj=1970, own="vve", block="ja")
        with_r10 = {code for code in ALL if "R10" in vve[code]["regels"]}
        self.assertEqual(with_r10, {"AEL", "AEG", "HYB", "NMT", "NLT", "NZLT", "COL"})
        for own in ("koop", "onb", None):
            self.assertEqual(advice(typ="FLAT", bj=1970, own=own, block="ja"), advice(typ="FLAT", bj=1970, block="ja"))
        for own, last in (("corp", "R50"), ("part_huur", "R15")):
            o = advice(typ="FLAT", nvbo=20, bj=1970, own=own, block="ja")
            for code in ALL:
                self.assertIn("R15", o[code]["regels"])
            self.assertEqual(o["COL"]["regels"][-1], last)

    def test_reading_32_R11_is_one_match(self):
        for sizes, verdict in (({}, "N"), ({"space_ground": 1, "d_rear": 1}, "N"), ({"space_ground": 0.99}, "M"),
                               ({"d_rear": 0.99}, "M"), ({"space_ground": 0.5, "d_rear": 9}, "M")):
            self.exactly(advice(typ="VRIJ", bj=2010, mon="rm", **sizes), "AEL", verdict, "R03", "R11")

    def test_reading_33_the_O_of_R17_needs_a_flat_and_a_known_small_count(self):
        for record, verdict in (({"typ": "FLAT", "nvbo": 2}, "O"), ({"typ": "FLAT", "nvbo": 7}, "O"),
                                ({"typ": "FLAT", "nvbo": 8}, "M"), ({"typ": "FLAT"}, "M"),
                                ({"typ": "HOEK", "nvbo": 1}, "M"), ({"nvbo": 2}, "M")):
            self.holds(advice(bj=2010, space_ground=19.9, **record), "AEG", verdict, "R17")

    def test_reading_34_R49_modifier_for_AEG_info_elsewhere(self):
        o = advice(typ="FLAT", nvbo=2, bj=2010, lab="B", garage="ja", own="corp", net_soort="MT", net_status="gepland")
        self.exactly(o, "AEG", "M", "R16", "R49", "R15")
        self.exactly(o, "NMT", "N", "R30", "R15", "R49")
        self.exactly(o, "COL", "M", "R47", "R15", "R49")
        self.exactly(o, "NR_ISO", "M", "R63", "R15", "R49")
        self.assertEqual({code for code in ALL if "R49" in o[code]["regels"]}, {"AEG", "NMT", "COL", "NR_ISO"})

    def test_reading_35_R11_and_R57_both_on_insulation(self):
        self.exactly(advice(bj=1890, q=80, std=90, mon="rm"), "NR_ISO", "N", "R56", "R11", "R57")
        o = advice(bj=1890, mon="rm")
        self.exactly(o, "NR_ISO", "N", "R55", "R11", "R57", "R59")
        self.exactly(o, "NR_KOKEN", "G", "R58")

    def test_reading_36_R48_and_R50_whatever_the_type(self):
        o = advice(typ="HOEK", bj=1970, cluster_gj=2000, cluster_homes=100, block="ja", own="vve")
        self.exactly(o, "COL", "X", "R43", "R10", "R48", "R50")
        self.exactly(advice(typ="HOEK", bj=1970, cluster_gj=1999.9, cluster_homes=100), "COL", "X", "R43")
        self.exactly(advice(typ="HOEK", bj=1970, cluster_gj=2000, cluster_homes=99), "COL", "X", "R43")

    def test_reading_37_ventilation_with_R55_only(self):
        for record, listed in (({"bj": 1970}, True), ({"bj": 1970, "q": 50, "std": 57}, False),
                               ({"bj": 2010}, False), ({}, False)):
            self.assertEqual("R59" in advice(**record)["NR_ISO"]["regels"], listed, record)

    def test_reading_38_base_then_modifiers_then_infos(self):
        base = {"R01", "R02", "R03", "R04", "R05", "R06", "R07", "R08", "R61", "R16", "R20", "R62", "R21", "R22",
                "R23", "R26", "R27", "R28", "R29", "R30", "R31", "R32", "R35", "R36", "R37", "R38", "R39", "R40",
                "R41", "R42", "R43", "R44", "R45", "R46", "R47", "R51", "R52", "R53", "R54", "R55", "R56", "R63",
                "R58", "R60"}
        infos = {"R14", "R15", "R48", "R50", "R59"}
        for line in woningen.homes(400, seed=38):
            facts, _ = advies.read_facts(advies.read_record(line.encode()))
            for code, got in advies.advise(facts).items():
                first, *rest = got["regels"]
                informs = [rule for rule in rest if rule in infos or (rule == "R49" and code != "AEG")]
                raises = [rule for rule in rest if rule not in informs]
                self.assertIn(first, base)
                self.assertTrue(base.isdisjoint(rest), got)
                self.assertEqual(rest, sorted(set(raises)) + sorted(set(informs)), f"{code} of {line}")

    def test_reading_39_the_best_option(self):
        def home(**verdicts):
            return {code: {"v": verdicts.get(code, "X")} for code in advies.OPTIONS}
        self.assertEqual(advies.best_option(home(AEL="N", NMT="G", HYB="G", IR="G", NR_ISO="G"), {}), "NMT")
        self.assertEqual(advies.best_option(home(AEG="N", COL="N"), {}), "AEG")
        self.assertEqual(advies.best_option(home(AEG="N", COL="N"), {"AEG": 2100, "COL": 1700}), "COL")
        self.assertEqual(advies.best_option(home(AEG="N", COL="N"), {"AEG": 1700, "COL": 1700}), "AEG")
        self.assertEqual(advies.best_option(home(AEG="M", COL="N"), {"AEG": 1, "COL": 1700}), "COL")
        self.assertIsNone(advies.best_option(home(AEL="?", AEG="O", HYB="G", AIR="M"), {}))


class TestWholeTable(Case):
    def test_better_insulation_never_lowers_the_suitability(self):
        letters = "GFEDCBA"  # from poor to good
        demands = (200, 100, 90, 70, 60, 40)  # around a Standaard of 60
        worse = {verdict: place for place, verdict in enumerate("GNMOX")}
        for bj in (1900, 1945, 1946, 1974, 1975, 1991, 1992, 2005, 2006, 2018, 2019):
            for kind in ("LT", "ZLT"):
                grid = {(letter, q): advice(typ="FLAT", nvbo=2, bj=bj, lab=letter, q=q, std=60,
                                            net_soort=kind, net_status="beschikbaar")
                        for letter in letters for q in demands}
                for (letter, q), here in grid.items():
                    for (better, lower), there in grid.items():
                        if letters.index(better) < letters.index(letter) or lower > q:
                            continue
                        for code in ("AEL", "AEG", "NLT", "NZLT"):
                            self.assertLessEqual(worse[there[code]["v"]], worse[here[code]["v"]],
                                                 f"{code} {bj} {letter}/{q} to {better}/{lower}")

    def test_the_generator_repeats_itself_and_reaches_every_rule_of_the_worked_homes(self):
        lines = list(woningen.homes(3000, seed=4))
        self.assertEqual(lines, list(woningen.homes(3000, seed=4)))
        self.assertNotEqual(lines, list(woningen.homes(3000, seed=5)))
        seen = set()
        for line in lines:
            facts, _ = advies.read_facts(advies.read_record(line.encode()))
            for code, got in advies.advise(facts).items():
                seen |= {(code, got["v"])} | {(code, rule) for rule in got["regels"]}
        wanted = set()
        for _, expected in worked_homes():
            for code, got in expected["opties"].items():
                wanted |= {(code, got["v"])} | {(code, rule) for rule in got["regels"]}
        self.assertEqual(wanted - seen, set())


def worked_homes():
    homes = (HERE / "voorbeelden.ndjson").read_text(encoding="utf-8").splitlines()
    expected = (HERE / "voorbeelden-advies.ndjson").read_text(encoding="utf-8").splitlines()
    return [(json.loads(home), json.loads(advice)) for home, advice in zip(homes, expected, strict=True)]


class TestWorkedHomes(Case):
    def test_the_advice_is_the_expected_one(self):
        status, answers, _ = run((HERE / "voorbeelden.ndjson").read_text(encoding="utf-8"))
        self.assertEqual(status, 0)
        for (_, expected), answer in zip(worked_homes(), answers, strict=True):
            self.assertEqual(answer, expected)

    def test_each_home_shows_what_its_id_says(self):
        """An id reads words:L19:NZLT=N:R40:!R34 - reading 19, verdict N with R40 and without R34."""
        readings, ids = set(), set()
        for home, expected in worked_homes():
            self.assertEqual(home["id"], expected["id"])
            ids.add(home["id"])
            code, claims = None, 0
            for part in home["id"].split(":")[1:]:
                if part[0] == "L":
                    readings.add(int(part[1:]))
                elif "=" in part:
                    code, verdict = part.split("=")
                    self.holds(expected["opties"], code, verdict)
                    claims += 1
                elif part[0] == "!":
                    self.lacks(expected["opties"], code, part[1:])
                else:
                    self.assertIn(part, expected["opties"][code]["regels"], home["id"])
            self.assertGreater(claims, 0, home["id"])
        self.assertEqual(readings, set(range(1, 39)))
        self.assertEqual(len(ids), len(worked_homes()))


class TestLines(Case):
    def test_a_line_without_a_home_answers_in_its_place_and_the_rest_goes_on(self):
        good = '{"id":"%s","bj":1998}'
        for bad in ("[]", "12", "{", '{"bj":1998}', '{"id":7}', '{"id":null}', '{"id":"w","q":NaN}', "{'id':'w'}",
                    '{"id":"w\udcff"}', '{"id":"w"}{"id":"x"}', '{"id":"w","bj":01998}'):
            status, answers, _ = run("\n".join((good % "eerste", "  ", bad, good % "laatste", "")))
            self.assertEqual(status, 2, bad)
            self.assertEqual([answer.get("id") for answer in answers], ["eerste", None, "laatste"], bad)
            self.assertEqual(answers[1].keys(), {"error", "line"}, bad)
            self.assertEqual(answers[1]["line"], 3, bad)

    def test_a_fault_in_a_value_is_a_message_and_never_an_error(self):
        digits = "9" * 5000
        status, answers, messages = run('{"id":"é\\u0000 🏠","bj":%s,"lab":"geen","q":1e400,"dens":-%s}\r\n'
                                        % (digits, digits))
        self.assertEqual(status, 0)
        self.assertEqual(answers[0]["id"], "é\0 🏠")
        self.exactly(answers[0]["opties"], "AEL", "G", "R01")
        self.assertIn("lab", messages)
        self.assertNotIn("bj", messages)

    def test_keys_in_any_order_unknown_keys_and_the_last_of_a_key_given_twice(self):
        status, answers, _ = run('{"ID":1,"bj":1900,"lab":"C","straat":{"bj":2020},"id":"w","bj":1980}')
        self.assertEqual(status, 0)
        self.assertEqual(answers, [{"id": "w", "opties": advice(bj=1980, lab="C")}])


if __name__ == "__main__":
    unittest.main()
