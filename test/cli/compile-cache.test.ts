import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';

const { version } = JSON.parse(readFileSync('package.json', 'utf8'));

/** The built file alone in a folder, and beside it what is said to be its cache. */
function copyOfBuilt(cache?: Buffer): string {
	const folder = mkdtempSync(join(tmpdir(), 'smokejumper-'));
	onTestFinished(() => rmSync(folder, { recursive: true }));
	const file = join(folder, 'smokejumper.js');
	copyFileSync('dist/smokejumper.js', file);
	if (cache !== undefined) writeFileSync(`${file}.pipe.cache`, cache);
	return file;
}

/** Whether V8 looked away from the cache: `true`, `false`, or `undefined` when there was none. */
const rejected = (file: string): string =>
	execFileSync(
		process.execPath,
		['-p', `require(${JSON.stringify(file)}).program.cachedDataRejected`, '--', 'sj', '--version'],
		{
			encoding: 'utf8',
		},
	).replace(`${version}\n`, '');

const kept = (kind = 'pipe') => readFileSync(`dist/smokejumper.js.${kind}.cache`);

test('the build keeps what V8 compiled, and V8 takes it', () => {
	expect(rejected(copyOfBuilt(kept()))).toBe('false\n');
	expect(rejected(copyOfBuilt(kept('terminal')))).toBe('false\n');
});

test.each([
	['no cache', undefined, 'undefined\n'],
	['an empty cache', () => Buffer.alloc(0), 'true\n'],
	['a cache cut short', () => kept().subarray(0, 4096), 'true\n'],
	['something else in its place', () => Buffer.from('not what V8 wrote'.repeat(100)), 'true\n'],
])('with %s the built file runs alone', (_, cache, verdict) => {
	const file = copyOfBuilt(cache?.());
	expect(execFileSync(process.execPath, [file, '--version'], { encoding: 'utf8' })).toBe(`${version}\n`);
	expect(rejected(file)).toBe(verdict);
});
