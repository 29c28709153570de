#!/usr/bin/python3
"""An example: what governments refused, month by month and rule by rule, as a pandas table.

    tools/python/refusals_by_month.py runs/h20_2025-1/trace.pftrace
"""

import sys

import pandas

import chokepoint_trace


def refusals(path):
    """Packages, dollars and usable H100-equivalents of training refused, by month, device and rule."""
    table = pandas.DataFrame(chokepoint_trace.Trace(path).rows("refused"))
    if table.empty:
        return table
    table["month"] = table["time"].dt.strftime("%Y-%m")
    rules = table[["exporter_rule", "importer_rule"]]
    table["rule"] = rules.apply(lambda row: " + ".join(name for name in row if name), axis=1)
    table = table.rename(columns={"units": "packages", "lost_training_h100e": "training_h100e"})
    return table.groupby(["month", "device", "rule"])[
        ["packages", "value_usd", "training_h100e"]].sum()


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    pandas.set_option("display.float_format", "{:,.0f}".format)
    print(refusals(sys.argv[1]).to_string())
