import { describe, expect, test, vi } from 'vitest';
import { givenBack, type Program, type ProgramOptions, startProgram } from '../helpers/program.ts';

vi.setConfig({ testTimeout: 60_000 });

async function demo(options: Partial<ProgramOptions> = {}): Promise<Program> {
	const program = startProgram({ args: ['demo'], ...options });
	await program.sees('ConciergeBookingEr');
	await program.sees('enter panels');
	await program.sees('> 5 %');
	return program;
}

const questions = (program: Program): number => program.raw().split('\x1b[5n').length - 1;

describe('the link to the terminal', () => {
	test('is measured after the first frame by what the terminal answers, and shown by :link', async () => {
		const program = await demo({ answers: 0 });
		program.presses(':link', 'enter');
		await program.sees('The link between the program and your terminal');
		await program.sees(/round trip {2}\d+ ms at the least/);
		await program.sees(/frames {6}\d+ in \d+ s, .*B each/);
		await program.sees('Full: whatever changes is on the screen at once.');
		program.presses('escape');
		await program.sees('> 5 %');
		program.presses('q');
		expect(await program.exited).toBe(0);
		await expect.poll(program.modes).toEqual(givenBack);
		expect(program.raw().indexOf('\x1b[5n')).toBeGreaterThan(program.raw().indexOf('demo'));
	});

	test('is found slow, said so in the header, and treated so', async () => {
		const program = await demo({ answers: 400 });
		await program.sees(/^ demo {2}SLOW │ alerts/);
		program.presses(':link', 'enter');
		await program.sees('Slow, because of the round trip');
		program.presses('q');
		await program.sees('> 5 %');
		program.presses('q');
		expect(await program.exited).toBe(0);
		await expect.poll(program.modes).toEqual(givenBack);
	});

	test('is left alone by a terminal that does not answer', async () => {
		const program = await demo();
		await expect.poll(() => questions(program), { timeout: 20_000 }).toBe(1);
		program.presses(':link', 'enter');
		await program.sees('The terminal was asked and has not answered; some never do.');
		program.presses('escape');
		await program.sees('> 5 %');
		program.presses('q');
		expect(await program.exited).toBe(0);
		expect(questions(program)).toBe(1);
	});

	test('is said to be slow, and fast again', async () => {
		const program = await demo({ args: ['demo', '--slow'] });
		program.presses(':link', 'enter');
		await program.sees('Slow, as you said: frames come 1 s apart');
		await program.sees('glyphs      ASCII.');
		expect(program.screen()[0]).toMatch(/^ demo {2}\| alerts/);
		program.presses('q', ':link fast', 'enter');
		await program.sees('Full whatever is measured, as you said.');
	});

	test('carries ASCII alone, and its keys at once, when it is slow', async () => {
		const program = await demo({ args: ['demo'], env: { SMOKEJUMPER_SLOW: '1' } });
		expect(program.raw()).toMatch(/^[\x00-\x7f]*$/);
		program.presses('?');
		await program.sees('On the alerts screen');
		program.presses('q', 'enter');
		await program.sees(/ERRORS +\d/);
		program.presses('q', 'q');
		expect(await program.exited).toBe(0);
	});
});
