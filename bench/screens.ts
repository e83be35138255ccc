import { costPerKey, type KeyCost, pageDown, pageUp, times } from './keys.ts';
import { printedLines, runDemo, runProgram } from './program.ts';
import { serveSilences } from './silences-server.ts';
import type { Running, Size } from './terminal.ts';

/** A screen other than that of many lines: how it is started, and the keys that move its cursor there and back. */
type BenchScreen = {
	readonly name: string;
	readonly start: (size: Size) => Running;
	/** What is written when its content is there. */
	readonly shows: string;
	readonly keys: readonly [there: string, back: string];
	/** Whether it has more rows than a page. */
	readonly hasPages: boolean;
};

/** What its keys cost; a page only where there is more than one. */
export type ScreenCost = {
	readonly name: string;
	readonly size: Size;
	readonly cursor: KeyCost;
	readonly page?: KeyCost;
};

const rows = ['j', 'k'] as const;
/** A bare alert leads nowhere else; the panels move a line through the time of all charts. */
const inTime = ['h', 'l'] as const;

/** The screens on the demo; the request that failed last and its trace; and an Alertmanager with enough silences. */
function benchScreens(alert: string, silencesUrl: string, folder: string): readonly BenchScreen[] {
	const failed = printedLines(['logs', '--service', 'concierge']).findLast(({ message }) => /failed/.test(message));
	const { requestId, traceId } = failed ?? {};
	if (requestId === undefined || traceId === undefined) throw new Error('No request of the demo failed.');
	const demo = (
		name: string,
		address: readonly string[],
		shows: string,
		hasPages = false,
		keys = rows as BenchScreen['keys'],
	) => ({
		name,
		start: (size: Size) => runDemo(address, size),
		shows,
		keys,
		hasPages,
	});
	const silences = ['--alertmanager-url', silencesUrl, 'silences'];
	return [
		demo('alerts', [], alert),
		demo('service', ['service', 'concierge'], 'RATE', false, inTime),
		demo('request', ['logs', '--request', requestId], 'upstream failed'),
		demo('trace', ['trace', traceId], 'spans'),
		demo('traces', ['traces', '--service', 'concierge'], 'traces', true),
		demo('compare', ['compare', 'concierge'], 'slow'),
		{
			name: 'silences',
			start: size => runProgram(silences, folder, size),
			shows: 'BerthsFull1',
			keys: rows,
			hasPages: true,
		},
		demo('cardinality', ['cardinality'], 'series'),
	];
}

/** All of them at each size. */
export async function measureScreens(alert: string, folder: string, sizes: readonly Size[]) {
	const server = await serveSilences(Date.now());
	const costs: ScreenCost[] = [];
	for (const screen of benchScreens(alert, server.url, folder)) {
		for (const size of sizes) costs.push(await measureScreen(screen, size));
	}
	server.close();
	return costs;
}

const turns = 4;

/** Three rows there and three back, from the top, while nothing else changes: paused. */
async function measureScreen({ name, start, shows, keys, hasPages }: BenchScreen, size: Size): Promise<ScreenCost> {
	const running = start(size);
	await running.writes(shows);
	await running.settles(400);
	for (const key of [' ', 'g']) {
		running.press(key);
		await running.settles(200);
	}
	const [there, back] = keys;
	await running.answers(there);
	const cursor = await costPerKey(running, times(turns, there, there, there, back, back, back));
	const page = hasPages ? await costPerKey(running, times(turns, pageDown, pageUp)) : undefined;
	running.kill();
	return { name, size, cursor, ...(page && { page }) };
}
