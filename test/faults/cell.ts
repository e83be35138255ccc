import { performance } from 'node:perf_hooks';
import { setTimeout as pause } from 'node:timers/promises';
import { demoNow } from '../helpers/demo.ts';
import { type Operator, operate } from '../helpers/operator.tsx';
import type { Column } from './columns.ts';
import { type FaultProxy, openFaultProxy, type Upstream } from './fault-proxy.ts';
import type { BrokenBackend, Row } from './rows.ts';
import { sourcesAt, type Urls } from './world.ts';

export type Bench = {
	readonly upstreams: Readonly<Record<BrokenBackend, Upstream>>;
	/** Proxies that break nothing. */
	readonly good: Urls;
	/** How long a question to the backend that breaks may take, and how large its answer may be. */
	readonly limits: { readonly totalTimeout: number; readonly maxBodyBytes: number };
	/** Goes on to what breaks when it was well before. */
	readonly full: boolean;
};

const titles = { prometheus: 'Prometheus', alertmanager: 'Alertmanager', loki: 'Loki', tempo: 'Tempo' } as const;

/** Where to go that asks nothing of the backend that breaks. */
const elsewhere = {
	prometheus: 'silences',
	alertmanager: 'cardinality',
	loki: 'silences',
	tempo: 'silences',
} as const satisfies Record<BrokenBackend, string>;

/** Puts one screen through one fault; rejects with what was not as it should be. */
export async function tryCell(row: Row, column: Column, bench: Bench): Promise<void> {
	const proxy = await openFaultProxy(bench.upstreams[row.breaks]);
	const sources = sourcesAt({ ...bench.good, [row.breaks]: proxy.url }, row.breaks, {
		...bench.limits,
		totalTimeout: column.lasts ? bench.limits.totalTimeout : 2 * patience,
	});
	await proxy.breaks(column.fault);
	await proxy.holds();
	const operator = operate({ sources, now: () => demoNow, at: row.at });
	try {
		await walk({ row, column, proxy, operator, full: bench.full });
	} finally {
		operator.store.close();
		await proxy.close();
	}
}

type Walk = {
	readonly row: Row;
	readonly column: Column;
	readonly proxy: FaultProxy;
	readonly operator: Operator;
	readonly full: boolean;
};

async function walk(under: Walk): Promise<void> {
	await beginsBroken(under);
	await isLeft(under);
	await under.proxy.releases();
	under.operator.presses('escape');
	await recovers(under);
	if (under.full) await breaksLater(under);
}

/** The fault is there before the screen is. */
async function beginsBroken(under: Walk): Promise<void> {
	const { row, proxy, operator } = under;
	await step('it was never asked', () => proxy.asked() > 0);
	await answersKeys(under, 'while it waits');
	await proxy.releases();
	await told(under, 'at first');
	if (row.lives !== undefined) await shows(operator, 'the other panes are gone', row.lives);
}

/** The screen is left while it asks, and before the fault has come to anything. */
async function isLeft(under: Walk): Promise<void> {
	const { row, column, proxy, operator } = under;
	await proxy.holds();
	const before = proxy.asked();
	operator.presses('R');
	await step('R asks nothing', () => proxy.asked() > before);
	if (column.lasts) {
		await proxy.releases();
		await answersKeys(under, 'while it lasts');
	}
	operator.presses(':').types(elsewhere[row.breaks]).presses('enter');
	await step('leaving cancels nothing', () => proxy.open() === 0);
}

async function recovers(under: Walk): Promise<void> {
	await under.proxy.mends();
	under.operator.presses('R');
	await shows(under.operator, 'not well again after R', under.row.sound);
	await vanishes(under);
}

/** What was well breaks: what is on show stays there, which leaves a line for the words; the header names who is ill. */
async function breaksLater(under: Walk): Promise<void> {
	const { row, column, proxy, operator } = under;
	await proxy.breaks(column.fault);
	operator.presses('R');
	await told(under, 'when it was well before');
	await shows(operator, 'what was on show is gone', row.keeps ?? row.sound);
	await recovers(under);
}

/** A key shows its effect although nothing was answered. */
async function answersKeys({ operator }: Walk, when: string): Promise<void> {
	operator.presses('?');
	await shows(operator, `keys are not answered ${when}`, /On the [a-z]+ screen/);
	operator.presses('escape');
	await step(`help stays ${when}`, () => !/On the [a-z]+ screen/.test(flat(operator)));
}

async function told({ row, column, proxy, operator }: Walk, when: string): Promise<void> {
	if (column.comes === 'told')
		await shows(operator, `${when}: who`, new RegExp(`${titles[row.breaks]} at ${proxy.host}`));
	else await shows(operator, `${when}: not harmless`, row.sound);
	await shows(operator, `${when}: what`, column.says);
}

/** Nothing speaks of the fault any more. */
const vanishes = ({ proxy, operator, column }: Walk): Promise<void> =>
	step(
		'what was wrong is still told',
		() => {
			const frame = flat(operator);
			return !frame.includes(proxy.host) && (column.comes === 'harmless' || !column.says.test(frame));
		},
		operator,
	);

/** The painted screen as one line: where it breaks lines is its own affair. */
export const flat = (operator: Operator): string => operator.frame().replaceAll(/\s+/g, ' ');

const shows = (operator: Operator, trouble: string, text: RegExp): Promise<void> =>
	step(trouble, () => text.test(flat(operator)), operator);

async function step(trouble: string, holds: () => boolean, operator?: Operator): Promise<void> {
	if (await waitFor(holds)) return;
	throw new Error(operator === undefined ? trouble : `${trouble}\n${operator.frame()}`);
}

/** Whether it came to hold within the patience of a test. */
export async function waitFor(holds: () => boolean): Promise<boolean> {
	const until = performance.now() + patience;
	while (!holds()) {
		if (performance.now() > until) return false;
		await pause(15);
	}
	return true;
}

const patience = 30_000;
