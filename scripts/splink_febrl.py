"""splink on FEBRL 3 and 4, by the model of its documentation; run by `bench.py match`.

    python splink_febrl.py FOLDER

in an environment of its own, which has splink (requirements-bench.lock). FOLDER holds the FEBRL
files. Prints a JSON list of {name, threshold, f1, seconds}.
"""

import json
import sys
import time
from itertools import combinations
from pathlib import Path

import pandas as pd
import splink.comparison_library as cl
from splink import DuckDBAPI, Linker, SettingsCreator, block_on

SETS = {"febrl3": ("3",), "febrl4": ("4a", "4b")}
KEYS = ("soc_sec_id", "given_name", "surname", "date_of_birth", "postcode")
SAME = (
    "l.soc_sec_id = r.soc_sec_id",
    "l.given_name = r.given_name and l.surname = r.surname and l.date_of_birth = r.date_of_birth",
    "l.given_name = r.surname and l.surname = r.given_name and l.date_of_birth = r.date_of_birth",
)


def measure(name: str, folder: Path) -> list[dict[str, object]]:
    frames = [read(folder / f"dataset{part}.csv") for part in SETS[name]]
    began = time.perf_counter()
    settings = SettingsCreator(
        link_type="dedupe_only" if len(frames) == 1 else "link_only",
        unique_id_column_name="rec_id",
        blocking_rules_to_generate_predictions=[block_on(key) for key in KEYS],
        comparisons=[
            cl.NameComparison("given_name"),
            cl.NameComparison("surname"),
            cl.DateOfBirthComparison(
                "date_of_birth", input_is_string=True, datetime_format="%Y%m%d"
            ),
            cl.DamerauLevenshteinAtThresholds("soc_sec_id", [1, 2]),
            cl.ExactMatch("street_number").configure(term_frequency_adjustments=True),
            cl.ExactMatch("postcode").configure(term_frequency_adjustments=True),
        ],
    )
    api = DuckDBAPI()
    linker = Linker([api.register(frame) for frame in frames], settings)
    training = linker.training
    training.estimate_probability_two_random_records_match(list(SAME), recall=0.9)
    training.estimate_u_using_random_sampling(max_pairs=1e6)
    for key in ("date_of_birth", "postcode"):
        training.estimate_parameters_using_expectation_maximisation(block_on(key))
    found = linker.inference.predict(threshold_match_probability=0.5).as_pandas_dataframe()
    seconds = time.perf_counter() - began
    linked = {
        tuple(sorted(pair)) for pair in zip(found["rec_id_l"], found["rec_id_r"], strict=True)
    }
    true = true_pairs(frames)
    right = len(linked & true)
    f1 = 2 * right / (len(linked) + len(true))
    return [{"name": name, "threshold": 0.5, "f1": f1, "seconds": seconds}]


def read(path: Path) -> pd.DataFrame:
    frame = pd.read_csv(path, dtype=str, skipinitialspace=True)
    frame.columns = [name.strip() for name in frame.columns]
    return frame.apply(lambda cells: cells.str.strip())


def true_pairs(frames: list[pd.DataFrame]) -> set[tuple[str, str]]:
    people: dict[str, list[tuple[int, str]]] = {}
    for at, frame in enumerate(frames):
        for record in frame["rec_id"]:
            people.setdefault(record.split("-")[1], []).append((at, record))
    return {
        tuple(sorted((one, other)))
        for records in people.values()
        for (a, one), (b, other) in combinations(records, 2)
        if len(frames) == 1 or a != b
    }


if __name__ == "__main__":
    print(json.dumps([line for name in SETS for line in measure(name, Path(sys.argv[1]))]))
