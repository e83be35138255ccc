import { createInterface } from 'node:readline';
import { formatAddress, parseAddressLine } from '../../analysis/address.ts';
import { redact } from '../../analysis/redact.ts';
import type { Place } from '../../model/place.ts';
import { rangeOf } from '../../model/time.ts';
import type { OpenOptions } from '../command-line.ts';
import { type Connected, worldOf } from '../connect.ts';
import { exitCodes } from '../exit-codes.ts';
import { investigatorOf } from '../investigations.ts';
import { askWith, gapSentences, isCancelled } from '../print/ask.ts';
import { type Block, paragraph, textOf } from '../print/document.ts';
import { printingOf, shownText, textWidth } from '../print/print.ts';
import { printerOf } from '../print/printers.ts';
import { tell, writeOut } from '../streams.ts';
import { type Choices, choicesOf, type Reading } from './choices.ts';
import { type Page, pageOf } from './page.ts';
import { parseSaid, type Said, saidHelp } from './said.ts';

/** A place that was gone to, in the light of the alert that led there. */
type Step = { readonly place: Place } & Pick<Reading, 'alert'>;

/** What was asked last. */
type Shown = { readonly blocks: readonly Block[]; readonly choices: Choices; readonly page: Page };

/**
 * The program for a terminal that only prints, as Emacs' shell and serial consoles are: each place is printed as
 * `-o text` prints it, its rows and the ways on have numbers, and lines are read as they are typed. No escape sequences.
 */
export async function runPlain(
	start: Place,
	connected: Connected,
	options: OpenOptions,
	stdin: NodeJS.ReadableStream,
): Promise<number> {
	const pages = new Pages(connected, options);
	const interrupted = () => {
		if (!pages.giveUp()) process.exit(exitCodes.interrupted);
	};
	process.on('SIGINT', interrupted);
	try {
		await pages.goTo({ place: start });
		// Without a terminal's own editing: the line discipline echoes and corrects, or Emacs does.
		const lines = createInterface({ input: stdin, terminal: false });
		await ask();
		for await (const line of lines) {
			if (!(await pages.follow(parseSaid(line)))) break;
			await ask();
		}
		lines.close();
		await writeOut('\n');
		return exitCodes.answered;
	} finally {
		process.off('SIGINT', interrupted);
	}
}

const ask = (): Promise<boolean> => writeOut('\nnumber, b back, r again, q quit, ? help> ');

class Pages {
	private readonly connected: Connected;
	private readonly options: OpenOptions;
	private trail: readonly Step[] = [];
	private shown: Shown | undefined;
	private asking: AbortController | undefined;

	constructor(connected: Connected, options: OpenOptions) {
		this.connected = connected;
		this.options = options;
	}

	/** Ends what is being asked; false when nothing is. */
	giveUp(): boolean {
		this.asking?.abort();
		return this.asking !== undefined;
	}

	/** Does what was typed; false when that was to quit. */
	async follow(said: Said): Promise<boolean> {
		switch (said.kind) {
			case 'quit':
				return false;
			case 'nothing':
				return true;
			case 'help':
				await writeOut(`${saidHelp.join('\n')}\n`);
				return true;
			case 'back':
				await this.back();
				return true;
			case 'again':
				await this.print();
				return true;
			case 'all':
				await this.printAll();
				return true;
			case 'number':
				await this.choose(said.number);
				return true;
			case 'address':
				await this.goToAddress(said.line);
				return true;
		}
	}

	async goTo(step: Step): Promise<void> {
		this.trail = [...this.trail, step];
		await this.print();
	}

	private async back(): Promise<void> {
		if (this.trail.length < 2) return tell('This is where you began. q quits.');
		this.trail = this.trail.slice(0, -1);
		await this.print();
	}

	private async choose(number: number): Promise<void> {
		const goals = this.shown?.page.goals ?? [];
		const goal = goals[number - 1];
		if (goal === undefined) {
			tell(
				goals.length === 0 ? 'Nothing here has a number.' : `There is no ${number}; they go from 1 to ${goals.length}.`,
			);
			return;
		}
		if (goal.place === undefined) return tell(goal.why);
		const alert = goal.alert ?? this.trail.at(-1)?.alert;
		await this.goTo({ place: goal.place, ...(alert === undefined ? {} : { alert }) });
	}

	private async goToAddress(line: string): Promise<void> {
		const { now, since } = this.connected;
		const parsed = parseAddressLine(line, now(), since);
		if (!parsed.ok) return tell(`${parsed.problem.what} ${parsed.problem.next}`);
		if (parsed.address.kind === 'report') return tell('A report is printed by the program itself: smokejumper report.');
		await this.goTo({ place: parsed.address });
	}

	private async printAll(): Promise<void> {
		if (this.shown === undefined) return;
		const { blocks, choices } = this.shown;
		await this.write({ blocks, choices, page: pageOf(blocks, choices, true) });
	}

	/** Asks the place on show, and prints what was found; what is missing is told after it. */
	private async print(): Promise<void> {
		const step = this.trail.at(-1);
		if (step === undefined) return;
		this.shown = undefined;
		this.asking = new AbortController();
		try {
			await this.askAndWrite(step, this.asking.signal);
		} catch (error) {
			if (!isCancelled(error)) throw error;
			tell('Stopped asking. r asks again.');
		} finally {
			this.asking = undefined;
		}
	}

	private async askAndWrite({ place, ...light }: Step, signal: AbortSignal): Promise<void> {
		const printer = await printerOf(place);
		const investigate = investigatorOf(await worldOf(this.connected));
		const { findings, gaps } = await askWith(investigate, signal)(place, printer);
		const now = this.connected.now();
		const printing = { ...printingOf(now, this.options), place, findings, range: rangeOf(place.window, now) };
		const blocks = [paragraph(redact(formatAddress(place))), ...printer.blocks(printing)];
		const choices = choicesOf(place, findings, { now, ...light });
		await this.write({ blocks, choices, page: pageOf(blocks, choices, false) });
		for (const sentence of gapSentences(gaps)) tell(sentence);
	}

	private async write(shown: Shown): Promise<void> {
		this.shown = shown;
		await writeOut(shownText(`\n${textOf(shown.page.blocks, textWidth(this.options))}`, this.options));
	}
}
