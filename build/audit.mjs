// Asks the registry what is known against the packages of the lockfile. Fails when there is anything, and when nobody answers.
import { spawnSync } from 'node:child_process';

const { stdout, error } = spawnSync('npm', ['audit', '--audit-level=low', '--json'], {
	encoding: 'utf8',
	maxBuffer: 2 ** 26,
});
const report = reportIn(stdout);
const known = Object.values(report?.vulnerabilities ?? {});
const asked = report?.metadata?.dependencies?.total;
if (known.length > 0) {
	console.error(`npm audit knows something against ${known.length} of the packages:`);
	for (const { name, severity, range } of known) console.error(`  ${severity}  ${name} ${range}`);
	process.exitCode = 1;
} else if (asked === undefined) {
	const why = error?.message ?? report?.message ?? report?.error?.summary ?? 'there was no report';
	console.error(`npm audit could not ask: ${why}.`);
	console.error('npm run package -- --without-audit goes on with packages that nobody has audited.');
	process.exitCode = 1;
} else console.log(`npm audit knows nothing against the ${asked} packages of the lockfile.`);

function reportIn(text) {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}
