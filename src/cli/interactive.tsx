import { showSecrets } from '../analysis/redact-evidence.ts';
import { App } from '../app/app.tsx';
import { leavingKeys, Opening } from '../app/opening.tsx';
import type { Banner } from '../app/state.ts';
import {
	type AsideInvestigator,
	createStore,
	type Investigator,
	type Store,
	type TerminalEffect,
} from '../app/store.ts';
import { type Silencing, silencingIn } from '../investigation/silencing.ts';
import type { Correction } from '../model/alert.ts';
import type { Place } from '../model/place.ts';
import type { StreamChoice } from '../model/stream-choice.ts';
import type { Notice } from '../screens/screen.ts';
import { type Capabilities, capabilitiesOf } from '../terminal/capabilities.ts';
import { createScreen, type Output, type Screen } from '../terminal/screen.ts';
import { openTerminal, type Spoken, type Terminal } from '../terminal/session.ts';
import { createTheme, type Theme } from '../widgets/theme.ts';
import type { OpenOptions } from './command-line.ts';
import { type Connected, worldOf } from './connect.ts';
import { copyTo } from './copying.ts';
import type { BlackBox } from './crash/black-box.ts';
import { reportCrash } from './crash/report-crash.ts';
import { createLinkWatch, type LinkWatch, linkModeOf } from './link-watch.ts';
import { type Line, profilesOf, startOf } from './open-line.ts';
import { saveLines } from './saving/save-lines.ts';
import type { Reading } from './trace-file.ts';
import { windowTitle } from './window-title.ts';

/** How often the state hears of the time: often enough for a figure that counts up, seldom enough to cost nothing. */
const tickEvery = 250;

/** Where the interface begins: a place, or what reads one from a file while the frame already stands. */
export type Start = Place | ((reading: Reading) => Promise<Place>);

/** The place to begin with, and what is known of the connection before anything is asked. */
type Begin = { readonly place: Place } & Awaited<ReturnType<typeof startOf>>;

/** Where keys come from, and what is told of them if the program breaks. */
type Desk = { readonly keyboard: NodeJS.ReadStream; readonly box: BlackBox };

/** Who hears keys and sizes at the moment. */
type Stage = {
	readonly take: (event: Spoken) => void;
	readonly resize: (width: number, height: number) => void;
};

/** The terminal, the screen on it, and how a session ends. */
type Session = {
	readonly terminal: Terminal;
	readonly screen: Screen;
	/** Where frames and copies go, metered. */
	readonly output: Output;
	readonly watch: LinkWatch;
	readonly capabilities: Capabilities;
	readonly theme: Theme;
	readonly end: (exitCode: number) => void;
	/** The exit code. */
	readonly ended: Promise<number>;
	readonly onStage: (stage: Stage) => void;
};

/**
 * Runs the interface until it is left; resolves with the exit code. What a component throws is thrown again, and so is what
 * keeps the place from being read: on a terminal that is given back.
 */
export async function runInterface(
	start: Start,
	connected: Connected,
	options: OpenOptions,
	{ keyboard, box }: Desk,
): Promise<number> {
	const begin = await startOf(connected, process.env);
	const session = openSession(connected, options, keyboard);
	const { screen, terminal } = session;
	try {
		const place = typeof start === 'function' ? await opened(start, begin.banner, session) : start;
		return typeof place === 'number'
			? place
			: await showPlaces({ place, ...begin }, connected, options, { ...session, box });
	} finally {
		screen.unmount();
		await terminal.settled(longestSettling);
		terminal.close();
	}
}

/** An answer of the terminal that is still on its way is waited for, so that it is not typed into the shell. */
const longestSettling = 1000;

function openSession(connected: Connected, options: OpenOptions, stdin: NodeJS.ReadStream): Session {
	const { stdout, env, platform } = process;
	const mode = linkModeOf(options.link, env);
	const capabilities = capabilitiesOf({
		env,
		platform,
		isTTY: stdout.isTTY,
		flags: { noColor: !options.color, ascii: options.ascii || mode === 'slow' },
	});
	const watch = createLinkWatch({ mode, capabilities, clock });
	const { promise: left, resolve: end } = deferred<number>();
	const parts: { stage?: Stage; screen?: Screen } = {};
	const terminal = openTerminal({
		stdin,
		stdout,
		title: windowTitle(connected.label, 0, capabilities.unicode),
		onInput: event => {
			parts.screen?.hurry();
			parts.stage?.take(event);
		},
		onAnswer: watch.answered,
		onResize: (width, height) => {
			parts.stage?.resize(width, height);
			parts.screen?.resize(width, height);
		},
		onResume: () => parts.screen?.repaint(),
		onEnd: end,
	});
	const { columns, rows } = terminal;
	const output = watch.metered(terminal.output);
	const screen = createScreen({ output, columns, rows, clock, ...capabilities });
	parts.screen = screen;
	watch.begin({ terminal, screen });
	return {
		terminal,
		screen,
		output,
		watch,
		capabilities,
		theme: createTheme(capabilities.colorLevel, capabilities.unicode),
		end,
		ended: Promise.race([left, screen.done.then(() => 0)]),
		onStage: stage => {
			parts.stage = stage;
		},
	};
}

/** The place that is read, or the exit code when the session ended before that. */
async function opened(
	start: (reading: Reading) => Promise<Place>,
	banner: Banner,
	{ screen, theme, end, ended, onStage }: Session,
): Promise<Place | number> {
	const given = new AbortController();
	onStage({
		take: event => event.type === 'key' && leavingKeys.includes(event.name) && end(0),
		resize: () => {},
	});
	const tell = (words: string) => screen.mount(<Opening banner={banner} words={words} theme={theme} />);
	tell('');
	screen.flush();
	try {
		return await Promise.race([start({ tell, signal: given.signal }), ended]);
	} finally {
		given.abort();
	}
}

async function showPlaces(
	begin: Begin,
	connected: Connected,
	options: OpenOptions,
	session: Session & Pick<Desk, 'box'>,
): Promise<number> {
	const line: Line = { connected };
	// Another profile may be opened meanwhile, and a faster demo be left behind.
	const now = () => line.connected.now();
	const { terminal, screen, output, watch, capabilities, theme, end, ended, onStage, box } = session;
	const { columns, rows } = terminal;
	const title = (firing: number) => windowTitle(line.connected.label, firing, capabilities.unicode);
	const notify = ({ firing, rings }: Notice) => {
		if (!options.bell) return;
		terminal.title(title(firing));
		if (rings) terminal.bell();
	};
	const store = createStore({
		start: {
			...begin,
			size: { width: columns, height: rows },
			now: now(),
			timeFormat: options.timeFormat,
			asksForSecrets: options.showSecrets,
		},
		investigate: investigatorFor(line),
		answerAside: asideInvestigatorFor(line),
		...(options.bell ? { glance: glancerFor(line) } : {}),
		silencing: silencingFor(line),
		profiles: profilesOf({ line, options, env: process.env, opened: () => terminal.title(title(0)) }),
		now,
		overhear: box.hear,
		perform: effect => perform(effect, { line, store, screen, output, end, notify, capabilities, watch, box }),
	});
	onStage({
		take: event => sendInput(store, event),
		resize: (width, height) => store.send({ type: 'resized', size: { width, height } }),
	});
	screen.mount(<App store={store} theme={theme} />);
	// Something to look at comes before the first answer, also when that is as near as the demo's.
	screen.flush();
	const ticking = setInterval(() => tick(store, watch, now), tickEvery);
	try {
		return await ended;
	} finally {
		clearInterval(ticking);
		store.close();
	}
}

/** For what is measured between two moments: the clock of the wall may be set. */
const clock = (): number => performance.now();

/** The state hears of the time, and of the link where that changes anything. */
function tick(store: Store, watch: LinkWatch, now: () => number): void {
	const { overlay, focused } = store.getState();
	const { link, clocksMove } = watch.tick({ isWatched: overlay?.kind === 'link', isFocused: focused });
	if (link !== undefined) store.send({ type: 'linked', link });
	if (clocksMove) store.send({ type: 'ticked', now: now() });
}

/** Clients and investigations are loaded with the first question, when the first frame is on the screen. */
const investigatorFor =
	(line: Line): Investigator =>
	async (...question) => {
		const { investigatorOf } = await import('./investigations.ts');
		return investigatorOf(await worldOf(line.connected))(...question);
	};

const asideInvestigatorFor =
	(line: Line): AsideInvestigator =>
	async (...question) => {
		const { asideInvestigatorOf } = await import('./investigations.ts');
		return asideInvestigatorOf(await worldOf(line.connected))(...question);
	};

const glancerFor =
	(line: Line): Investigator =>
	async (...question) => {
		const { glancerOf } = await import('./investigations.ts');
		return glancerOf(await worldOf(line.connected))(...question);
	};

function silencingFor(line: Line): Silencing {
	const open = async () => {
		const { sources, now, author } = line.connected;
		return silencingIn({ sources: await sources(), now }, author);
	};
	return {
		firedLately: async asking => (await open()).firedLately(asking),
		make: async (change, asking) => (await open()).make(change, asking),
	};
}

function sendInput(store: Store, event: Spoken): void {
	if (event.type === 'key') store.send({ type: 'pressed', key: event.name, ...textOf(event) });
	else if (event.type === 'paste') store.send({ type: 'pasted', text: event.text });
	else store.send({ type: 'focused', focused: event.focused });
}

const textOf = ({ text }: { readonly text?: string }) => (text === undefined ? {} : { text });

type Hands = {
	readonly line: Line;
	readonly store: Store;
	readonly screen: Screen;
	readonly output: Output;
	readonly end: (exitCode: number) => void;
	readonly notify: (notice: Notice) => void;
	readonly capabilities: Capabilities;
	readonly watch: LinkWatch;
	readonly box: BlackBox;
};

function perform(effect: TerminalEffect, hands: Hands): void {
	const { line, store, screen, output, end, notify, capabilities, watch } = hands;
	switch (effect.type) {
		case 'quit':
			end(0);
			return;
		case 'notify':
			notify(effect);
			return;
		case 'repaint':
			screen.repaint();
			return;
		case 'link':
			store.send({ type: 'linked', link: watch.look(effect.mode) });
			return;
		case 'showSecrets':
			showSecrets(true);
			return;
		case 'raise':
			line.connected.raiseBudget(effect.backend);
			return;
		case 'correct':
			void correct(effect.correction, hands);
			return;
		case 'select':
			void select(effect.streams, hands);
			return;
		case 'report':
			store.send({ type: 'reported', report: reportCrash(effect, hands.box) });
			return;
		case 'save':
			void saveLines(effect, store.send);
			return;
		case 'copy':
			store.send(copyTo(output, effect, capabilities));
	}
}

async function correct(correction: Correction, { line: { connected }, store }: Hands): Promise<void> {
	const kept = await connected.corrections.keep(correction);
	store.send({ type: 'corrected', correction, kept, now: connected.now() });
}

async function select(streams: StreamChoice, { line: { connected }, store }: Hands): Promise<void> {
	const kept = await connected.streams.keep(streams);
	store.send({ type: 'selected', streams, kept, now: connected.now() });
}

function deferred<Value>(): { readonly promise: Promise<Value>; readonly resolve: (value: Value) => void } {
	let resolve: (value: Value) => void = () => {};
	const promise = new Promise<Value>(settle => {
		resolve = settle;
	});
	return { promise, resolve };
}
