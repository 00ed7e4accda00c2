#!/usr/bin/env python3
"""The table of an owners' association (VvE) a second time, without a line of the heart.

Written from the brief's section 4: formulas, prices, subsidies. Every year of cash is written out and added up; loans are
repaid month by month until nothing is left. Amounts are for the whole complex, in cents, rounded once.
Prints the golden file: `python3 tests/onafhankelijk/vve.py > tests/onafhankelijk/vve.json`; `tests/vve.rs` compares it.
Of kosten.py only the table of kinds of homes is used. Standard library only.
"""
import json
from decimal import ROUND_HALF_UP, Decimal

from kosten import CLASSES, PERIODS, TAP_PERIODS

NOW, LATER, LATER_YEAR = 0.27, 0.075, 2035
EX_VAT_2018 = 1.6
SPREAD = 0.30

USUAL = {
    "woningen": 24, "oppervlakte": 70.0, "bouwjaar": 1972, "gas-meting": 0, "net-start": 2030, "kas": 0, "onderhoud": 0,
    "lening-rente": 4.0, "lening-jaren": 20, "gas": 1.30, "stroom": 0.260, "warmte": 40.97, "groei-gas": 0.0,
    "groei-stroom": 0.0, "groei-warmte": 0.0, "gas-vast": 330, "warmte-vast": 828, "rekenrente": 3.0,
    "soort": "FLAT-L", "label": "-", "blok": "onb", "stap": "nu", "net": "geen", "net-soort": "-", "monument": "geen",
    "garage": "onb", "opties": ["COL", "AEL", "HYB"], "delen": [], "naam": "",
}
DECIMALS = {"oppervlakte": 1, "lening-rente": 1, "gas": 2, "stroom": 3, "warmte": 2, "groei-gas": 1, "groei-stroom": 1,
            "groei-warmte": 1, "rekenrente": 1}
NUMBERS = ["woningen", "oppervlakte", "bouwjaar", "gas-meting", "net-start", "kas", "onderhoud", "lening-rente",
           "lening-jaren", "gas", "stroom", "warmte", "groei-gas", "groei-stroom", "groei-warmte", "gas-vast",
           "warmte-vast", "rekenrente"]
CHOICES = ["soort", "label", "blok", "stap", "net", "net-soort", "monument", "garage"]
WAYS = ["NU", "COL", "NMT", "NLT", "AEL", "AEG", "HYB", "NR_ISO"]


def link(c):
    """The text of a link: what the page writes after `~r=`."""
    parts = ["1", "naam=" + "".join(ch if ch.isascii() and ch.isalnum() else "".join(f"_{b:02x}" for b in ch.encode())
                                    for ch in c["naam"])]
    parts += [f"{key}={round(c[key] * 10 ** DECIMALS.get(key, 0))}" for key in NUMBERS]
    parts += [f"{key}={c[key]}" for key in CHOICES]
    parts.append("opties=" + ".".join(c["opties"]))
    runs = []
    for share in c["delen"]:
        if runs and runs[-1][1] == share:
            runs[-1][0] += 1
        else:
            runs.append([1, share])
    parts.append("delen=" + ".".join(f"{times}x{share}" for times, share in runs))
    return ",".join(parts)


def cents(euro):
    return int(Decimal(euro * 100).quantize(Decimal(1), ROUND_HALF_UP))


def old_price(*amounts):
    """A price of 2018 without VAT as it is now, as low, middle and high."""
    return [a * EX_VAT_2018 for a in spread(*amounts)]


def spread(*amounts):
    if len(amounts) == 1:
        return [amounts[0] * (1 - SPREAD), amounts[0], amounts[0] * (1 + SPREAD)]
    return [amounts[0], sum(amounts) / 2, amounts[1]] if len(amounts) == 2 else list(amounts)


def heat(c):
    """Heating now, hot water, share saved by label B, envelope, cost of label B: of the mean home."""
    reference, taps, rows = CLASSES[c["soort"]]
    letter, a, b, kwh_b, to_b = next(row for end, row in zip(PERIODS, rows) if c["bouwjaar"] <= end)
    tap = next(value for end, value in zip(TAP_PERIODS, taps) if c["bouwjaar"] <= end)
    usual = a + b * c["oppervlakte"]
    saved = max(0.0, 1 - (kwh_b * reference * 3.6 / 1000) / (a + b * reference))
    good = letter > "B" and c["label"] in "AB"
    now = usual * (1 - saved) if good else usual
    if good:
        letter = "B"
    elif c["label"] != "-":
        letter = max(c["label"], min(letter, "B"))
    if c["gas-meting"] > 0:
        now = ((c["gas-meting"] - 37) * 0.03165 - tap / 0.72) * 1.04
    if good or to_b is None:
        return now, tap, 0.0, letter, [0.0, 0.0, 0.0]
    return now, tap, saved, letter, old_price(1000 * to_b[0], 1000 * to_b[1])


def way_at(c, way, insulate):
    """Gas, power, heat, parts (price, life; life None once, ("ketel") later), yearly fixed and maintenance, subsidy."""
    heating, tap, saved, letter, to_b = heat(c)
    parts = []
    if insulate:
        heating *= 1 - saved
        letter = min(letter, "B")
        if to_b[2] > 0:
            parts.append((to_b, 30.0))
    flat = c["soort"].startswith("FLAT")
    gas = power = net = fixed = subsidy = 0.0
    maintenance = [0.0] * 3
    radiators = (old_price(401, 2015) if flat else old_price(957, 3222), 30.0)
    stop_gas = [(spread(800, 2000), 15.0), (old_price(164, 200) if flat else old_price(495, 605), None)]
    boiler = (spread(2200), "ketel")
    if way in ("NU", "NR_ISO"):
        gas = (heating / 1.04 + tap / 0.72) / 0.03165 + 37
        parts.append(boiler)
        fixed, maintenance = c["gas-vast"], [120.0] * 3
    elif way == "HYB":
        if letter > "D":
            return None
        power = 277.78 * 0.78 * heating / 3.20
        gas = (0.22 * heating / 1.04 + tap / 0.72) / 0.03165 + 37
        parts += [(spread(4000, 6000, 7000), 15.0), boiler]
        fixed, maintenance, subsidy = c["gas-vast"], [200.0] * 3, 1025 + 225 * 4
    elif way in ("AEL", "AEG"):
        if letter > "C":
            return None
        spf = {"AEL": {"A": 4.66, "B": 3.81, "C": 3.39}, "AEG": {"A": 5.63, "B": 4.07, "C": 3.61}}[way][letter]
        power = 277.78 * (heating / spf + tap / (2.2 if way == "AEL" else 2.5))
        parts.append((spread(8000, 12000, 16000), 15.0) if way == "AEL" else (spread(15000, 30000), 20.0))
        parts += [radiators] + stop_gas
        maintenance, subsidy = [200.0] * 3, (1025 + 225 * 8 if way == "AEL" else 4500)
    elif way == "COL":
        if letter > "E":
            return None
        power = 277.78 * (heating / (3.2 if letter <= "B" else 3.0) + tap / 3.0)
        all_in = spread(10000, 20000)
        parts.append((all_in, 17.5))
        maintenance = [0.015 * amount + 60 for amount in all_in]
    else:
        if letter > ("E" if way == "NMT" else "B"):
            return None
        in_building = 2500 if not flat else 722 if c["blok"] == "ja" else 1500
        parts += [(spread(5500, 6000), 40.0), (old_price(in_building), 40.0)]
        fixed, net = c["warmte-vast"], heating + tap
        if way == "NLT":
            power = 277.78 * tap / 4.4
            net -= tap / 4.4
            fixed *= 208.03 / 373.91
            parts += [(spread(2500), 30.0), (old_price(2226, 2561), 15.0)]
        parts += stop_gas
        subsidy = 3775 + 400
    return gas, power, net, parts, fixed, maintenance, subsidy


def net_present(c, years, k, yearly, parts, subsidy, planned):
    """Every payment of every year, brought to now."""
    rate = c["rekenrente"] / 100
    total = planned - subsidy
    for year in range(1, years + 1):
        total += yearly(year) / (1 + rate) ** year
    for price, life in parts:
        moments = []
        if life is None:
            moments = [0.0]
            life = 0.0
        else:
            at = 15.0 if life == "ketel" else 0.0
            life = 15.0 if life == "ketel" else life
            while at < years:
                moments.append(at)
                at += life
        total += sum(price[k] / (1 + rate) ** at for at in moments)
        if moments and life:
            total -= price[k] * (moments[-1] + life - years) / life / (1 + rate) ** years
    return total


def a_year(years, rate, amount):
    """The equal amount at the end of each year that is worth as much."""
    return amount / sum((1 + rate) ** -year for year in range(1, years + 1))


def payment(loan, interest, months):
    """The payment a month after which nothing is left, by halving."""
    if loan == 0:
        return 0.0
    low, high = 0.0, loan * (1 + interest)
    for _ in range(200):
        middle = (low + high) / 2
        rest = loan
        for _ in range(months):
            rest = rest * (1 + interest / 12) - middle
        low, high = (middle, high) if rest > 0 else (low, middle)
    return (low + high) / 2


def co2_of_power(year):
    return NOW + (LATER - NOW) * (min(max(year, 2026), LATER_YEAR) - 2026) / (LATER_YEAR - 2026)


def figures(c, way):
    found = way_at(c, way, way == "NR_ISO" or (way != "NU" and c["stap"] == "label-b"))
    if found is None:
        found = way_at(c, way, True)
    if found is None:
        return None
    gas, power, net, parts, fixed, maintenance, subsidy = found
    n = c["woningen"]
    bought = [sum(price[k] for price, life in parts if life != "ketel") for k in range(3)]
    subsidy = min(subsidy, bought[0])
    planned = c["onderhoud"] if way == "NU" else 0
    investment = [cents(amount * n) + 100 * planned for amount in bought]
    given = cents(subsidy * n)
    fund = [min(amount - given, 100 * c["kas"]) for amount in investment]
    loan = [amount - given - own for amount, own in zip(investment, fund)]
    months = 12 * c["lening-jaren"]
    energy = [gas * c["gas"], power * c["stroom"], net * c["warmte"]]
    growth = [c["groei-gas"] / 100, c["groei-stroom"] / 100, c["groei-warmte"] / 100]
    rate = c["rekenrente"] / 100
    eac = []
    for years in (15, 30):
        eac.append([])
        for k in range(3):
            def yearly(year, k=k):
                return sum(e * (1 + g) ** (year - 1) for e, g in zip(energy, growth)) + fixed + maintenance[k]
            total = n * net_present(c, years, k, yearly, parts, subsidy, 0) + planned
            eac[-1].append(cents(a_year(years, rate, total)))
    loss = 0.15 if way == "NLT" else 0.20
    kg = gas * 1.78 + power * co2_of_power(2026) + net * 277.78 / 3.0 * co2_of_power(2026) / (1 - loss)
    return {
        "investment": investment, "subsidy": given, "fund": fund, "loan": loan,
        "loan_month": [cents(payment(amount / 100, c["lening-rente"] / 100, months)) for amount in loan],
        "energy_month": cents(sum(energy) * n / 12), "fixed_month": cents(fixed * n / 12),
        "maintenance_month": [cents(amount * n / 12) for amount in maintenance],
        "energy": [cents(amount * n) for amount in energy], "eac15": eac[0], "eac30": eac[1],
        "co2_kg": round(kg * n, 3), "gas_m3": round(gas * n, 3), "kwh": round(power * n, 3), "gj": round(net * n, 3),
        "shares": split(investment[1] - given, c["delen"] or [1] * n),
    }


def split(total, shares):
    """By breukdeel, to the cent; what is left goes to the largest remainders, and on a tie to the first."""
    whole = sum(shares)
    parts = [total * share // whole for share in shares]
    rest = sorted(range(len(shares)), key=lambda i: (-(total * shares[i] % whole), i))
    for i in rest[: total - sum(parts)]:
        parts[i] += 1
    return parts


def complexes():
    """The worked example of the brief first: homes in a row of 1946-64, 105 m2 each. Then thirty and more others."""
    yield {"naam": "Rekenvoorbeeld", "soort": "TUSSEN", "bouwjaar": 1955, "oppervlakte": 105.0, "woningen": 10}
    yield {}
    yield {"naam": "De Linden (3 hoog)", "woningen": 24, "delen": [40] * 12 + [43] * 12, "kas": 60000}
    yield {"naam": "Café & Zo", "woningen": 6, "bouwjaar": 1925, "oppervlakte": 92.5, "monument": "gm", "delen": [3, 2, 2, 1, 1, 1]}
    years = [1910, 1938, 1958, 1968, 1974, 1985, 1998, 2009, 2019]
    for number, year in enumerate(years):
        for kind in ("FLAT-L", "FLAT-H", "HOEK" if number % 2 else "2KAP"):
            homes = [3, 8, 17, 48, 96, 250, 20, 2, 641][number] + (1 if kind == "FLAT-H" else 0)
            c = {"bouwjaar": year, "soort": kind, "woningen": homes, "oppervlakte": 48.0 + 7.3 * number}
            c["label"] = ["-", "B", "D", "G", "E", "C", "A", "-", "F"][(number + len(kind)) % 9]
            c["blok"] = ["ja", "nee", "onb"][(number + homes) % 3]
            c["stap"] = "label-b" if (number + homes) % 2 else "nu"
            c["net"], c["net-soort"] = [("geen", "-"), ("gepland", "MT"), ("beschikbaar", "LT"), ("onderzoek", "-")][number % 4]
            c["kas"] = [0, 15000, 1250000, 500, 0][number % 5]
            c["onderhoud"] = [0, 0, 85000, 640000][number % 4]
            c["lening-rente"], c["lening-jaren"] = [4.0, 0.0, 2.5, 6.2][number % 4], [20, 15, 30, 1, 10][number % 5]
            c["gas"], c["stroom"], c["warmte"] = [1.30, 0.95, 2.15][number % 3], [0.260, 0.405, 0.192][homes % 3], [40.97, 28.5][number % 2]
            c["groei-gas"], c["groei-stroom"], c["groei-warmte"] = [0.0, 3.0, -1.5][number % 3], [0.0, 1.0][homes % 2], [2.0, 0.0][number % 2]
            c["rekenrente"] = [3.0, 0.0, 5.5, 1.0][(number + homes) % 4]
            c["gas-meting"] = [0, 0, 1150, 0][(homes + number) % 4]
            c["gas-vast"], c["warmte-vast"] = [330, 295][number % 2], [828, 640][homes % 2]
            if kind == "FLAT-L" and homes < 100:
                c["delen"] = [25 + (7 * i) % 19 for i in range(homes)]
            yield c


def main():
    rows = []
    for given in complexes():
        c = {**USUAL, **given}
        rows.append({"link": link(c), "ways": {way: figures(c, way) for way in WAYS}})
    print("[\n" + ",\n".join(json.dumps(row) for row in rows) + "\n]")


if __name__ == "__main__":
    main()
