import { homedir } from 'node:os';
import { type Address, defaultWindow, parseAddress } from '../analysis/address.ts';
import { maskEmailsToo } from '../analysis/redact.ts';
import { showSecrets } from '../analysis/redact-evidence.ts';
import type { Place } from '../model/place.ts';
import type { Milliseconds } from '../model/time.ts';
import { isDumb } from '../terminal/capabilities.ts';
import { checkFormat } from './check-format.ts';
import { type Invocation, type OpenOptions, readCommandLine } from './command-line.ts';
import { type Connected, connect, NothingConfigured, unconnected } from './connect.ts';
import { createBlackBox } from './crash/black-box.ts';
import { exitCodes } from './exit-codes.ts';
import type { Start } from './interactive.tsx';
import { leaveOutTlsWarning } from './node-warnings.ts';
import { demoProfile } from './profiles/profile-name.ts';
import { tell, writeOut } from './streams.ts';
import type { TraceFile } from './trace-file.ts';
import { UsageError } from './usage-error.ts';

declare const __VERSION__: string;

/** What the report says if anything breaks that nothing else mends. */
const box = createBlackBox();

async function main(): Promise<number> {
	leaveOutTlsWarning();
	const invocation = readCommandLine(process.argv.slice(2));
	switch (invocation.command) {
		case 'help': {
			const { helpText } = await import('./help.ts');
			await writeOut(helpText());
			return exitCodes.answered;
		}
		case 'version':
			await writeOut(`${__VERSION__}\n`);
			return exitCodes.answered;
		case 'completion': {
			const { completionScript } = await import('./completion/shell-scripts.ts');
			await writeOut(completionScript(invocation.words));
			return exitCodes.answered;
		}
		case '__complete': {
			const { runComplete } = await import('./completion/run-complete.ts');
			return runComplete(invocation.words);
		}
		case 'man': {
			const { manPage } = await import('./man/man-page.ts');
			await writeOut(manPage(__VERSION__));
			return exitCodes.answered;
		}
		case 'profile':
			await writeOut(await changeProfiles(invocation.words));
			return exitCodes.answered;
		case 'doctor':
			return examineBackends(invocation.options);
		case 'open':
			return open(invocation);
	}
}

async function examineBackends(given: OpenOptions): Promise<number> {
	const { runDoctor } = await import('./doctor/doctor.ts');
	const profile = given.profile ?? (process.env.SMOKEJUMPER_PROFILE || undefined);
	const exitCode = await runDoctor({ ...given, ...(profile === undefined ? {} : { profile }) }, process.env);
	// A look-up of a host name cannot be given up, and would hold the prompt back for its half minute.
	process.exit(exitCode);
}

async function changeProfiles(words: readonly string[]): Promise<string> {
	const { runProfileCommand } = await import('./profiles/profile-command.ts');
	const { openProfileStore } = await import('./profiles/profile-store.ts');
	const { profilesPath } = await import('./profiles/profiles-path.ts');
	const { env, platform } = process;
	const { operatorAt } = await import('./profiles/operator.ts');
	const store = openProfileStore(profilesPath({ env, platform, home: homedir() }));
	return runProfileCommand(words, store, operatorAt({ env, input: process.stdin, output: process.stderr }));
}

async function open({ words, options: given }: Extract<Invocation, { command: 'open' }>): Promise<number> {
	const { env, stdout } = process;
	const profile = given.profile ?? (env.SMOKEJUMPER_PROFILE || undefined);
	const file = await traceFile(words, given.file);
	const options = {
		...given,
		...(profile === undefined ? {} : { profile }),
		...(file === undefined ? {} : { file: file.path }),
	};
	const keyboard = options.output === undefined && stdout.isTTY ? await keyboardBeside(file) : undefined;
	const startSince = (since?: Milliseconds) => file ?? addressOf(words, options, keyboard !== undefined, since);
	const wanted = startSince();
	checkFormat(wanted, options.output);
	const isPlain = keyboard !== undefined && isDumb({ env, platform: process.platform });
	const isPrinted = keyboard === undefined || isPlain || wanted.kind === 'report';
	if (options.showSecrets && isPrinted) printSecrets(options.yes);
	const saved = file === undefined ? {} : { saved: file };
	const connected = await connect({ ...options, env, ...saved }).catch(error => {
		if (error instanceof NothingConfigured && !isPrinted) return unconnected(env);
		throw error;
	});
	const start = connected.since === undefined ? wanted : startSince(connected.since);
	maskEmailsToo(options.redactEmails || connected.redactEmails);
	if (keyboard !== undefined && !isPlain && start.kind !== 'report') return show(start, connected, options, keyboard);
	const address = 'open' in start ? (await start.open()).address : start;
	if (keyboard !== undefined && isPlain && address.kind !== 'report') {
		const { runPlain } = await import('./plain/run-plain.ts');
		return runPlain(address, connected, options, keyboard);
	}
	const { printAddress } = await import('./print/print.ts');
	return printAddress(address, connected, options);
}

/** The traces of a file where one is named; what reads them is loaded only then. */
async function traceFile(words: readonly string[], option: string | undefined): Promise<TraceFile | undefined> {
	if (option === undefined && words[0] !== 'trace') return undefined;
	const { traceFileAt, traceFileIn } = await import('./trace-file.ts');
	const path = traceFileIn(words, option);
	return path === undefined ? undefined : traceFileAt(path, words, Date.now);
}

async function show(
	start: Place | TraceFile,
	connected: Connected,
	options: OpenOptions,
	keyboard: NodeJS.ReadStream,
): Promise<number> {
	const { runInterface } = await import('./interactive.tsx');
	const place: Start = 'open' in start ? async reading => placeOf((await start.open(reading)).address) : start;
	try {
		return await runInterface(place, connected, options, { keyboard, box });
	} finally {
		// A terminal that was opened beside standard input keeps the process alive.
		if (keyboard !== process.stdin) keyboard.destroy();
	}
}

function placeOf(address: Address): Place {
	if (address.kind !== 'report') return address;
	throw new UsageError('A report is printed, and has no screen.', 'Add -o text.');
}

/** Where keys come from; the terminal itself where a trace comes through standard input. None: what there is is printed. */
async function keyboardBeside(file: TraceFile | undefined): Promise<NodeJS.ReadStream | undefined> {
	if (file?.fromStandardInput !== true) return process.stdin.isTTY ? process.stdin : undefined;
	const { openKeyboard } = await import('./keyboard.ts');
	return openKeyboard();
}

/** Secrets go where nobody looks only by a second word. */
function printSecrets(isConfirmed: boolean): void {
	if (!process.stdout.isTTY && !isConfirmed) {
		throw new UsageError(
			'Secrets would be printed into a file or a pipe: --show-secrets.',
			'Add --yes if that is meant.',
		);
	}
	showSecrets(true);
	tell('Secrets are not masked: --show-secrets.');
}

/**
 * Where to begin: the alerts; the demo outside a terminal prints the report on its worst alert. It looks as far `since`
 * where it does not say it.
 */
function addressOf(
	words: readonly string[],
	options: OpenOptions,
	isInteractive: boolean,
	since?: Milliseconds,
): Address {
	const isReport = options.profile === demoProfile && !isInteractive && options.output === undefined;
	if (words.length === 0 && isReport) return { kind: 'report', alert: '', window: defaultWindow };
	const parsed = parseAddress(words.length === 0 ? ['alerts'] : words, Date.now(), since);
	if (parsed.ok) return parsed.address;
	throw new UsageError(parsed.problem.what, parsed.problem.next);
}

/** Wrong usage in one sentence. Anything else is our own fault. */
function tellWrongUsage(error: unknown): number | Promise<never> {
	if (!(error instanceof UsageError)) return breakOff(error);
	tell(error.message);
	return exitCodes.wrongUsage;
}

let breaking: Promise<never> | undefined;

/**
 * Ends the program over what nobody could catch: in a sentence, and with a report in place of a stack over a prompt. What
 * breaks after it, because of it, adds nothing.
 */
function breakOff(thrown: unknown): Promise<never> {
	breaking ??= import('./crash/report-crash.ts')
		.then(({ lastWords }) => tell(lastWords(thrown, box)))
		.catch(() => {})
		.then(() => process.exit(exitCodes.broken));
	return breaking;
}

// Rejections that nobody hears come here too. The terminal has been given back by then: the session's own listener goes first.
process.on('uncaughtException', breakOff);

main()
	.catch(tellWrongUsage)
	.then(exitCode => {
		process.exitCode = exitCode;
	});
