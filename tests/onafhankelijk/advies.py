"""Second, independent implementation of the rule table, to lay beside it.

Reads homes as NDJSON on stdin and writes one advice per home as NDJSON on stdout.
Every function below is one option; inside it the rules stand in the order of the
table: base rules (the first match gives the verdict), then modifiers (raise the
verdict), then infos (add a reason only). Standard library only.

Three conventions keep the rules short:
* a missing fact is None;
* every test on a missing fact is false (reading 2), which the small functions
  at_least, at_most, ... see to;
* "no label" is written no_label(f), because every other label test is false without one.
"""

import json
import sys

# What a key may hold (the input record). "whole" and "number" are explained at read_value.
WHOLE = ("bj", "nvbo", "net_start", "aangewezen_jaar", "cluster_homes", "jaar")
NUMBER = ("q", "std", "d_net", "dens", "space_ground", "d_rear", "area_m2", "cluster_gj")
TRUE_FALSE = ("gw_bescherming", "archeologie_hoog", "woonfunctie")
CODES = {
    "typ": ("VRIJ", "2KAP", "HOEK", "TUSSEN", "FLAT"),
    "own": ("koop", "vve", "corp", "part_huur", "onb"),
    "lab": ("A++++", "A+++", "A++", "A+", "A", "B", "C", "D", "E", "F", "G"),
    "mon": ("rm", "gm", "bsg", "geen"),
    "block": ("ja", "nee", "onb"),
    "garage": ("ja", "nee", "onb"),
    "net_soort": ("MT", "LT", "ZLT"),
    "net_status": ("beschikbaar", "gepland", "onderzoek", "geen"),
}
# The last column of the input record: what holds when the fact is missing.
WHEN_MISSING = {
    "own": "onb",
    "mon": "geen",
    "block": "onb",
    "garage": "onb",
    "net_status": "geen",
    "gw_bescherming": False,
    "archeologie_hoog": False,
    "woonfunctie": True,
    "jaar": 2026,
}
OPTIONS = ("AEL", "AEG", "HYB", "NMT", "NLT", "NZLT", "COL",
           "GAS2", "BIO", "IR", "AIR", "NR_ISO", "NR_KOKEN")
SEVERITY = "GNMOX"  # from suitable to not available; "?" stands outside it
LETTERS = "ABCDEFG"


# ---------------------------------------------------------------- facts

def to_number(value):
    """A JSON number as a double; beyond the range of a double it is infinite."""
    try:
        return float(value)
    except OverflowError:
        return float("inf") if value > 0 else float("-inf")


def read_value(key, value):
    """The value of one fact, or None when it is of another type or an unknown code.

    "whole" is a JSON number without fraction or exponent: 1935.0 and 1e3 are not
    whole (the json module makes them float). true and false are no numbers.
    """
    if key in WHOLE:
        return value if type(value) is int else None
    if key in NUMBER:
        return to_number(value) if type(value) in (int, float) else None
    if key in TRUE_FALSE:
        return value if type(value) is bool else None
    if type(value) is str and value in CODES[key]:
        return value
    return None


def read_facts(record):
    """All facts of one home, and the keys whose value could not be used (reading 1)."""
    facts, unusable = {}, []
    for key in WHOLE + NUMBER + TRUE_FALSE + tuple(CODES):
        value = record.get(key)
        fact = None if value is None else read_value(key, value)
        if value is not None and fact is None:
            unusable.append(key)
        if fact is None:
            fact = WHEN_MISSING.get(key)
        facts[key] = fact
    if facts["lab"] is not None:
        facts["lab"] = facts["lab"][0]  # reading 6: A+ to A++++ count as A
    return facts, unusable


# ---------------------------------------------------------------- tests on facts

def at_least(value, limit):
    return value is not None and value >= limit


def at_most(value, limit):
    return value is not None and value <= limit


def below(value, limit):
    return value is not None and value < limit


def above(value, limit):
    return value is not None and value > limit


def between(value, first, last):
    """Both ends belong to it (reading 7)."""
    return value is not None and first <= value <= last


def no_label(f):
    return f["lab"] is None


def label_or_better(f, letter):
    return f["lab"] is not None and LETTERS.index(f["lab"]) <= LETTERS.index(letter)


def label_or_worse(f, letter):
    return f["lab"] is not None and LETTERS.index(f["lab"]) >= LETTERS.index(letter)


def label_between(f, best, worst):
    return label_or_worse(f, best) and label_or_better(f, worst)


def no_q(f):
    return f["q"] is None or f["std"] is None


def meets_standaard(f):
    return not no_q(f) and f["q"] <= f["std"]


def misses_standaard(f):
    return not no_q(f) and f["q"] > f["std"]


def far_above_standaard(f):
    return not no_q(f) and f["q"] > 1.5 * f["std"]


def flat(f):
    return f["typ"] == "FLAT"


def ground_bound(f):
    return f["typ"] in ("VRIJ", "2KAP", "HOEK", "TUSSEN")


def net(f, kind):
    """net MT, net LT or net ZLT: of that kind, and available or planned."""
    return f["net_soort"] == kind and f["net_status"] in ("beschikbaar", "gepland")


def too_little_known(f):
    """R60, the test of the home as a whole."""
    return (f["bj"] is None and no_label(f)) or f["woonfunctie"] is False


# ---------------------------------------------------------------- one option

def option(base, verdict, modifiers, infos):
    """Readings 29, 30 and 38: base rule, modifiers and infos by ascending id."""
    if verdict not in ("?", "X"):
        for _, at_least_this in modifiers:
            if SEVERITY.index(at_least_this) > SEVERITY.index(verdict):
                verdict = at_least_this
    return {"v": verdict, "regels": [base] + [rule for rule, _ in modifiers] + infos}


def tenant(f):
    """R15, an info on all 13 options."""
    if f["own"] in ("corp", "part_huur"):
        return ["R15"]
    return []


def ael_base(f):
    """R01-R08 and R61. Returns rule and verdict."""
    bj = f["bj"]
    if too_little_known(f):
        return "R60", "?"
    if at_least(bj, 2019):
        return "R01", "G"
    if meets_standaard(f) and above(bj, 1945):
        return "R02", "G"
    if above(bj, 1945) and far_above_standaard(f) and label_or_better(f, "B"):
        return "R61", "N"
    if label_or_better(f, "A") and above(bj, 1945):
        return "R03", "G"
    if between(bj, 2006, 2018) and (no_label(f) or label_or_better(f, "B")):
        return "R03", "G"
    if label_between(f, "B", "B") and above(bj, 1945):
        return "R04", "G"
    if between(bj, 1992, 2005) and no_label(f):
        return "R04", "G"
    if at_least(bj, 1975) and label_between(f, "C", "D"):
        return "R05", "N"
    if between(bj, 1975, 1991) and no_label(f):
        return "R05", "N"
    if between(bj, 1946, 1974):
        return "R06", "N"
    if label_between(f, "C", "G") and above(bj, 1945):
        return "R06", "N"
    if at_most(bj, 1945) and (meets_standaard(f) or label_or_better(f, "C")):
        return "R07", "N"
    if at_most(bj, 1945):
        return "R08", "M"
    return "R60", "?"


def ael(f):
    base, verdict = ael_base(f)
    modifiers, infos = [], []
    if flat(f) and at_least(f["nvbo"], 3):
        modifiers.append(("R09", "M"))
    if f["own"] == "vve":
        modifiers.append(("R10", "N"))
    if f["mon"] == "rm":
        if below(f["space_ground"], 1) or below(f["d_rear"], 1):
            modifiers.append(("R11", "M"))
        else:
            modifiers.append(("R11", "N"))
    if f["mon"] in ("gm", "bsg"):
        modifiers.append(("R12", "N"))
    if f["typ"] in ("TUSSEN", "HOEK") and below(f["d_rear"], 4):
        modifiers.append(("R13", "N"))
    if f["net_soort"] in ("MT", "LT") and f["net_status"] == "gepland":
        infos.append("R14")
    infos += tenant(f)
    return option(base, verdict, modifiers, infos)


def aeg(f):
    rule_of_ael, verdict_of_ael = ael_base(f)
    modifiers = []
    if rule_of_ael == "R60":
        base, verdict = "R60", "?"
    else:
        base, verdict = "R16", verdict_of_ael
    if flat(f) and at_least(f["nvbo"], 3):
        modifiers.append(("R09", "M"))
    if f["own"] == "vve":
        modifiers.append(("R10", "N"))
    if below(f["space_ground"], 20):
        if flat(f) and below(f["nvbo"], 8):
            modifiers.append(("R17", "O"))
        else:
            modifiers.append(("R17", "M"))
    if f["gw_bescherming"]:
        modifiers.append(("R18", "O"))
    if f["archeologie_hoog"]:
        modifiers.append(("R19", "M"))
    if f["garage"] == "ja":
        modifiers.append(("R49", "M"))
    return option(base, verdict, modifiers, tenant(f))


def hyb_base(f):
    bj = f["bj"]
    if too_little_known(f):
        return "R60", "?"
    if f["aangewezen_jaar"] is not None and f["aangewezen_jaar"] - f["jaar"] <= 5:
        return "R20", "X"
    if at_least(bj, 2019):
        return "R62", "X"
    if at_least(bj, 2006) or ael(f)["v"] == "G":  # AEL after R09-R13
        return "R21", "M"
    if label_or_better(f, "D"):
        return "R22", "G"
    if no_label(f) and between(bj, 1946, 2005):
        return "R22", "G"
    if label_between(f, "E", "G"):
        return "R23", "N"
    if at_most(bj, 1945) and no_label(f):
        return "R23", "N"
    return "R60", "?"


def hyb(f):
    base, verdict = hyb_base(f)
    modifiers = []
    if f["own"] == "vve":
        modifiers.append(("R10", "N"))
    if f["mon"] == "rm":
        modifiers.append(("R11", "N"))
    if f["mon"] in ("gm", "bsg"):
        modifiers.append(("R12", "N"))
    if f["typ"] in ("TUSSEN", "HOEK") and below(f["d_rear"], 4):
        modifiers.append(("R13", "N"))
    if f["net_soort"] in ("MT", "LT"):
        if f["net_status"] == "beschikbaar":
            modifiers.append(("R24", "M"))
        elif f["net_status"] == "gepland":
            if f["net_start"] is not None and f["net_start"] - f["jaar"] <= 10:
                modifiers.append(("R24", "M"))
    if flat(f) and at_least(f["nvbo"], 3):
        modifiers.append(("R25", "M"))
    return option(base, verdict, modifiers, tenant(f))


def under_study(f):
    """R27, the first base rule of NMT, NLT and NZLT."""
    if f["net_status"] == "onderzoek":
        return True
    return f["net_status"] in ("beschikbaar", "gepland") and f["net_soort"] is None


def far_from_main(f, kind):
    """R33; for NMT with net MT, for NLT with net LT."""
    return net(f, kind) and ground_bound(f) and above(f["d_net"], 50)


def thinly_built(f):
    """R34."""
    return f["net_status"] == "gepland" and below(f["dens"], 20)


def nmt_base(f):
    bj = f["bj"]
    if too_little_known(f):
        return "R60", "?"
    if under_study(f):
        return "R27", "?"
    if not net(f, "MT"):
        return "R26", "X"
    if at_least(bj, 2006) and label_or_better(f, "A"):
        return "R28", "M"
    if flat(f) and f["block"] == "ja" and (no_label(f) or label_or_better(f, "E")):
        return "R29", "G"
    if flat(f) and f["block"] != "ja":
        return "R30", "N"
    if label_or_better(f, "E") or (no_label(f) and above(bj, 1945)):
        return "R31", "G"
    if label_between(f, "F", "G") or (no_label(f) and at_most(bj, 1945)):
        return "R32", "N"
    return "R60", "?"


def nmt(f):
    base, verdict = nmt_base(f)
    modifiers, infos = [], []
    if f["own"] == "vve":
        modifiers.append(("R10", "N"))
    if far_from_main(f, "MT"):
        modifiers.append(("R33", "M"))
    if thinly_built(f):
        modifiers.append(("R34", "M"))
    infos += tenant(f)
    if f["garage"] == "ja":
        infos.append("R49")
    return option(base, verdict, modifiers, infos)


def nlt_base(f):
    bj = f["bj"]
    if too_little_known(f):
        return "R60", "?"
    if under_study(f):
        return "R27", "?"
    if not net(f, "LT"):
        return "R38", "X"
    if above(bj, 1945) and (meets_standaard(f) or label_or_better(f, "B")):
        return "R35", "G"
    if label_between(f, "C", "E"):
        return "R36", "N"
    if at_most(bj, 1945) and (label_or_better(f, "B") or meets_standaard(f)):
        return "R36", "N"
    return "R37", "M"


def nlt(f):
    base, verdict = nlt_base(f)
    modifiers = []
    if f["own"] == "vve":
        modifiers.append(("R10", "N"))
    if far_from_main(f, "LT"):
        modifiers.append(("R33", "M"))
    if thinly_built(f):
        modifiers.append(("R34", "M"))
    return option(base, verdict, modifiers, tenant(f))


def nzlt_base(f):
    if too_little_known(f):
        return "R60", "?"
    if under_study(f):
        return "R27", "?"
    if not net(f, "ZLT"):
        return "R42", "X"
    if label_or_better(f, "B"):
        return "R39", "G"
    if label_between(f, "C", "E"):
        return "R40", "N"
    return "R41", "M"


def nzlt(f):
    base, verdict = nzlt_base(f)
    modifiers = []
    if f["own"] == "vve":
        modifiers.append(("R10", "N"))
    return option(base, verdict, modifiers, tenant(f))


def col_base(f):
    nvbo = f["nvbo"]
    if too_little_known(f):
        return "R60", "?"
    if ground_bound(f):
        return "R43", "X"
    if flat(f) and at_least(nvbo, 20) and (meets_standaard(f) or label_or_better(f, "B")):
        return "R44", "G"
    if flat(f) and at_least(nvbo, 20) and (label_between(f, "C", "E") or no_label(f)):
        return "R45", "N"
    if flat(f) and between(nvbo, 8, 19) and (no_label(f) or label_or_better(f, "E")):
        return "R46", "N"
    if flat(f) and nvbo is not None:
        return "R47", "M"
    return "R60", "?"


def col(f):
    base, verdict = col_base(f)
    modifiers, infos = [], []
    if f["own"] == "vve":
        modifiers.append(("R10", "N"))
    infos += tenant(f)
    if at_least(f["cluster_gj"], 2000) and at_least(f["cluster_homes"], 100):
        infos.append("R48")
    if f["garage"] == "ja":
        infos.append("R49")
    if f["block"] == "ja" and f["own"] in ("vve", "corp"):
        infos.append("R50")
    return option(base, verdict, modifiers, infos)


def gas2(f):
    if too_little_known(f):
        return option("R60", "?", [], tenant(f))
    return option("R51", "X", [], tenant(f))


def bio(f):
    if too_little_known(f):
        return option("R60", "?", [], tenant(f))
    return option("R52", "O", [], tenant(f))


def ir(f):
    if too_little_known(f):
        return option("R60", "?", [], tenant(f))
    if at_most(f["area_m2"], 60) and meets_standaard(f) and above(f["bj"], 1945):
        return option("R53", "M", [], tenant(f))
    return option("R53", "O", [], tenant(f))


def air(f):
    if too_little_known(f):
        return option("R60", "?", [], tenant(f))
    if label_or_better(f, "B"):
        return option("R54", "M", [], tenant(f))
    return option("R54", "O", [], tenant(f))


def nr_iso_base(f):
    bj = f["bj"]
    if too_little_known(f):
        return "R60", "?"
    if misses_standaard(f):
        return "R55", "G"
    if no_q(f) and (label_or_worse(f, "C") or (no_label(f) and at_most(bj, 2005))):
        return "R55", "G"
    if meets_standaard(f):
        return "R56", "G"
    if no_q(f) and (label_or_better(f, "B") or (no_label(f) and at_least(bj, 2006))):
        return "R63", "M"
    return "R60", "?"


def nr_iso(f):
    base, verdict = nr_iso_base(f)
    modifiers, infos = [], []
    if f["mon"] == "rm":
        modifiers.append(("R11", "N"))
        modifiers.append(("R57", "N"))
    infos += tenant(f)
    if f["garage"] == "ja":
        infos.append("R49")
    if base == "R55":
        infos.append("R59")
    return option(base, verdict, modifiers, infos)


def nr_koken(f):
    if too_little_known(f):
        return option("R60", "?", [], tenant(f))
    return option("R58", "G", [], tenant(f))


def advise(f):
    return {
        "AEL": ael(f), "AEG": aeg(f), "HYB": hyb(f),
        "NMT": nmt(f), "NLT": nlt(f), "NZLT": nzlt(f), "COL": col(f),
        "GAS2": gas2(f), "BIO": bio(f), "IR": ir(f), "AIR": air(f),
        "NR_ISO": nr_iso(f), "NR_KOKEN": nr_koken(f),
    }


# ---------------------------------------------------------------- beside the interchange form

def confidence(f):
    """Reading 14."""
    if f["q"] is not None:
        return "hoog"
    if f["lab"] is not None:
        return "midden"
    return "laag"


def best_option(options, eac):
    """Reading 39. `eac`: EUR a year by option; an option may be absent from it."""
    candidates = ("AEL", "AEG", "NMT", "NLT", "NZLT", "COL")
    for verdict in "GNM":
        tied = [code for code in candidates if options[code]["v"] == verdict]
        if tied and all(code in eac for code in tied):
            return min(tied, key=lambda code: eac[code])
        if tied:
            return tied[0]
    return None


# ---------------------------------------------------------------- interchange form

def refuse_constant(text):
    raise ValueError(f"{text} is not a JSON value")


def read_record(line):
    """The home on one line; ValueError says why there is none."""
    try:
        record = json.loads(line.decode("utf-8"), parse_constant=refuse_constant)
    except RecursionError:
        raise ValueError("nested too deeply") from None
    if type(record) is not dict:
        raise ValueError("not a JSON object")
    if type(record.get("id")) is not str:
        raise ValueError("no text under id")
    return record


def main():
    sys.set_int_max_str_digits(0)  # a whole number may have any number of digits
    status = 0
    for number, line in enumerate(sys.stdin.buffer, start=1):
        line = line.strip(b" \t\r\n")
        if line == b"":
            continue
        try:
            record = read_record(line)
        except ValueError as fault:
            status = 2
            answer = {"error": str(fault), "line": number}
        else:
            facts, unusable = read_facts(record)
            for key in unusable:
                print(f"line {number}: {key} has an unusable value and counts as missing",
                      file=sys.stderr)
            answer = {"id": record["id"], "opties": advise(facts)}
        sys.stdout.buffer.write(json.dumps(answer, separators=(",", ":")).encode() + b"\n")
    return status


if __name__ == "__main__":
    sys.exit(main())
