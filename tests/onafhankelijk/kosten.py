#!/usr/bin/env python3
"""The costs a second time, from docs/costs.md and the sources, without a line of the heart.

Prints the golden file: `python3 tests/onafhankelijk/kosten.py > tests/onafhankelijk/kosten.json`.
`tests/kosten.rs` compares every amount. Standard library only.
"""
import json

# Class: reference area, hot water (until 1945, 1964, 1974, 1991, later), rows by period.
# A row: envelope, a, b, kWh/m2 at label B, cost to label B in thousands (or nothing).
PERIODS = [1929, 1945, 1964, 1974, 1991, 2005, 2014, 9999]
TAP_PERIODS = [1945, 1964, 1974, 1991, 9999]
CLASSES = {
    "VRIJ": (140, [8.5, 8.5, 9.2, 9.7, 10.6], [
        ("F", 29.2, 0.205, 89, (22, 31)), ("F", 31.4, 0.195, 92, (22, 31)), ("F", 33.4, 0.182, 85, (22, 31)),
        ("D", 27.0, 0.205, 82, (25, 33)), ("C", 24.2, 0.181, 73, (10, 15)), ("B", 11.2, 0.154, 65, None),
        ("A", 17.7, 0.122, 66, None), ("A", 1.3, 0.126, 38, None)]),
    "2KAP": (120, [7.5, 7.5, 8.2, 8.2, 8.6], [
        ("F", 21.7, 0.166, 72, (18, 29)), ("F", 23.2, 0.164, 72, (18, 29)), ("E", 24.8, 0.118, 67, (20, 28)),
        ("D", 25.1, 0.143, 77, (15, 21)), ("C", 22.6, 0.131, 75, (7, 10)), ("B", 12.5, 0.134, 66, None),
        ("A", 13.7, 0.099, 56, None), ("A", 4.3, 0.127, 45, None)]),
    "HOEK": (110, [7.1, 6.4, 7.3, 7.3, 7.7], [
        ("E", 14.9, 0.215, 77, (15, 21)), ("E", 13.2, 0.245, 79, (15, 21)), ("E", 23.0, 0.150, 75, (15, 21)),
        ("D", 23.7, 0.121, 76, (15, 20)), ("C", 19.1, 0.090, 69, (7, 10)), ("B", 7.3, 0.167, 65, None),
        ("A", 16.6, 0.078, 62, None), ("A", 6.7, 0.117, 49, None)]),
    "TUSSEN": (105, [7.1, 6.4, 7.3, 7.3, 7.7], [
        ("E", 13.7, 0.178, 72, (11, 15)), ("E", 14.3, 0.193, 70, (11, 15)), ("D", 16.1, 0.140, 67.2, (8, 13)),
        ("C", 20.9, 0.073, 71, (6, 9)), ("C", 15.4, 0.087, 60, (6, 9)), ("B", 3.1, 0.160, 52, None),
        ("A", 11.4, 0.079, 49, None), ("A", 1.7, 0.117, 37, None)]),
    "FLAT-L": (70, [5.0, 5.3, 5.6, 5.5, 5.7], [
        ("E", 7.4, 0.219, 64, (8, 12)), ("E", 8.1, 0.248, 71, (9, 14)), ("D", 12.1, 0.143, 67, (7, 11)),
        ("D", 10.4, 0.139, 54, (7, 12)), ("C", 14.1, 0.063, 60, (5, 9)), ("B", 0.8, 0.142, 43, None),
        ("A", 4.2, 0.082, 40, None), ("A", 2.5, 0.100, 38, None)]),
    "FLAT-H": (70, [5.6, 5.6, 6.1, 5.4, 6.0], [
        ("E", 6.5, 0.219, 61, (8, 12)), ("E", 7.2, 0.248, 68, (9, 14)), ("D", 10.1, 0.143, 59, (7, 11)),
        ("D", 13.9, 0.139, 68, (7, 12)), ("C", 17.1, 0.063, 71, (5, 9)), ("B", 3.9, 0.142, 55, None),
        ("A", 7.6, 0.082, 53, None), ("A", 5.8, 0.100, 51, None)]),
}
HEAT = {2024: (46.69, 759.88), 2025: (43.79, 760.77), 2026: (40.97, 828.0)}
GAS_PRICE, POWER_PRICE, GAS_FIXED = 1.30, 0.26, 330.0
VESTA_NOW = 1.6
AS_ONE = 0.30


def vat2018(low, high=None):
    """A price of 2018 without VAT, as it is now; 30 % both ways where there is one amount."""
    if high is None:
        low, high = low * (1 - AS_ONE), low * (1 + AS_ONE)
    return [low * VESTA_NOW, (low + high) / 2 * VESTA_NOW, high * VESTA_NOW]


def now(low, mid, high=None):
    return [low, (low + mid) / 2, mid] if high is None else [low, mid, high]


def plus(*bands):
    return [sum(values) for values in zip(*bands)]


def times(band, factor):
    return [value * factor for value in band]


def tariff(year):
    return HEAT[max((known for known in HEAT if known <= year), default=min(HEAT))]


def co2_power(year):
    if year <= 2026:
        return 0.27
    return 0.27 + (0.075 - 0.27) * (min(year, 2035) - 2026) / (2035 - 2026)


def state(home, step):
    """Heating and hot water in GJ, the envelope, and the cost of insulating; None where there is no figure."""
    typ = {"FLAT": "FLAT-L"}.get(home["typ"], home["typ"])
    reference, tap, rows = CLASSES[typ]
    envelope, a, b, kwh_b, cost = rows[[home["bj"] <= end for end in PERIODS].index(True)]
    water = tap[[home["bj"] <= end for end in TAP_PERIODS].index(True)]
    heating = a + b * home["area_m2"]
    saving = max(0.0, 1 - kwh_b * reference * 0.0036 / (a + b * reference))
    letter = home.get("lab")
    if letter:
        letter = letter[0]
    at_standard = home["bj"] > 1945 and "q" in home and "std" in home and home["q"] <= home["std"]
    good = envelope > "B" and (at_standard or (letter is not None and letter <= "B"))
    insulation = [0.0, 0.0, 0.0]
    if good:
        envelope, heating = "B", heating * (1 - saving)
    elif letter is not None:
        envelope = max(letter, min(envelope, "B"))
    if step == "standaard" and home["bj"] <= 1945:
        return (heating, water, envelope, insulation) if home.get("q", 1e9) <= home.get("std", -1) else None
    if step != "nu":
        envelope = min(envelope, "B")
        if cost and not good:
            heating *= 1 - saving
            low, high = (1000 * value for value in cost)
            insulation = vat2018(low, high)
    return heating, water, envelope, insulation


def option_numbers(home, option, step, year):
    found = state(home, step)
    if found is None:
        return None
    heating, water, envelope, insulation = found
    flat = home["typ"].startswith("FLAT")
    heat_price, heat_fixed = tariff(year)
    own = home.get("own")
    subsidised = own in ("koop", "vve")
    gas = kwh = net = fixed = subsidy = 0.0
    maintenance = [0.0, 0.0, 0.0]
    # Price, life; life 0 is done once, "boiler" is there and replaced after 15 years.
    parts = [(insulation, 30)] if insulation[2] > 0 else []
    radiators = vat2018(401, 2015) if flat else vat2018(957, 3222)
    cooking = (now(800, 2000), 15)
    gas_away = ((vat2018(164, 200) if flat else vat2018(495, 605)), 0)
    boiler = (now(2200 * 0.7, 2200, 2200 * 1.3), "boiler")
    block = {"ja": 722, "nee": 1500}.get(home.get("block"), 1500) if flat else 2500

    def spf(a, b, c):
        return a if envelope < "B" else {"B": b, "C": c}.get(envelope)

    def pump(for_heating, for_water):
        return 277.78 * (heating / for_heating + water / for_water)

    if option in ("AEL", "AEG"):
        best = spf(4.66, 3.81, 3.39) if option == "AEL" else spf(5.63, 4.07, 3.61)
        if best is None:
            return None
        kwh = pump(best, 2.2 if option == "AEL" else 2.5)
        machine = (now(8000, 12000, 16000), 15) if option == "AEL" else (now(15000, 30000), 20)
        parts += [machine, (radiators, 30), cooking, gas_away]
        maintenance = [200.0] * 3
        subsidy = 1025 + 225 * 8 if option == "AEL" else 4500
    elif option == "HYB":
        if envelope > "D":
            return None
        kwh = 277.78 * 0.78 * heating / 3.20
        gas = ((1 - 0.78) * heating / 1.04 + water / 0.72) / 0.03165 + 37
        parts += [(now(4000, 6000, 7000), 15), boiler]
        maintenance, fixed = [200.0] * 3, GAS_FIXED
        subsidy = 1025 + 225 * 4
    elif option in ("NMT", "NLT"):
        if envelope > ("E" if option == "NMT" else "B"):
            return None
        net, fixed = heating + water, heat_fixed
        parts += [(now(5500, 6000), 40), (vat2018(block), 40)]
        if option == "NLT":
            kwh = 277.78 * water / 4.4
            net = heating + water * (1 - 1 / 4.4)
            fixed = heat_fixed * 208.03 / 373.91
            parts += [(now(2500 * 0.7, 2500, 2500 * 1.3), 30), (vat2018(2226, 2561), 15)]
        parts += [cooking, gas_away]
        subsidy = 3775 + 400
    elif option == "COL":
        if envelope > "E":
            return None
        kwh = pump(3.2 if envelope <= "B" else 3.0, 3.0)
        all_in = now(10000, 20000)
        parts += [(all_in, 17.5)]
        maintenance = plus(times(all_in, 0.015), [60.0] * 3)
    elif option == "NR_ISO":
        gas = (heating / 1.04 + water / 0.72) / 0.03165 + 37
        parts += [boiler]
        maintenance, fixed = [120.0] * 3, GAS_FIXED

    investment = plus([0.0] * 3, *(price for price, life in parts if life != "boiler"))
    subsidy = min(subsidy, investment[0]) if subsidised else 0.0
    energy = [gas * GAS_PRICE, kwh * POWER_PRICE, net * heat_price]
    loss = 0.15 if option == "NLT" else 0.20
    co2 = gas * 1.78 + kwh * co2_power(year) + net * 277.78 / 3.0 * co2_power(year) / (1 - loss)
    result = {
        "gas_m3": gas, "power_kwh": kwh, "heat_gj": net, "energy": energy, "investment": investment,
        "subsidy": subsidy, "fixed": fixed, "maintenance": maintenance, "co2_kg": co2,
    }
    return result, parts


def yearly(numbers, parts, years, rate, growth):
    """The equal annual cost: every year written out."""
    result = []
    for which in range(3):
        total = -numbers["subsidy"]
        for year in range(1, years + 1):
            paid = numbers["fixed"] + numbers["maintenance"][which]
            paid += sum(e * (1 + g) ** (year - 1) for e, g in zip(numbers["energy"], growth))
            total += paid / (1 + rate) ** year
        for price, life in parts:
            price = price[which]
            if life == 0:
                total += price
                continue
            there = life == "boiler"
            life = 15 if there else life
            bought_at = [] if there else [0.0]
            moment = life
            while moment < years:
                bought_at.append(moment)
                moment += life
            for moment in bought_at:
                total += price / (1 + rate) ** moment
            if bought_at:
                left = (bought_at[-1] + life - years) / life
                total -= price * left / (1 + rate) ** years
        result.append(total * (1 / years if rate == 0 else rate / (1 - (1 + rate) ** -years)))
    return result


HOMES = [
    {"bj": 1955, "typ": "TUSSEN", "area_m2": 105.0},
    {"bj": 1955, "typ": "TUSSEN", "area_m2": 105.0, "own": "koop", "lab": "A"},
    {"bj": 1925, "typ": "VRIJ", "area_m2": 180.0, "own": "koop"},
    {"bj": 1938, "typ": "HOEK", "area_m2": 96.5, "own": "corp", "lab": "C"},
    {"bj": 1970, "typ": "2KAP", "area_m2": 130.0, "own": "koop", "lab": "G"},
    {"bj": 1985, "typ": "TUSSEN", "area_m2": 120.0, "own": "koop", "q": 40.0, "std": 57.0},
    {"bj": 1932, "typ": "FLAT", "area_m2": 64.0, "own": "vve", "block": "onb"},
    {"bj": 1972, "typ": "FLAT-H", "area_m2": 70.0, "own": "vve", "block": "ja"},
    {"bj": 1998, "typ": "FLAT-L", "area_m2": 85.0, "own": "part_huur", "block": "nee"},
    {"bj": 2012, "typ": "HOEK", "area_m2": 124.0, "own": "onb"},
    {"bj": 2020, "typ": "2KAP", "area_m2": 150.0, "own": "koop"},
]
# Year, rate, growth of gas, electricity and heat.
SCENARIOS = [(2026, 0.03, (0.0, 0.0, 0.0)), (2024, 0.0, (0.03, 0.01, 0.02)), (2032, 0.055, (0.01, 0.0, 0.01))]


def main():
    rows = []
    for number, home in enumerate(HOMES):
        year, rate, growth = SCENARIOS[number % len(SCENARIOS)]
        for option in ["AEL", "AEG", "HYB", "NMT", "NLT", "COL", "NR_ISO"]:
            for step in ["nu", "label-b", "standaard"]:
                row = {"home": home, "option": option, "step": step, "year": year, "rate": rate, "growth": growth}
                found = option_numbers(home, option, step, year)
                if found:
                    numbers, parts = found
                    numbers["eac15"] = yearly(numbers, parts, 15, rate, growth)
                    numbers["eac30"] = yearly(numbers, parts, 30, rate, growth)
                    for key, value in numbers.items():
                        numbers[key] = [round(v, 3) for v in value] if isinstance(value, list) else round(value, 3)
                    row["cost"] = numbers
                rows.append(row)
    print("[\n" + ",\n".join(json.dumps(row) for row in rows) + "\n]")


if __name__ == "__main__":
    main()
