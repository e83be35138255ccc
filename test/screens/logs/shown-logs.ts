import { boardOver } from '../../../src/investigation/board.ts';
import { investigateLogs } from '../../../src/investigation/logs.ts';
import { answerLogsAside } from '../../../src/investigation/logs-asides.ts';
import { noLogsFindings } from '../../../src/investigation/logs-findings.ts';
import type { LogEntry } from '../../../src/model/log-entry.ts';
import type { LogsPlace } from '../../../src/model/place.ts';
import { fixed, minute, rangeOf } from '../../../src/model/time.ts';
import { logs } from '../../../src/screens/logs/index.ts';
import { searchOf } from '../../../src/screens/logs/search.ts';
import { initialState, type LogsShown, type LogsState } from '../../../src/screens/logs/state.ts';
import { paintLogs } from '../../../src/screens/logs/view.tsx';
import type { Outcome, Size } from '../../../src/screens/screen.ts';
import { createTheme, type Theme } from '../../../src/widgets/theme.ts';
import { frameOf } from '../../helpers/frame.ts';
import { asking, lineAt, logStore, logsOnly } from '../../helpers/log-store.ts';

export const noon = Date.UTC(2026, 4, 4, 12);
export const trace = '0af7651916cd43dd8448eb211c80319c';
export const request = '7f3c2a10-1111-4222-8333-444455556666';

const pier = { service_name: 'pier' };
const quay = { service_name: 'quay' };

/** Two requests over three services; the one with `trace` fails. */
export const story: readonly LogEntry[] = [
	lineAt(
		noon - 90_000,
		pier,
		'{"level":30,"msg":"berth given","route":"/berths","status":200,"responseTime":41,"reqId":"b1b1b1b1b1b1"}',
	),
	lineAt(noon - 62_070, pier, `{"level":30,"msg":"asked","reqId":"${request}","trace_id":"${trace}"}`),
	lineAt(
		noon - 62_050,
		quay,
		`2026-05-04 11:58:57.950  WARN [quay,${trace},b7ad6b7169203331] 1 --- [main] a.Crane : crane is slow`,
	),
	lineAt(noon - 60_400, { service_name: 'buoy' }, 'lamp is out', {
		trace_id: trace,
		severity_text: 'ERROR',
		reason: 'no oil',
	}),
	lineAt(
		noon - 60_000,
		pier,
		`{"level":50,"msg":"berth refused","route":"/berths","status":502,"responseTime":2070,"err":{"message":"lamp is out"},"reqId":"${request}","trace_id":"${trace}"}`,
	),
	lineAt(noon - 30_000, pier, '{"level":50,"msg":"tide table is stale"}'),
	lineAt(
		noon - 10_000,
		pier,
		'{"level":30,"msg":"berth given","route":"/berths","status":200,"responseTime":38,"reqId":"c2c2c2c2c2c2"}',
	),
];

export type Drawn = LogsShown & { readonly frame: string; readonly headline: string };

type Scene = {
	readonly place?: Partial<LogsPlace>;
	readonly size?: Size;
	readonly state?: Partial<LogsState>;
	readonly entries?: readonly LogEntry[];
	readonly theme?: Theme;
};

/** The screen as it stands when all questions are answered. */
export async function drawn({
	place,
	size = { width: 80, height: 14 },
	state,
	entries = story,
	theme,
}: Scene = {}): Promise<Drawn> {
	const whole: LogsPlace = { kind: 'logs', window: fixed(noon - 2 * minute, noon), ...place };
	let findings = noLogsFindings;
	const world = { sources: logsOnly(logStore(entries).source), now: () => noon };
	const publish = (found: typeof findings) => {
		findings = found;
	};
	await investigateLogs(whole, world, noLogsFindings, publish, asking);
	return redrawn(
		{
			place: whole,
			findings,
			state: { ...initialState, ...state },
			range: rangeOf(whole.window, noon),
			now: noon,
			size,
			timeFormat: 'utc',
		},
		theme,
	);
}

/** The same screen drawn again after something changed. */
export const redrawn = (shown: LogsShown, theme: Theme = createTheme('none', true)): Drawn => ({
	...shown,
	headline: logs.headline(shown),
	frame: frameOf(shown.size.width, shown.size.height, surface => paintLogs(surface, { ...shown, theme }))
		.split('\n')
		.map(line => line.trimEnd())
		.join('\n'),
});

/** The same screen when all is searched that its search wants searched. */
export async function searched(shown: LogsShown, theme?: Theme): Promise<Drawn> {
	let { findings } = shown;
	const replace = (found: typeof findings) => {
		findings = found;
	};
	const world = { sources: logsOnly(logStore([]).source), now: () => noon };
	const board = boardOver({ current: () => findings, replace }, world);
	for (const aside of searchOf(shown)) {
		await answerLogsAside({ place: shown.place, range: shown.range, aside }, world, board, asking);
	}
	return redrawn({ ...shown, findings }, theme);
}

/** The screen with this typed behind `/`, searched and settled. */
export async function havingSearched(shown: LogsShown, text: string): Promise<Drawn> {
	const typed = { ...shown, state: logs.search?.apply(text, shown) ?? shown.state };
	const found = await searched(typed);
	return redrawn({ ...found, state: logs.settle?.(found) ?? found.state });
}

/** What a key does here. */
export function pressed(shown: LogsShown, key: string): Outcome<LogsState> {
	const binding = logs.keys.find(({ keys }) => keys.includes(key));
	if (binding === undefined) throw new Error(`${key} is not bound`);
	return binding.run(shown);
}

/** The screen after these keys were pressed, all of which stay on it. */
export function having(shown: LogsShown, ...keys: readonly string[]): Drawn {
	let { state } = shown;
	for (const key of keys) {
		const outcome = pressed({ ...shown, state }, key);
		if (outcome.type !== 'stay') throw new Error(`${key} does not stay: ${JSON.stringify(outcome)}`);
		state = outcome.state;
	}
	return redrawn({ ...shown, state });
}

/** The row with the cursor. */
export const cursorRow = ({ frame }: Drawn): string | undefined => frame.split('\n').find(line => line.startsWith('▌'));
