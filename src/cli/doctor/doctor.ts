import { maskEmailsToo } from '../../analysis/redact.ts';
import { watchCertificates } from '../../backends/identity/certificates.ts';
import { type Milliseconds, second } from '../../model/time.ts';
import { capabilitiesOf } from '../../terminal/capabilities.ts';
import { createTheme } from '../../widgets/theme.ts';
import type { OpenOptions } from '../command-line.ts';
import { demoServers, refuseUrls, serversOf } from '../connect.ts';
import { exitCodes } from '../exit-codes.ts';
import { jsonText, timeJson } from '../print/json.ts';
import { demoProfile } from '../profiles/profile-name.ts';
import type { NamedProfile } from '../profiles/read-profiles.ts';
import type { SourcesOptions } from '../sources.ts';
import { writeOut } from '../streams.ts';
import { UsageError } from '../usage-error.ts';
import { type Advice, adviceOn } from './advice.ts';
import { longestLook } from './check-connection.ts';
import { adviceJson, backendJson, redacted } from './doctor-json.ts';
import { adviceText, textOf, type Writing } from './doctor-text.ts';
import { examineAll, type Ward } from './examine-all.ts';
import type { Examined } from './examined.ts';

/** `smokejumper doctor`: looks at every backend and prints what came of it; resolves with the exit code. */
export async function runDoctor(options: OpenOptions, env: NodeJS.ProcessEnv): Promise<number> {
	const { output = 'text' } = options;
	if (output !== 'text' && output !== 'json') {
		throw new UsageError(`doctor is not printed as ${output}.`, 'Use text or json.');
	}
	const interrupt = new AbortController();
	const stop = () => interrupt.abort();
	process.once('SIGINT', stop);
	const certificates = watchCertificates();
	try {
		const { ward, label, redactEmails, spelling } = await wardOf(options, env);
		maskEmailsToo(options.redactEmails || redactEmails);
		const look = { ...ward, certificates, signal: interrupt.signal };
		const examined = await (output === 'json'
			? printJson(look, { label, spelling })
			: printText(look, { label, spelling }, writingOf(options, env)));
		return interrupt.signal.aborted ? exitCodes.interrupted : exitCodeOf(examined);
	} finally {
		certificates.stop();
		process.off('SIGINT', stop);
	}
}

/** Warnings are no failures: whoever runs it every hour wants to hear of what is down. */
export function exitCodeOf(examined: readonly Examined[]): number {
	const failed = examined.filter(({ knocked }) => knocked.failure !== undefined).length;
	if (failed === 0) return exitCodes.answered;
	return failed === examined.length ? exitCodes.unanswered : exitCodes.partly;
}

type Chosen = {
	readonly ward: Omit<Ward, 'certificates' | 'signal'>;
	readonly label: string;
	readonly redactEmails: boolean;
	/** What is to be said of the keys of the profile. */
	readonly spelling: readonly Advice[];
};

/** What is printed beside what the look told. */
type Known = Pick<Chosen, 'label' | 'spelling'>;

async function wardOf({ profile, urls, timeout }: OpenOptions, env: NodeJS.ProcessEnv): Promise<Chosen> {
	const now = () => Date.now();
	const longest = timeout ?? longestLook;
	if (profile === demoProfile) {
		refuseUrls(urls);
		const { endpoints, dispatcher } = await demoServers(now);
		const options: SourcesOptions = { now, dispatcher };
		return { ward: { endpoints, options, wanted: {}, longest }, label: 'The demo', redactEmails: false, spelling: [] };
	}
	const { endpoints, saved } = await serversOf({ urls, env, ...(profile === undefined ? {} : { profile }) });
	return {
		ward: { endpoints, options: { now }, wanted: saved?.profile.grafana?.dataSources ?? {}, longest },
		label: saved === undefined ? 'What the options and the environment name' : `Profile ${saved.name}`,
		redactEmails: saved?.profile.redactEmails ?? false,
		spelling: saved === undefined ? [] : await spellingOf(saved),
	};
}

async function spellingOf({ name, profile }: NamedProfile): Promise<readonly Advice[]> {
	const { misspeltIn } = await import('../profiles/misspelt.ts');
	const next = `Change it: smokejumper profile edit ${name}.`;
	return misspeltIn(name, profile).map(what => ({ severity: 'warning', what, next }));
}

/** Before what would only be of help. */
function adviceWith(
	spelling: readonly Advice[],
	examined: readonly Examined[],
	longest: Milliseconds,
): readonly Advice[] {
	const advice = adviceOn(examined, longest);
	const isHint = ({ severity }: Advice) => severity === 'hint';
	return [...advice.filter(each => !isHint(each)), ...spelling, ...advice.filter(isHint)];
}

/** On a terminal each line comes as soon as it is known; elsewhere in a fixed order, so that two runs can be compared. */
async function printText(ward: Ward, { label, spelling }: Known, writing: Writing): Promise<readonly Examined[]> {
	const { longest } = ward;
	await writeOut(`${label}, at most ${longest / second} s for each backend:\n`);
	// Whoever breaks it off has seen what there was; that the rest was given up is no finding.
	const print = async (examined: Examined) =>
		ward.signal.aborted || (await writeOut(textOf(examined, longest, writing)));
	const examined = await examineAll(ward, process.stdout.isTTY ? { whenKnown: print } : { inOrder: print });
	if (!ward.signal.aborted) await writeOut(`\n${adviceText(adviceWith(spelling, examined, longest), writing)}`);
	return examined;
}

async function printJson(ward: Ward, { label, spelling }: Known): Promise<readonly Examined[]> {
	const { longest, options } = ward;
	const at = options.now();
	const examined = await examineAll(ward, {});
	if (ward.signal.aborted) return examined;
	const advice = adviceWith(spelling, examined, longest);
	const document = {
		kind: 'doctor',
		address: 'doctor',
		incomplete: advice.filter(({ severity }) => severity === 'bad').map(({ what, next }) => `${what} ${next}`),
		about: label,
		at: timeJson(at),
		longestSeconds: longest / second,
		backends: examined.map(each => backendJson(each, longest)),
		advice: advice.map(adviceJson),
	};
	await writeOut(`${jsonText(redacted(document) ?? null)}\n`);
	return examined;
}

function writingOf({ color, ascii, width }: OpenOptions, env: NodeJS.ProcessEnv): Writing {
	const { stdout, platform } = process;
	const capabilities = capabilitiesOf({ env, platform, isTTY: stdout.isTTY, flags: { noColor: !color, ascii } });
	return {
		theme: createTheme(capabilities.colorLevel, capabilities.unicode),
		// NO_COLOR asks for no colours; bold may stay, where it is read by an eye.
		isStyled: env.TERM !== 'dumb' && (stdout.isTTY || capabilities.colorLevel !== 'none'),
		width: width ?? ((stdout.isTTY && stdout.columns) || Number.MAX_SAFE_INTEGER),
	};
}
