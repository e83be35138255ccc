import type { Dispatcher } from 'undici';
import { expect, test } from 'vitest';
import { type Grid, textOf } from '../../src/terminal/grid.ts';
import type { InputEvent } from '../../src/terminal/keys.ts';
import { createKeyParser } from '../../src/terminal/keys.ts';
import { createTheme } from '../../src/widgets/theme.ts';
import { type Chance, chanceOf } from '../helpers/chance.ts';
import { demoNow, demoWorld } from '../helpers/demo.ts';
import { type Operator, operate } from '../helpers/operator.tsx';
import { type Deed, deedOf } from '../helpers/random-hand.ts';
import { createEmulator, differencesOf, shownBy, writeTo } from '../terminal/emulator.ts';

/** How many deeds one seed does; with `FUZZ_RUNS` that many times as many. */
const deeds = 600 * Number(process.env.FUZZ_RUNS ?? 1);
/** The same every day, and one of the day's; `FUZZ_SEED` in its place. */
const seeds = [4711, Number(process.env.FUZZ_SEED ?? Math.floor(Date.now() / 86_400_000))];

type Weather = 'fair' | 'slow' | 'broken' | 'refusing';

/** The network between the program and the demo: now and then an answer is late, wrong, or does not come. */
function stormy(chance: Chance) {
	let weather: Weather = 'fair';
	const over = (servers: Dispatcher): Dispatcher =>
		servers.compose(dispatch => (options, handler) => {
			const outcome = chance.below(3) === 0 ? weather : 'fair';
			if (outcome === 'slow') {
				setTimeout(() => dispatch(options, handler), chance.below(40));
				return true;
			}
			if (outcome === 'broken') return dispatch({ ...options, path: '/nowhere' }, handler);
			if (outcome === 'refusing') return dispatch({ ...options, origin: 'http://nobody.invalid' }, handler);
			return dispatch(options, handler);
		});
	return {
		over,
		change: () => {
			weather = chance.oneOf<Weather>(['fair', 'slow', 'broken', 'refusing']);
		},
	};
}

/** The program on a terminal that only exists in memory, with the bytes that it has written to it. */
function desk(seed: number) {
	const chance = chanceOf(seed);
	const weather = stormy(chance);
	let now = demoNow;
	let written = '';
	const output = {
		write: (bytes: string) => {
			written += bytes;
			return true;
		},
	};
	const operator = operate({
		...demoWorld(() => now, weather.over),
		output,
		theme: createTheme('256', true),
		readOnly: chance.below(2) === 0,
		glancing: true,
		save: async (_, send) => send({ type: 'told', text: 'Nothing is kept.', tone: 'plain' }),
	});
	const parser = createKeyParser();
	let emulator = createEmulator(80, 24);
	/** The terminal; after another size a new one, since the frame then is a whole one, and xterm loses rows on the way. */
	const emulatorOf = (columns: number, rows: number) => {
		if (emulator.cols !== columns || emulator.rows !== rows) emulator = createEmulator(columns, rows);
		// As the program leaves a terminal: without line wrap.
		emulator.write('\x1b[?7l');
		return emulator;
	};
	const hear = (events: readonly InputEvent[]) => {
		for (const event of events) send(operator, event);
	};
	const perform = async (deed: Deed): Promise<void> => {
		switch (deed.type) {
			case 'bytes':
				hear(parser.feed(deed.bytes));
				if (chance.below(2) === 0) hear(parser.flush());
				return;
			case 'resize':
				operator.store.send({ type: 'resized', size: { width: deed.columns, height: deed.rows } });
				operator.screen.resize(deed.columns, deed.rows);
				return;
			case 'suspend':
				operator.screen.repaint();
				return;
			case 'tick':
				now += 10_000;
				operator.store.send({ type: 'ticked', now });
				return;
			case 'weather':
				weather.change();
				return;
			case 'rest':
				await new Promise(resolve => setTimeout(resolve, 5));
		}
	};
	const taken = (): string => {
		const bytes = written;
		written = '';
		return bytes;
	};
	return { chance, operator, perform, emulatorOf, taken };
}

function send({ store }: Operator, event: InputEvent): void {
	if (event.type === 'answer') return;
	if (event.type === 'focus') store.send({ type: 'focused', focused: event.focused });
	else if (event.type === 'paste') store.send({ type: 'pasted', text: event.text });
	else store.send({ type: 'pressed', key: event.name, ...(event.text === undefined ? {} : { text: event.text }) });
}

/** All that a frame may be made of: text, SGR, moves, erasures, repeated cells, scrolling within margins, the update mark. */
const frameBytes =
	/\x1b(?:\[[\d;:]*[mHfABCDGdJKXPbLMST@]|\[(?:\d+;\d+)?r|\[\?2026[hl]|\[[\d;]* @)|[\r\n\x08]|[^\x00-\x1f\x7f-\x9f]/gu;

/** What a whole frame begins with. */
const clear = '\x1b[2J';

/** What is wrong with what the terminal shows now, in words; empty when nothing is. */
async function flawsOf({ operator, emulatorOf, taken }: ReturnType<typeof desk>): Promise<readonly string[]> {
	const { screen, store, effects } = operator;
	screen.flush();
	const { size, crash } = store.getState();
	const [painted, bytes] = [copyOf(screen.grid), taken()];
	screen.repaint();
	screen.flush();
	const [repainted, freshBytes] = [copyOf(screen.grid), taken()];
	// From here on time passes, and with it the screen may change.
	const emulator = emulatorOf(size.width, size.height);
	await writeTo(emulator, bytes.slice(Math.max(0, bytes.lastIndexOf(clear))));
	const shown = differencesOf(shownBy(emulator, painted.clusters), painted);
	await writeTo(emulator, freshBytes);
	const fresh = differencesOf(shownBy(emulator, repainted.clusters), repainted);
	const strange = (bytes + freshBytes).replace(frameBytes, '');
	return [
		...(crash === undefined ? [] : [`The screen failed ${crash.during}: ${crash.words}`]),
		...effects.flatMap(effect =>
			effect.type === 'report' ? [String(Reflect.get(Object(effect.thrown), 'stack'))] : [],
		),
		...(painted.width === size.width && painted.height === size.height ? [] : ['The grid has another size.']),
		...shown.map(each => `The terminal shows something else at ${each}`),
		...fresh.map(each => `After ^L the terminal shows something else at ${each}`),
		...(textOf(painted).join() === textOf(repainted).join() ? [] : ['After ^L the screen says something else.']),
		...(strange === '' ? [] : [`Strange bytes: ${JSON.stringify(strange)}`]),
	];
}

const copyOf = ({ glyphs, inks, grounds, ...rest }: Grid): Grid => ({
	...rest,
	glyphs: glyphs.slice(),
	inks: inks.slice(),
	grounds: grounds.slice(),
});

/** A look every so many deeds: not between the keys of one burst. */
const looksEvery = 6;

test.each(seeds)(
	'whatever is pressed, the frame is whole, and no screen fails (seed %d)',
	async seed => {
		const run = desk(seed);
		const done: string[] = [];
		for (let number = 0; number < deeds; number++) {
			const deed = deedOf(run.operator.store.getState(), run.chance);
			done.push(JSON.stringify(deed));
			await run.perform(deed);
			if (number % looksEvery > 0) continue;
			const flaws = await flawsOf(run);
			if (flaws.length > 0)
				expect.fail(`seed ${seed}, deed ${number}:\n${flaws.join('\n')}\n${done.slice(-30).join('\n')}`);
		}
		await run.operator.sees(/./);
	},
	600_000,
);
