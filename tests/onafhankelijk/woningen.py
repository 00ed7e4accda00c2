"""Random and adversarial homes as NDJSON: python3.11 woningen.py N --seed S [--broken P]

The same N, seed and P give the same bytes. Every value is a JSON text, so that
1935.0, 1e3 and numbers of any size reach the reader as written here. Around a
quarter of the homes carry faults in values; P is the share of lines that hold no
home at all (default 0). Standaard values are whole or end in .5, so 1.5 times
one is exact in a double and "exactly 1.5 times" has one meaning.
"""

import argparse
import json
import random
import sys

YEARS = (1900, 1935, 1944, 1945, 1946, 1958, 1973, 1974, 1975, 1976, 1990, 1991, 1992,
         1998, 2004, 2005, 2006, 2007, 2012, 2017, 2018, 2019, 2020, 2024)
LETTERS = ("A++++", "A+++", "A++", "A+", "A", "B", "C", "D", "E", "F", "G")
GROUND_BOUND = ("VRIJ", "2KAP", "HOEK", "TUSSEN")
CODES = {
    "typ": GROUND_BOUND + ("FLAT",),
    "own": ("koop", "vve", "corp", "part_huur", "onb"),
    "lab": LETTERS,
    "mon": ("rm", "gm", "bsg", "geen"),
    "block": ("ja", "nee", "onb"),
    "garage": ("ja", "nee", "onb"),
    "net_soort": ("MT", "LT", "ZLT"),
    "net_status": ("beschikbaar", "gepland", "onderzoek", "geen"),
}
WHOLE = ("bj", "nvbo", "net_start", "aangewezen_jaar", "cluster_homes", "jaar")
NUMBER = ("q", "std", "d_net", "dens", "space_ground", "d_rear", "area_m2", "cluster_gj")
TRUE_FALSE = ("gw_bescherming", "archeologie_hoog", "woonfunctie")

# Values at, just below and just above each threshold of a fact that stands alone.
EDGES = {
    "d_net": ("0", "12.5", "49.99", "50", "50.0", "50.01", "50.00000001", "5e1", "400"),
    "dens": ("0", "8", "19.9", "19.999999", "20", "20.0", "20.1", "45", "2E1"),
    "space_ground": ("0", "0.5", "0.99", "1", "1.0", "1.01", "7", "19.9", "20", "20.1", "60"),
    "d_rear": ("0", "0.5", "0.99", "1", "1.01", "3.99", "3.9999999", "4", "4.0", "4.01", "9"),
    "area_m2": ("24", "59.99", "60", "60.0", "60.01", "60.0000001", "105", "6e1"),
    "cluster_gj": ("0", "1999.9", "1999.999999", "2000", "2e3", "2000.1", "5400"),
    "cluster_homes": ("0", "1", "99", "100", "101", "340"),
}
NVBO = ("0", "1", "2", "3", "7", "8", "9", "19", "20", "21", "96")
HUGE = ("1e308", "-1e308", "123456789012345678901234567890", "-99999999999999999999",
        "9223372036854775807", "9223372036854775808", "-9223372036854775809",
        "18446744073709551616", "1e400", "-1E+400", "1" + "0" * 400, "1e-400", "1e-320", "-0", "-0.0", "0", "-1", "-4.5")
WRONG = ("null", "true", "false", '""', '"ja"', '"1935"', '"geen"', '"none"', "[]", "{}",
         "[1935]", '{"waarde":1}', "1935.0", "1e3", "1.935E3", "2026.0", "20.0", "3.5")
WRONG_CODES = {
    "typ": ("flat", "Flat", "FLAT-L", "FLAT-H", "2kap", " VRIJ", "FLAT ", "PORTIEK", "TUSSEN\u0000"),
    "own": ("VVE", "vve ", "huur", "corporatie", "Koop"),
    "lab": ("b", "A+++++", "H", "none", "geen", "Α", "B ", "A +", "AB"),
    "mon": ("RM", "ja", "rijksmonument", "bsg "),
    "block": ("JA", "Ja", "j", "true"),
    "garage": ("JA", "yes", "ja "),
    "net_soort": ("mt", "HT", "LT ", "MT,LT", "WKO"),
    "net_status": ("Gepland", "gepland ", "bestaand", "onb"),
}
ID_PARTS = ("rij", "flat", "hoek", "Ramplaan 12-A", "é", "e\u0301", "Fryslân", "東京", "🏠",
            "\u200d", "\u202e", "\u2028", "\u0085", "\ufeff", "\\", "\"", "/", "\n", "\t", "\u0000", " ",
            "0392100000012345", "ß", "Ĳ", "null", "{}")


def text(value, escape):
    return json.dumps(value, ensure_ascii=escape)


def pick_year(r):
    return r.choice(YEARS) if r.random() < 0.8 else r.randint(1600, 2030)


def heat_demand(r, home):
    """q and Standaard: below, equal, above, at 1.5 times, a hair above that, apart."""
    standaard = r.choice((43, 45, 57, 60, 61, 78, 84, 95, 57.5, 84.5))
    ratio = r.choice(("under", "hair_under", "equal", "hair_above", "between",
                      "exactly_1.5", "hair_above_1.5", "hair_under_1.5", "far_above"))
    q = {
        "under": standaard - 9,
        "hair_under": standaard - 0.0001,
        "equal": standaard,
        "hair_above": standaard + 0.0001,
        "between": standaard + 8,
        "exactly_1.5": 1.5 * standaard,
        "hair_above_1.5": 1.5 * standaard + 0.0001,
        "hair_under_1.5": 1.5 * standaard - 0.0001,
        "far_above": 2 * standaard + 40,
    }[ratio]
    home["q"], home["std"] = repr(q), repr(standaard)
    lost = r.random()
    if lost < 0.08:
        del home["q"]
    elif lost < 0.16:
        del home["std"]


def network(r, home, year):
    home["net_status"] = text(r.choices(CODES["net_status"], (30, 45, 12, 8))[0], False)
    if r.random() < 0.93:
        home["net_soort"] = text(r.choice(CODES["net_soort"]), False)
    if r.random() < 0.8:
        home["net_start"] = str(year + r.choice((-3, -1, 0, 1, 4, 9, 10, 11, 24)))
    for key in ("d_net", "dens"):
        if r.random() < 0.6:
            home[key] = r.choice(EDGES[key])


def plausible_home(r):
    """A home with facts that a register could give; any of them may be absent."""
    home = {}
    year = 2026
    if r.random() < 0.3:
        year = r.choice((2020, 2025, 2026, 2027, 2031, 2040))
        home["jaar"] = str(year)
    if r.random() < 0.93:
        home["bj"] = str(pick_year(r))
    if r.random() < 0.6:
        home["lab"] = text(r.choices(LETTERS, (1, 1, 1, 2, 6, 8, 8, 6, 5, 4, 4))[0], False)
    if r.random() < 0.45:
        heat_demand(r, home)
    if r.random() < 0.95:
        home["typ"] = text(r.choices(CODES["typ"], (12, 12, 14, 16, 50))[0], False)
    is_flat = home.get("typ") == '"FLAT"'
    if r.random() < 0.85:
        contradicts = r.random() < 0.1
        home["nvbo"] = r.choice(NVBO) if is_flat != contradicts else "1"
    if r.random() < 0.85:
        home["own"] = text(r.choices(CODES["own"], (30, 35, 20, 10, 5))[0], False)
    if r.random() < 0.5:
        home["mon"] = text(r.choices(CODES["mon"], (30, 15, 15, 20))[0], False)
    for key, share in (("block", 0.55), ("garage", 0.4)):
        if r.random() < share:
            home[key] = text(r.choices(CODES[key], (50, 35, 15))[0], False)
    if r.random() < 0.75:
        network(r, home, year)
    for key, share in (("space_ground", 0.6), ("d_rear", 0.6), ("area_m2", 0.5),
                       ("cluster_gj", 0.45), ("cluster_homes", 0.5)):
        if r.random() < share:
            home[key] = r.choice(EDGES[key])
    if r.random() < 0.15:
        home["aangewezen_jaar"] = str(year + r.choice((-30, -1, 0, 4, 5, 6, 7, 12)))
    for key, share in (("gw_bescherming", 0.15), ("archeologie_hoog", 0.2)):
        if r.random() < share:
            home[key] = r.choice(("true", "true", "false"))
    if r.random() < 0.1:
        home["woonfunctie"] = r.choice(("true", "true", "false"))
    return home


def interacting_flat(r):
    """VvE x monument x flat x network x status: every fact that can meet another is there."""
    home = {
        "typ": '"FLAT"', "bj": str(r.choice(YEARS)), "nvbo": r.choice(NVBO),
        "own": text(r.choice(("vve", "vve", "corp", "koop")), False),
        "mon": text(r.choice(CODES["mon"]), False),
        "block": text(r.choice(CODES["block"]), False),
        "garage": text(r.choice(("ja", "nee")), False),
        "net_soort": text(r.choice(CODES["net_soort"]), False),
        "net_status": text(r.choice(CODES["net_status"]), False),
        "net_start": str(r.choice((2024, 2030, 2035, 2036, 2037))),
        "space_ground": r.choice(EDGES["space_ground"]),
        "d_rear": r.choice(EDGES["d_rear"]),
        "dens": r.choice(EDGES["dens"]),
    }
    if r.random() < 0.6:
        home["lab"] = text(r.choice(LETTERS), False)
    if r.random() < 0.5:
        heat_demand(r, home)
    if r.random() < 0.2:
        home["aangewezen_jaar"] = str(r.choice((2019, 2030, 2031, 2032)))
    return home


def spoil(r, home):
    """Turns one to four facts into something a reader may trip over."""
    for key in r.sample(WHOLE + NUMBER + TRUE_FALSE + tuple(CODES), r.randint(1, 4)):
        kind = r.random()
        if kind < 0.2:
            home[key] = "null"
        elif kind < 0.35:
            home.pop(key, None)
        elif key in CODES and kind < 0.75:
            home[key] = text(r.choice(WRONG_CODES[key]), r.random() < 0.5)
        elif key in WHOLE + NUMBER and kind < 0.6:
            home[key] = r.choice(HUGE)
        elif key == "bj" and kind < 0.8:
            home[key] = r.choice(("1945.0", "2019.0", "1.945e3", "-500", "0", "99999"))
        else:
            home[key] = r.choice(WRONG)


def identity(r, number):
    if r.random() < 0.85:
        return f'"w{number}"'
    parts = "".join(r.choice(ID_PARTS) for _ in range(r.randint(1, 4)))
    return text(f"{parts}#{number}", r.random() < 0.5)


def line_of(r, home, number):
    """One line: keys in any order, now and then unknown keys, a key twice, or spaces."""
    pairs = [("id", identity(r, number)), *home.items()]
    if r.random() < 0.1:
        pairs.append((r.choice(("straat", "ID", "Bj", "label", "v", "")),
                      r.choice(('"Kruisweg"', "12", "null", '{"bj":1900,"id":7}', '["lab","G"]', "1e2"))))
    r.shuffle(pairs)
    if r.random() < 0.04:  # a key twice: the last one counts
        key, value = r.choice(pairs)
        earlier = r.choice(("null", "1935", '"A"', value))
        pairs.insert(0, (key, earlier))
    gap = r.choice(("", "", "", " ", "\t"))
    body = f",{gap}".join(f"{text(key, r.random() < 0.05)}{gap}:{gap}{value}" for key, value in pairs)
    return "{" + body + "}" + r.choice(("", "", "", " ", "\r"))


def broken_line(r, home, number):
    """A line that holds no home, or nothing at all."""
    whole = line_of(r, home, number).strip()
    return r.choice((
        "", "  ", "\t", "null", "[]", "12", '"w1"', "{", "}", "{}", "NaN", "nee",
        '{"id":7}', '{"id":null,"bj":1935}', '{"id":["w"]}', '{"bj":1998,"typ":"FLAT"}',
        '{"Id":"w"}', "{'id':'w'}", '{"id":"w","q":NaN}', '{"id":"w","q":Infinity}',
        '{"id":"w","bj":01935}', '{"id":"w","bj":+1935}', '{"id":"w","q":.5}', '{"id":"w","q":5.}',
        '{"id":"w","bj":1935,}', '{"id":"w" "bj":1935}', '{"id":"w\x01"}', '{"id":"\\q"}',
        '{"id":"w\udcff"}',  # written as the byte FF, which is not UTF-8
        whole[:-1], whole + "}", whole + whole, f"[{whole}]",
    ))


def homes(count, seed, broken=0.0):
    """The lines, without their line ends."""
    r = random.Random(seed)
    for number in range(1, count + 1):
        home = interacting_flat(r) if r.random() < 0.3 else plausible_home(r)
        if r.random() < 0.25:
            spoil(r, home)
        if r.random() < broken:
            yield broken_line(r, home, number)
        else:
            yield line_of(r, home, number)


def main():
    arguments = argparse.ArgumentParser(description="Random and adversarial homes as NDJSON.")
    arguments.add_argument("count", type=int)
    arguments.add_argument("--seed", type=int, default=1)
    arguments.add_argument("--broken", type=float, default=0.0,
                           help="share of lines that hold no home, 0 to 1")
    chosen = arguments.parse_args()
    for line in homes(chosen.count, chosen.seed, chosen.broken):
        sys.stdout.buffer.write(line.encode("utf-8", "surrogateescape") + b"\n")


if __name__ == "__main__":
    main()
