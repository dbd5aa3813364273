"""Reads bundles with the models of `fhir.resources` (R4) and says what is wrong with them.

    python judge.py bundle.json ...

Needs `pip install 'fhir.resources==6.4.0' 'pydantic<2'`, the last of its versions for R4 (4.0.1).
"""

import json
import sys

from fhir.resources import __fhir_version__, construct_fhir_element
from pydantic import ValidationError

if __fhir_version__ != "4.0.1":
    sys.exit(f"fhir.resources knows FHIR {__fhir_version__}, not R4")

wrong = 0
for name in sys.argv[1:]:
    with open(name, encoding="utf-8") as file:
        bundle = json.load(file)
    kinds = {}
    for at, entry in enumerate(bundle["entry"]):
        resource = entry["resource"]
        kind = resource["resourceType"]
        kinds[kind] = kinds.get(kind, 0) + 1
        try:
            construct_fhir_element(kind, resource)
        except ValidationError as error:
            wrong += 1
            print(f"{name}: entry[{at}] {kind} {resource.get('id')}: {error}")
    try:
        construct_fhir_element("Bundle", bundle)
    except ValidationError as error:
        wrong += 1
        print(f"{name}: {error}")
    print(f"{name}: FHIR {__fhir_version__}, {json.dumps(kinds, sort_keys=True)}")
sys.exit(1 if wrong else 0)
