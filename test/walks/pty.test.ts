import { describe, expect, test, vi } from 'vitest';
import { givenBack, type Program, type ProgramOptions, startProgram } from '../helpers/program.ts';

vi.setConfig({ testTimeout: 60_000 });

/** The demo in a terminal, once its alerts and their figures are there. */
async function demo(options: Partial<ProgramOptions> = {}): Promise<Program> {
	const program = startProgram({ args: ['demo'], ...options });
	await program.sees('ConciergeBookingEr');
	await program.sees('enter panels');
	return program;
}

const gone = async (program: Program, code: number): Promise<void> => {
	expect(await program.exited).toBe(code);
	await expect.poll(program.modes).toEqual(givenBack);
};

describe('the demo in a terminal', () => {
	test('takes the terminal, and leads in four keys to the flame graph', async () => {
		const program = await demo();
		expect(program.modes()).toMatchObject({
			buffer: 'alternate',
			cursor: false,
			paste: true,
			focus: true,
			mouse: 'none',
		});
		await program.sees('> 5 %');
		program.presses('enter');
		await program.sees(/ERRORS +\d/);
		program.presses('enter');
		await program.sees('request done');
		program.presses('enter');
		await program.sees(/› request [0-9a-f]{4}…/);
		await program.sees(/\d lines/);
		program.presses('enter');
		// The clock is the machine's: of a hundred requests that fail three fail for want of a tariff.
		await program.sees(/a row lock|no tariff/);
		program.presses('escape');
		await program.sees(/\d lines/);
		program.presses('q', 'q', 'q');
		await program.sees('> 5 %');
		program.presses('q');
		await gone(program, 0);
	});

	test('fits itself to the terminal, and says when there is too little of it', async () => {
		const program = await demo();
		program.presses('enter');
		await program.sees(/ERRORS +\d/);
		program.resizes(60, 15);
		await program.sees(/^ demo .*concierge \/bookings/m);
		await program.loses('zoom in');
		expect(program.screen()).toHaveLength(15);
		program.resizes(50, 10);
		await program.sees('smokejumper needs 60 columns and 15 rows');
		program.resizes(120, 40);
		await program.sees(/ERRORS +\d/);
		await program.sees('live  last');
		await program.sees('? help');
		expect(program.screen().at(-1)).toContain('? help');
	});

	test.each<readonly [string, readonly string[], string]>([
		['among the alerts', [], 'enter panels'],
		['in a prompt', [':', 'service'], ':service'],
		['in the help', ['?'], 'On the alerts screen'],
		['on the way to a place', ['enter'], 'concierge'],
		['in the middle of other keys', ['jjjkk'], 'enter panels'],
	])('is left with ^C %s', async (_, keys, text) => {
		const program = await demo();
		program.presses(...keys);
		await program.sees(text);
		program.presses('ctrl+c');
		await gone(program, 0);
	});

	test('is left with ^C where the terminal is too small', async () => {
		const program = startProgram({ args: ['demo'], columns: 40, rows: 8 });
		await program.sees('^C quits.');
		program.presses('ctrl+c');
		await gone(program, 0);
	});

	test('leaves no trace when ^C comes before anything is painted', async () => {
		const program = startProgram({ args: ['demo'] });
		let code: number | undefined;
		void program.exited.then(exitCode => {
			code = exitCode;
		});
		const impatient = () => {
			if (code === undefined) program.presses('ctrl+c');
			return code;
		};
		await expect.poll(impatient, { timeout: 20_000, interval: 5 }).toSatisfy(ended => ended === 130 || ended === 0);
		await expect.poll(program.modes).toEqual(givenBack);
	});

	test('gives the terminal back on ^C as soon as it has taken it', async () => {
		const program = startProgram({ args: ['demo'] });
		await expect.poll(program.buffer, { timeout: 20_000, interval: 1 }).toBe('alternate');
		program.presses('ctrl+c');
		await gone(program, 0);
	});
});

describe('plain terminals', () => {
	const walk = async (program: Program): Promise<void> => {
		await program.sees('> 5 %');
		program.presses('enter');
		await program.sees(/ERRORS +\d/);
		// An exemplar, in Unicode or ASCII: `x` takes one that is there.
		await program.sees(/◆|[*_]o|o[*_]/);
		program.presses('x', '?');
		await program.sees('On the service screen');
		program.presses('escape');
		await program.loses('On the service screen');
		program.presses('enter');
		await program.sees(/span|where the time went/);
		program.presses('ctrl+c');
		await gone(program, 0);
	};

	test.each<readonly [string, Partial<ProgramOptions>]>([
		['--ascii', { args: ['demo', '--ascii'] }],
		['LANG=C', { env: { LANG: 'C' } }],
	])('with %s see nothing but ASCII', async (_, options) => {
		const program = await demo(options);
		await walk(program);
		expect([...program.raw()].filter(character => character > '\x7f')).toEqual([]);
	});

	test('with NO_COLOR see no colour', async () => {
		const program = await demo({ env: { NO_COLOR: '1' } });
		await walk(program);
		expect(program.raw()).toContain('\x1b[');
		expect(coloursIn(program.raw())).toEqual([]);
	});

	test('see colours otherwise', async () => {
		const program = await demo();
		await walk(program);
		expect(coloursIn(program.raw())).not.toEqual([]);
	});
});

/** The parameters of SGR that set a colour (ECMA-48 §8.3.117, and 38, 48 and 90–107 of xterm). */
const coloursIn = (bytes: string): readonly string[] =>
	[...bytes.matchAll(/\x1b\[([\d;:]*)m/g)]
		.flatMap(([, parameters = '']) => parameters.split(/[;:]/))
		.filter(parameter => /^(3[0-8]|4[0-8]|9[0-7]|10[0-7])$/.test(parameter));

test('nothing is written while nothing changes', async () => {
	const program = startProgram({ args: ['demo', 'service', 'concierge', '--from', '-50m', '--to', '-10m'] });
	await program.sees(/p99 \d/);
	await program.sees('/journeys');
	await program.sees('◆');
	/** Bytes from one rest to the next, with the help opened and closed in between. */
	const cost = async (...harmless: readonly string[]): Promise<number> => {
		const before = program.bytes();
		program.presses(...harmless, '?');
		await program.sees('On the service screen');
		program.presses('escape');
		await program.sees(/p99 \d/);
		await program.loses('On the service screen');
		return program.bytes() - before;
	};
	await cost();
	/** The clock in the header goes by minutes, and on a busy machine an answer may be late: some rounds have news in them. */
	const rounds: number[] = [];
	for (let round = 0; round < 8 && !rounds.includes(0); round++)
		rounds.push((await cost('Z', 'Z', 'Z', 'Z', 'Z')) - (await cost()));
	expect(rounds).toContain(0);
});
