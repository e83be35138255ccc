import type { Labels } from '../model/labels.ts';
import { serviceIn } from './label-roles.ts';
import type { RedFamily } from './red-family.ts';
import { isUsual, rolesOfMetric } from './red-names.ts';
import { serviceRolesOf } from './red-services.ts';

/** Whom a series of request metrics is about, and by which label of which family. */
export type DescribedService = { readonly label: string; readonly value: string; readonly family: RedFamily };

/** By its name and its labels; `undefined` for a series that names no service, or is of no known family. */
export function describedServiceOf(labels: Labels): DescribedService | undefined {
	const family = rolesOfMetric(labels.__name__ ?? '').find(isUsual)?.family;
	const label = family && serviceRolesOf(family).find(role => (labels[role.label] ?? '') !== '')?.label;
	if (family === undefined || label === undefined) return undefined;
	return { label, value: serviceIn(label, labels[label] ?? ''), family };
}

/** A family of request metrics that is in use, by how many services. */
export type FoundConvention = { readonly name: string; readonly metric: string; readonly services: number };

/** The families in the answer to `servicesQuery`, those of most services first. */
export function conventionsIn(found: readonly Labels[]): readonly FoundConvention[] {
	const byFamily = new Map<string, { readonly metric: string; readonly services: Set<string> }>();
	for (const labels of found) {
		const described = describedServiceOf(labels);
		if (described === undefined) continue;
		const { name } = described.family;
		const known = byFamily.get(name) ?? { metric: labels.__name__ ?? '', services: new Set<string>() };
		known.services.add(described.value);
		byFamily.set(name, known);
	}
	return [...byFamily]
		.map(([name, { metric, services }]) => ({ name, metric, services: services.size }))
		.sort((a, b) => b.services - a.services);
}
