import type { Panes } from '../investigation/board.ts';
import type { Failure } from '../model/failure.ts';
import type { Loadable } from '../model/loadable.ts';
import { type Milliseconds, second } from '../model/time.ts';
import type { State } from './state.ts';

/** What failed for the sake of the backend itself; a query that it refused fails for its own. */
const ofBackend: ReadonlySet<Failure['kind']> = new Set([
	'resting',
	'refused',
	'dns',
	'tls',
	'timeout',
	'server',
	'rate-limited',
]);

/** Until when the backend is left alone for whose sake the pane failed; `undefined` when it is not. */
export function failedAtRest(pane: Loadable<unknown>, health: State['health']): Milliseconds | undefined {
	if (pane.status !== 'failed' || !ofBackend.has(pane.failure.kind)) return undefined;
	const { backend } = pane.failure;
	return backend === undefined ? undefined : health.get(backend)?.restsUntil;
}

/**
 * The findings as they are shown: a pane whose backend is left alone says for how long yet. The very same findings where
 * none is.
 */
export function withCountdown(findings: Panes, { health, now }: Pick<State, 'health' | 'now'>): Panes {
	if (![...health.values()].some(({ restsUntil }) => restsUntil !== undefined)) return findings;
	return Object.fromEntries(
		Object.entries(findings).map(([name, pane]) => {
			const until = failedAtRest(pane, health);
			if (pane.status !== 'failed' || until === undefined) return [name, pane];
			return [name, { ...pane, failure: { ...pane.failure, next: nextAt(until, now) } }];
		}),
	);
}

const nextAt = (until: Milliseconds, now: Milliseconds): string =>
	until <= now ? 'R tries now.' : `It is asked again in ${secondsTo(until, now)}; R tries now.`;

/** `12 s`: never less than is left. */
export const secondsTo = (until: Milliseconds, now: Milliseconds): string => `${Math.ceil((until - now) / second)} s`;
