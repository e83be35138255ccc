import { cloudFamilies, probeFamilies } from './red-families-clouds.ts';
import {
	guessedFamilies,
	libraryClientFamilies,
	libraryServerFamilies,
	shapedFamilies,
} from './red-families-libraries.ts';
import { meshClientFamilies, meshServerFamilies } from './red-families-meshes.ts';
import { otelClientFamilies, otelServerFamilies } from './red-families-otel.ts';
import { proxyFamilies } from './red-families-proxies.ts';
import { queueFamilies } from './red-families-queues.ts';
import { serviceGraphFamilies, spanClientFamilies, spanServerFamilies } from './red-families-spans.ts';
import type { RedFamily, RequestSide } from './red-family.ts';

/** What a service says of itself, and what was derived from its spans. */
const itself: readonly RedFamily[] = [
	...otelServerFamilies,
	...libraryServerFamilies,
	...spanServerFamilies,
	...guessedFamilies,
];

/** Every known convention, the most exact first; after the service's own word what stands round it saw. */
const inOrderOfTrust: readonly RedFamily[] = [
	...itself,
	...meshServerFamilies,
	...proxyFamilies,
	...queueFamilies,
	...serviceGraphFamilies,
	...cloudFamilies,
	...otelClientFamilies,
	...libraryClientFamilies,
	...spanClientFamilies,
	...meshClientFamilies,
	...probeFamilies,
	...shapedFamilies,
];

/** True when the service itself counts these requests, and no mesh, proxy or prober. */
export const isOwnWord = (family: RedFamily): boolean => itself.includes(family);

/** Requests asked of a service come before those it made, those before its own work and what a prober saw. */
export const requestSides: readonly RequestSide[] = ['served', 'made', 'inner', 'probed'];

/** By side, and in each the most exact first. */
export const redFamilies: readonly RedFamily[] = requestSides.flatMap(side =>
	inOrderOfTrust.filter(family => family.side === side),
);
