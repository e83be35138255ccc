import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** What the build found in the bundle: `name@version` of each package. */
export const bundledPackages = 'dist/bundled-packages.json';

/**
 * The bill of materials of the program in CycloneDX, as npm writes it, of the packages alone that are in the bundle. For npm
 * they are packages for development, since nothing is installed beside the bundle; here each is required. `runtime`: the
 * pinned Node of an executable.
 * https://docs.npmjs.com/cli/commands/npm-sbom, https://cyclonedx.org/docs/1.5/json/
 */
export function billOfMaterials(runtime) {
	const { name } = JSON.parse(readFileSync('package.json', 'utf8'));
	const options = ['--package-lock-only', '--sbom-format', 'cyclonedx', '--sbom-type', 'application'];
	const whole = JSON.parse(execFileSync('npm', ['sbom', ...options], { encoding: 'utf8', maxBuffer: 2 ** 26 }));
	const bundled = new Set(JSON.parse(readFileSync(bundledPackages, 'utf8')));
	const root = whole.metadata.component['bom-ref'];
	const components = whole.components.filter(each => bundled.delete(each['bom-ref'])).map(required);
	if (bundled.size > 0) throw new Error(`npm knows nothing of ${[...bundled].join(', ')}.`);
	if (runtime !== undefined) components.push(runtimeComponent(runtime));
	const refs = new Set(components.map(each => each['bom-ref']));
	return {
		...whole,
		// npm takes the folder's name for that of the program.
		metadata: { ...whole.metadata, component: { ...whole.metadata.component, name } },
		components,
		dependencies: whole.dependencies
			.filter(({ ref }) => ref === root || refs.has(ref))
			.map(({ ref, dependsOn }) => ({ ref, dependsOn: dependsOn.filter(each => refs.has(each)) })),
	};
}

const required = component => ({
	...component,
	scope: 'required',
	properties: component.properties.filter(({ name }) => name !== 'cdx:npm:package:development'),
});

function runtimeComponent({ name, version, integrity }) {
	const [, base64] = /^sha512-(.*)$/.exec(integrity);
	return {
		'bom-ref': `${name}@${version}`,
		type: 'platform',
		name,
		version,
		scope: 'required',
		purl: `pkg:npm/${name}@${version}`,
		hashes: [{ alg: 'SHA-512', content: Buffer.from(base64, 'base64').toString('hex') }],
		licenses: [{ license: { id: 'MIT' } }],
	};
}
