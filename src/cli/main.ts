import { defaultWindow, parseAddress } from '../analysis/address.ts';
import { FailureError, sentenceOf } from '../model/failure.ts';
import { type Invocation, type OpenOptions, readCommandLine } from './command-line.ts';
import { connect } from './connect.ts';
import { UsageError } from './usage-error.ts';

declare const __VERSION__: string;

/** Exit codes as the README promises them. */
const wrongUsage = 2;

async function main(): Promise<number> {
	const invocation = readCommandLine(process.argv.slice(2), __VERSION__);
	switch (invocation.command) {
		case 'told':
			process.stdout.write(invocation.text);
			return 0;
		case 'profile': {
			const { runProfileCommand } = await import('./profile-command.ts');
			const { openProfileStore } = await import('./profile-store.ts');
			const directory = process.env.SMOKEJUMPER_CONFIG_DIR || undefined;
			process.stdout.write(runProfileCommand(invocation.words, () => openProfileStore(directory)));
			return 0;
		}
		case 'open':
			return open(invocation);
	}
}

async function open({ words, options }: Extract<Invocation, { command: 'open' }>): Promise<number> {
	const isInteractive = options.output === undefined && process.stdin.isTTY && process.stdout.isTTY;
	const address = addressOf(words, options, isInteractive);
	const connected = await connect({ ...options, env: process.env });
	if (isInteractive && address.kind !== 'report') {
		const { runInterface } = await import('./interactive.tsx');
		return runInterface(address, connected, options);
	}
	const { printAddress } = await import('./print/print.ts');
	return printAddress(address, connected, options);
}

/** Where to begin: the alerts; the demo without a terminal prints its report. */
function addressOf(words: readonly string[], options: OpenOptions, isInteractive: boolean) {
	if (words.length === 0) {
		return options.profile === 'demo' && !isInteractive && options.output === undefined
			? ({ kind: 'report', alert: '', window: defaultWindow } as const)
			: ({ kind: 'alerts', window: defaultWindow } as const);
	}
	const parsed = parseAddress(words, Date.now());
	if (parsed.ok) return parsed.address;
	throw new UsageError(parsed.problem.what, parsed.problem.next);
}

function tellFailure(error: unknown): number {
	if (error instanceof UsageError) process.stderr.write(`smokejumper: ${error.message}\n`);
	else if (error instanceof FailureError) process.stderr.write(`smokejumper: ${sentenceOf(error.failure)}\n`);
	else throw error;
	return wrongUsage;
}

process.exitCode = await main().catch(tellFailure);
