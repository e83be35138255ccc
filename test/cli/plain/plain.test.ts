import { describe, expect, test, vi } from 'vitest';
import { type ProgramOptions, startProgram } from '../../helpers/program.ts';

vi.setConfig({ testTimeout: 60_000 });

const prompt = /number, b back, r again, q quit, \? help> $/;

/** The demo on a terminal that only prints. What has scrolled away is not lost: the last page is what matters. */
async function dumb(options: Partial<ProgramOptions> = {}) {
	const program = startProgram({ args: ['demo'], rows: 60, env: { TERM: 'dumb' }, ...options });
	const asked = () => program.raw().split('help> ').length - 1;
	/** What was printed since the line was sent, up to the next prompt. */
	const says = async (line?: string): Promise<string> => {
		const [before, length] = [asked(), program.raw().length];
		if (line !== undefined) program.presses(`${line}\r`);
		await expect.poll(asked, { timeout: 20_000, interval: 20 }).toBeGreaterThan(line === undefined ? 0 : before);
		return program
			.raw()
			.slice(line === undefined ? 0 : length)
			.replaceAll('\r', '');
	};
	return { program, says, first: await says() };
}

describe('a terminal that only prints', () => {
	test('leads by numbers from the alerts to the trace and back, without an escape sequence', async () => {
		const { program, says, first } = await dumb();
		expect(first).toMatch(/^#\s+severity\s+state\s+alert/m);
		expect(first).toMatch(/^1\s+critical\s+firing\s+ConciergeBookingErrors/m);
		expect(first).toMatch(prompt);
		const service = await says('1');
		expect(service).toMatch(/^errors\s+[\d.]+ %/m);
		expect(service).toMatch(/^ {3}1 {2}logs of concierge$/m);
		expect(service).toMatch(/^ {3}2 {2}trace \w{4}~\w{4}, [\d.]+ m?s/m);
		const logs = await says('1');
		expect(logs).toMatch(/^ {3}1 {2}request of error \d\d:\d\d:\d\d /m);
		expect(logs).toContain('These are the last 40 of');
		const request = await says('1');
		expect(request).toMatch(/^ {3}1 {2}trace \w{4}~\w{4}$/m);
		const trace = await says('1');
		expect(trace).toContain('where the time went');
		expect(trace).toMatch(/^ {3}1 {2}logs of this request$/m);
		expect(await says('b')).toMatch(/^ {3}1 {2}trace/m);
		program.presses('q\r');
		expect(await program.exited).toBe(0);
		expect(program.raw()).not.toContain('\x1b');
		// A terminal that rings or moves for anything but text would be no printer.
		expect(program.raw()).toMatch(/^[\n\r -~]*$/);
	});

	test('says what is wrong with a line, and goes to addresses', async () => {
		const { program, says } = await dumb();
		expect(await says('99')).toMatch(/There is no 99; they go from 1 to \d+\./);
		expect(await says('b')).toContain('This is where you began. q quits.');
		expect(await says('nonsense')).toContain('There is no place called nonsense.');
		expect(await says('report Leak')).toContain('smokejumper report');
		expect(await says('?')).toContain('A number opens what stands beside it.');
		expect(await says(':traces --service berths --errors')).toMatch(/^ *\d+ .*concierge/m);
		expect(await says('')).toMatch(prompt);
		expect(await says('silences')).toContain('silences');
		expect(await says('1')).toContain('Nothing here has a number.');
		program.presses('\x04');
		expect(await program.exited).toBe(0);
	});

	test('is also one that nobody knows', async () => {
		const { program, first } = await dumb({ env: { TERM: 'unknown' } });
		expect(first).toContain('ConciergeBookingErrors');
		program.presses('ctrl+c');
		expect(await program.exited).toBe(130);
		expect(program.raw()).not.toContain('\x1b');
	});

	test('keeps to the columns of the terminal', async () => {
		const { says, first } = await dumb({ columns: 60 });
		const widest = (text: string) => Math.max(...text.split('\n').map(line => line.length));
		expect(widest(first)).toBeLessThanOrEqual(60);
		expect(widest(await says('1'))).toBeLessThanOrEqual(60);
	});

	test('says that nothing is configured, and how to mend that', async () => {
		const program = startProgram({ args: [], env: { TERM: 'dumb', HOME: '/nowhere' } });
		expect(await program.exited).toBe(2);
		expect(program.raw()).toContain('No backend is configured.');
	});
});
