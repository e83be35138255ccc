import { expect, onTestFinished } from 'vitest';
import { parseAddressLine } from '../../src/analysis/address.ts';
import { showSecrets } from '../../src/analysis/redact-evidence.ts';
import { App } from '../../src/app/app.tsx';
import type { ProfilesPort } from '../../src/app/profiles-port.ts';
import type { Effect } from '../../src/app/state.ts';
import { createStore, type Store } from '../../src/app/store.ts';
import { copyTo } from '../../src/cli/copying.ts';
import { asideInvestigatorOf, glancerOf, investigatorOf } from '../../src/cli/investigations.ts';
import {
	type Corrections,
	openCorrections,
	openStreamChoices,
	type StreamChoices,
} from '../../src/cli/profiles/corrections.ts';
import { saveLines } from '../../src/cli/saving/save-lines.ts';
import { sleep as sleepByClock } from '../../src/cli/sleep.ts';
import type { World } from '../../src/investigation/board.ts';
import type { Sources } from '../../src/investigation/ports.ts';
import { silencingIn } from '../../src/investigation/silencing.ts';
import type { Correction } from '../../src/model/alert.ts';
import type { BackendName } from '../../src/model/failure.ts';
import type { StreamChoice } from '../../src/model/stream-choice.ts';
import type { Milliseconds } from '../../src/model/time.ts';
import type { Setup } from '../../src/screens/profiles/setup.ts';
import { textOf } from '../../src/terminal/grid.ts';
import { createScreen, type Output, type Screen } from '../../src/terminal/screen.ts';
import { createTheme, type Theme } from '../../src/widgets/theme.ts';
import { noProfiles } from './no-profiles.ts';

export type OperatorOptions = {
	readonly sources: Sources;
	readonly now: () => Milliseconds;
	/** How investigations wait; by the clock of this machine when absent. */
	readonly sleep?: World['sleep'];
	/** Where to begin; the alerts when absent. */
	readonly at?: string;
	readonly columns?: number;
	readonly rows?: number;
	readonly theme?: Theme;
	/** The profile's word in the header. */
	readonly word?: string;
	/** True when absent: nothing may be silenced. */
	readonly readOnly?: boolean;
	/** The alerts are glanced at from other places; false when absent. */
	readonly glancing?: boolean;
	/** Where corrections are kept; for this run only when absent. */
	readonly corrections?: Corrections;
	/** Where it is kept in which streams the lines of services are; for this run only when absent. */
	readonly streams?: StreamChoices;
	/** Whether the terminal has a clipboard; it has when absent. */
	readonly clipboard?: boolean;
	/** Whether secrets are to be shown is asked first; false when absent. */
	readonly asksForSecrets?: boolean;
	/** The saved profiles; none can be seen to when absent. */
	readonly profiles?: ProfilesPort;
	/** With what the program begins where nothing is configured. */
	readonly setup?: Setup;
	/** Where frames go; nowhere when absent. */
	readonly output?: Output;
	/** Keeps lines in a file; really, when absent. */
	readonly save?: typeof saveLines;
	/** Allows more to be read of a backend; nothing when absent. */
	readonly raiseBudget?: (backend: BackendName) => void;
};

/**
 * Somebody who presses keys and looks at the screen: the whole program but for the terminal itself. Waits for what
 * there is to see, never for time.
 */
export type Operator = {
	readonly frame: () => string;
	sees(text: string | RegExp): Promise<Operator>;
	loses(text: string): Promise<Operator>;
	presses(...keys: readonly string[]): Operator;
	types(text: string): Operator;
	/** The row with the cursor, without the mark. */
	readonly row: () => string;
	readonly effects: readonly Effect[];
	readonly store: Store;
	readonly screen: Screen;
};

/** The theme of the tests marks the selected row with a glyph, so that text tells it. */
export const plainTheme = createTheme('none', true);

export function operate({
	sources,
	now,
	sleep = sleepByClock,
	at = 'alerts',
	columns = 80,
	rows = 24,
	theme = plainTheme,
	word = 'test',
	readOnly = true,
	glancing = false,
	corrections = openCorrections(),
	streams = openStreamChoices(),
	clipboard = true,
	asksForSecrets = false,
	profiles = noProfiles,
	setup,
	output = { write: () => true },
	save = saveLines,
	raiseBudget = () => {},
}: OperatorOptions): Operator {
	const parsed = parseAddressLine(at, now());
	if (!parsed.ok || parsed.address.kind === 'report') throw new Error(`${at} is no place to begin`);
	const screen = createScreen({ output, columns, rows, synchronizedUpdates: false });
	screen.done.catch(() => {});
	const effects: Effect[] = [];
	const correct = async (correction: Correction) => {
		const kept = await corrections.keep(correction);
		store.send({ type: 'corrected', correction, kept, now: now() });
	};
	const select = async (choice: StreamChoice) => {
		const kept = await streams.keep(choice);
		store.send({ type: 'selected', streams: choice, kept, now: now() });
	};
	const store = createStore({
		start: {
			place: parsed.address,
			banner: { word, production: false, readOnly },
			size: { width: columns, height: rows },
			now: now(),
			timeFormat: 'utc',
			asksForSecrets,
			...(setup === undefined ? {} : { setup }),
		},
		investigate: investigatorOf({ sources, now, sleep, corrections: corrections.all, streams: streams.all }),
		answerAside: asideInvestigatorOf({ sources, now, sleep, corrections: corrections.all, streams: streams.all }),
		...(glancing ? { glance: glancerOf({ sources, now, corrections: corrections.all, streams: streams.all }) } : {}),
		silencing: silencingIn({ sources, now }, 'mira'),
		profiles,
		now,
		perform: effect => {
			effects.push(effect);
			if (effect.type === 'correct') void correct(effect.correction);
			if (effect.type === 'raise') raiseBudget(effect.backend);
			if (effect.type === 'select') void select(effect.streams);
			if (effect.type === 'showSecrets') showSecrets(true);
			if (effect.type === 'save') void save(effect, store.send);
			if (effect.type === 'copy') {
				store.send(copyTo({ write: () => true }, effect, { clipboard, insideTmux: false }));
			}
		},
	});
	screen.mount(<App store={store} theme={theme} />);
	onTestFinished(() => {
		showSecrets(false);
		store.close();
		screen.unmount();
	});
	const frame = () => {
		screen.flush();
		return textOf(screen.grid)
			.map(line => line.trimEnd())
			.join('\n');
	};
	const operator: Operator = {
		frame,
		effects,
		store,
		screen,
		row: () =>
			frame()
				.split('\n')
				.find(line => line.startsWith(theme.glyph('selection')))
				?.slice(1)
				.trim() ?? '',
		async sees(text) {
			await expect.poll(frame, patience).toMatch(typeof text === 'string' ? new RegExp(escaped(text)) : text);
			return operator;
		},
		async loses(text) {
			await expect.poll(frame, patience).not.toContain(text);
			return operator;
		},
		presses(...keys) {
			for (const key of keys) store.send({ type: 'pressed', key, ...(key.length === 1 ? { text: key } : {}) });
			return operator;
		},
		types(text) {
			for (const character of text) {
				store.send({ type: 'pressed', key: character === ' ' ? 'space' : character, text: character });
			}
			return operator;
		},
	};
	return operator;
}

const patience = { timeout: 8000, interval: 10 };
const escaped = (text: string): string => text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
