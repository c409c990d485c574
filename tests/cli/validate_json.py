#!/usr/bin/python3
"""validate_json.py SCHEMA FILE [--lines]: is FILE ('-': standard input) what SCHEMA promises?

With --lines FILE is JSON Lines, each line validated alone. Exit status: 0 valid, 1 not valid (each fault on one
line of standard error), 2 wrong usage.
"""
import json
import pathlib
import sys

import jsonschema

FAULTS_SHOWN = 10


def best_fault(error):
    """Of a oneOf that failed: the first fault of the alternative whose "type" is the document's."""
    branches = {}
    for fault in error.context or []:
        branches.setdefault(fault.schema_path[0], []).append(fault)
    for faults in branches.values():
        if all("type" not in fault.absolute_path for fault in faults):
            return best_fault(faults[0])
    return error


def faults_of(validator, document, where):
    for error in validator.iter_errors(document):
        fault = best_fault(error)
        path = "/".join(str(p) for p in fault.absolute_path)
        yield f"{where}: {path or '(top)'}: {fault.message[:300]}"


def documents(text, lines):
    if not lines:
        yield "document", text
        return
    for number, line in enumerate(text.rstrip("\n").split("\n"), 1):
        yield f"line {number}", line


def check(validator, text, lines):
    count = 0
    for where, part in documents(text, lines):
        count += 1
        try:
            document = json.loads(part)
        except ValueError as error:
            yield f"{where}: not JSON: {error}"
            continue
        yield from faults_of(validator, document, where)
    if count == 0:
        yield "nothing to validate"


def borrow_definitions(schema, folder):
    """A schema may refer to the $defs of another in its folder by "$id#/$defs/NAME": they become its own. Versions of
    jsonschema differ in how they resolve an $id that is a URN."""
    text = json.dumps(schema)
    for path in folder.glob("*.schema.json"):
        other = json.loads(path.read_text(encoding="utf-8"))
        if other["$id"] == schema["$id"] or other["$id"] + "#" not in text:
            continue
        text = text.replace(other["$id"] + "#", "#")
        schema = json.loads(text)
        double = schema["$defs"].keys() & other["$defs"].keys()
        assert not double, f"{path}: {double} have two meanings"
        schema["$defs"].update(other["$defs"])
        text = json.dumps(schema)
    return schema


def main(arguments):
    lines = "--lines" in arguments
    names = [a for a in arguments if a != "--lines"]
    if len(names) != 2:
        print(__doc__, file=sys.stderr)
        return 2
    with open(names[0], encoding="utf-8") as file:
        schema = json.load(file)
    validator_class = jsonschema.validators.validator_for(schema)
    validator_class.check_schema(schema)
    validator = validator_class(borrow_definitions(schema, pathlib.Path(names[0]).parent))
    data = sys.stdin.buffer.read() if names[1] == "-" else open(names[1], "rb").read()
    text = data.decode("utf-8")  # strictly: bytes that are no UTF-8 have no place in JSON
    faults = list(check(validator, text, lines))
    for fault in faults[:FAULTS_SHOWN]:
        print(f"validate_json: {fault}", file=sys.stderr)
    if len(faults) > FAULTS_SHOWN:
        print(f"validate_json: and {len(faults) - FAULTS_SHOWN} more", file=sys.stderr)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
