import { performance } from 'node:perf_hooks';
import { setTimeout as pause } from 'node:timers/promises';
import { shownPlace, slotAt } from '../../src/app/state.ts';
import { type Milliseconds, minute } from '../../src/model/time.ts';
import { demoNow } from '../helpers/demo.ts';
import { type Operator, operate } from '../helpers/operator.tsx';
import type { Clock } from './clock.ts';
import type { Column } from './columns.ts';
import { type FaultProxy, openFaultProxy, type Upstream } from './fault-proxy.ts';
import type { BrokenBackend, Row } from './rows.ts';
import { sourcesAt, type Urls } from './world.ts';

export type Bench = {
	readonly upstreams: Readonly<Record<BrokenBackend, Upstream>>;
	/** Proxies that break nothing. */
	readonly good: Urls;
	/** How long a question to the backend that breaks may take, and how large its answer may be. */
	readonly limits: { readonly totalTimeout: Milliseconds; readonly maxBodyBytes: number };
	/** Goes on to what breaks when it was well before. */
	readonly full: boolean;
	/** What is not there after so long will not come. */
	readonly patience: Milliseconds;
};

/** One screen under one fault. */
export type Cell = {
	readonly row: Row;
	readonly column: Column;
	/** The rows of the screen between header and footer, as they are when nothing is broken. */
	readonly whole: string;
	/** The clock of the operator and of the door; the world of the demo stands still. */
	readonly clock: Clock;
};

/** Milliseconds from a key to the frame that shows what it did, the longest of them, while the fault lasted. */
export type Tried = { readonly keyed: Milliseconds };

const titles = { prometheus: 'Prometheus', alertmanager: 'Alertmanager', loki: 'Loki', tempo: 'Tempo' } as const;

/** Where to go that asks nothing of the backend that breaks. */
const elsewhere = {
	prometheus: 'silences',
	alertmanager: 'cardinality',
	loki: 'silences',
	tempo: 'silences',
} as const satisfies Record<BrokenBackend, string>;

/** Puts one screen through one fault; rejects with what was not as it should be. */
export async function tryCell(cell: Cell, bench: Bench): Promise<Tried> {
	const { row, column, clock } = cell;
	const proxy = await openFaultProxy(bench.upstreams[row.breaks]);
	const beginsAt = (totalTimeout: Milliseconds) =>
		operate({
			sources: sourcesAt({ ...bench.good, [row.breaks]: proxy.url }, row.breaks, {
				...bench.limits,
				totalTimeout,
				now: clock.now,
			}),
			now: () => demoNow,
			at: row.at,
		});
	const patiently = () => beginsAt(10 * bench.patience);
	await proxy.breaks(column.fault);
	await proxy.holds();
	const operator = column.lasts ? beginsAt(bench.limits.totalTimeout) : patiently();
	const times: Milliseconds[] = [];
	try {
		await walk({ ...cell, ...bench, proxy, operator, times, patiently });
		return { keyed: Math.max(...times) };
	} finally {
		operator.store.close();
		await proxy.close();
	}
}

type Walk = Cell &
	Pick<Bench, 'full' | 'patience'> & {
		readonly proxy: FaultProxy;
		readonly operator: Operator;
		/** Of each key so far. */
		readonly times: Milliseconds[];
		/** Somebody else at the same screen, whose questions no time-out ends. */
		readonly patiently: () => Operator;
	};

async function walk(under: Walk): Promise<void> {
	const { row, column, full } = under;
	await beginsBroken(under);
	if (column.lasts) await isLeftByAnother(under);
	else await isLeft(under);
	// To see once more what is told takes as long as the fault does.
	if (row.refreshes && !column.lasts) await recoversByItself(under);
	else await recovers(under);
	if (full) await breaksLater(under);
}

/** The fault is there before the screen is. */
async function beginsBroken(under: Walk): Promise<void> {
	const { row, column, proxy, operator, whole } = under;
	await step(under, 'it was never asked', () => proxy.asked() > 0);
	await answersKeys(under, 'while it waits');
	await proxy.releases();
	await told(under, 'at first');
	if (row.lives !== undefined) await shows(under, 'the other panes are gone', row.lives);
	if (column.comes === 'told' || (await waitFor(() => bodyOf(operator) === whole, under.patience))) return;
	throw new Error(`at first: not as without the fault: ${differenceOf(whole, bodyOf(operator))}`);
}

/** The screen is left while it asks, before the fault has come to anything, and is gone back to. */
async function isLeft(under: Walk): Promise<void> {
	const { row, proxy, operator } = under;
	await proxy.holds();
	await asksByR(under);
	operator.presses(':').types(elsewhere[row.breaks]).presses('enter');
	await step(under, 'leaving cancels nothing', () => proxy.open() === 0);
	await proxy.releases();
	operator.presses('escape');
}

/** What a time-out would end anyway is left by somebody who has none. */
async function isLeftByAnother(under: Walk): Promise<void> {
	const { row, proxy, patiently } = under;
	const operator = patiently();
	const other = { ...under, operator };
	await step(other, 'it was never asked again', () => proxy.open() > 0);
	await answersKeys(other, 'while it lasts');
	await asksByR(other);
	operator.presses(':').types(elsewhere[row.breaks]).presses('enter');
	await step(other, 'leaving cancels nothing', () => proxy.open() === 0);
	operator.store.close();
}

async function asksByR(under: Walk): Promise<void> {
	const before = under.proxy.asked();
	under.operator.presses('R');
	await step(under, 'R asks nothing', () => under.proxy.asked() > before);
}

/** Nobody presses anything: time goes by, and with it the rests of screen and breaker. */
async function recoversByItself(under: Walk): Promise<void> {
	const { row, proxy, operator, clock } = under;
	await tells(under, 'when it is looked at again');
	await proxy.mends();
	await step(under, 'not well again by itself', () => {
		if (!isAsking(operator)) clock.passes(5 * minute);
		operator.store.send({ type: 'ticked', now: clock.now() });
		return row.sound.test(flat(operator)) && isSilent(under);
	});
	// What is asked by hand is asked by the clock of the world again.
	clock.passes(demoNow - clock.now());
}

/** Whether a question of the place on show is open. */
export function isAsking({ store }: Operator): boolean {
	const state = store.getState();
	const { doneAt, asking } = slotAt(state, shownPlace(state)) ?? {};
	return doneAt === undefined || (asking?.size ?? 0) > 0;
}

/** Who and what; of a backend that is left alone meanwhile, for how long. */
async function tells(under: Walk, when: string): Promise<void> {
	const { column, operator, row } = under;
	const rests = operator.store.getState().health.get(row.breaks)?.restsUntil !== undefined;
	const says = rests ? /asked again in \d+ s/ : column.says;
	await told({ ...under, column: { ...column, says } }, when);
}

async function recovers(under: Walk): Promise<void> {
	await under.proxy.mends();
	under.operator.presses('R');
	await shows(under, 'not well again after R', under.row.sound);
	await step(under, 'what was wrong is still told', () => isSilent(under));
}

/** What was well breaks: what is on show stays there, with the words of what is wrong. */
async function breaksLater(under: Walk): Promise<void> {
	const { row, column, proxy, operator } = under;
	await proxy.breaks(column.fault);
	operator.presses('R');
	await told(under, 'when it was well before');
	await shows(under, 'what was on show is gone', row.keeps ?? row.sound);
	await recovers(under);
}

/** A key shows its effect although nothing was answered. */
async function answersKeys(under: Walk, when: string): Promise<void> {
	const isHelp = () => /On the [a-z]+ screen/.test(flat(under.operator));
	await presses(under, '?', { trouble: `keys are not answered ${when}`, holds: isHelp });
	await presses(under, 'escape', { trouble: `help stays ${when}`, holds: () => !isHelp() });
}

type Effect = { readonly trouble: string; readonly holds: () => boolean };

/** React paints in the turn of the key itself, so that what other cells do meanwhile is not measured. */
async function presses(under: Walk, key: string, { trouble, holds }: Effect): Promise<void> {
	const began = performance.now();
	under.operator.presses(key);
	for (let turn = 0; turn < turnsOfReact && !holds(); turn++) await Promise.resolve();
	await step(under, trouble, holds);
	under.times.push(performance.now() - began);
}

const turnsOfReact = 10;

async function told(under: Walk, when: string): Promise<void> {
	const { row, column, proxy } = under;
	if (column.comes === 'told') await shows(under, `${when}: who`, new RegExp(`${titles[row.breaks]} at ${proxy.host}`));
	else await shows(under, `${when}: not harmless`, row.sound);
	await shows(under, `${when}: what`, column.says);
}

/** Nothing speaks of the fault any more. */
function isSilent({ proxy, operator, column }: Walk): boolean {
	const frame = flat(operator);
	return !frame.includes(proxy.host) && (column.comes === 'harmless' || !column.says.test(frame));
}

/** The painted screen as one line: where it breaks lines is its own affair. */
export const flat = (operator: Operator): string => operator.frame().replaceAll(/\s+/g, ' ');

/** What stands between header and footer, which tell of times and bytes too. */
export const bodyOf = (operator: Operator): string => operator.frame().split('\n').slice(2, -2).join('\n');

/** The first rows that differ. */
function differenceOf(whole: string, body: string): string {
	const rows = body.split('\n');
	const at = whole.split('\n').findIndex((row, y) => row !== rows[y]);
	return [whole.split('\n')[at], 'is', rows[at]].join('\n');
}

const shows = (under: Walk, trouble: string, text: RegExp): Promise<void> =>
	step(under, trouble, () => text.test(flat(under.operator)));

async function step({ operator, patience }: Walk, trouble: string, holds: () => boolean): Promise<void> {
	if (!(await waitFor(holds, patience))) throw new Error(`${trouble}\n${operator.frame()}`);
}

/** Whether it came to hold within so long, or longer where other cells take their turns. */
export async function waitFor(holds: () => boolean, patience: Milliseconds): Promise<boolean> {
	for (let turn = 0; turn * betweenLooks < patience; turn++) {
		if (holds()) return true;
		await pause(betweenLooks);
	}
	return holds();
}

const betweenLooks: Milliseconds = 15;
