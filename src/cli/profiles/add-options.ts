import { type Command, Option } from 'commander';
import { type BackendName, backendNames } from '../../model/failure.ts';
import { profileColours } from '../../model/profile-colour.ts';
import { aboutUrl } from '../options.ts';
import { type SecretOptions, secretSources } from './secret-options.ts';

/** The options of `profile add`, as commander names them. */
export type AddOptions = SecretOptions & {
	readonly basicUser?: string;
	readonly oauth2TokenUrl?: string;
	readonly oauth2ClientId?: string;
	readonly oauth2Scope?: readonly string[];
	readonly oauth2Parameter?: readonly string[];
	readonly oauth2ClientIn?: string;
	readonly sigv4?: true;
	readonly sigv4Region?: string;
	readonly sigv4Service?: string;
	readonly sigv4Profile?: string;
	readonly tenant?: readonly string[];
	readonly header?: readonly string[];
	readonly headerEnv?: readonly string[];
	readonly headerFile?: readonly string[];
	readonly headerCommand?: readonly string[];
	readonly headerKeychain?: readonly string[];
	readonly tlsCa?: string;
	readonly tlsCert?: string;
	readonly tlsKey?: string;
	readonly tlsServerName?: string;
	readonly tlsSkipVerify?: true;
	readonly proxy?: string;
	readonly socket?: string;
	readonly tunnel?: string;
	readonly dataSource?: readonly string[];
	readonly label?: string;
	readonly colour?: string;
	readonly since?: string;
	readonly readUnasked?: string;
	readonly author?: string;
	readonly readOnly?: boolean;
	readonly redactEmails?: boolean;
	readonly evenBroken?: true;
} & Readonly<Partial<Record<`${BackendName}Url`, string>>>;

/** An option, or those of a secret, in a table that parser and help read. */
export type Form = {
	/** As commander reads them; of a secret without its source: `--bearer`. */
	readonly flags: string;
	readonly about: string;
	/** May be given more than once. */
	readonly isList?: true;
	/** One option for each source, shown as one. */
	readonly isSecret?: true;
};

/** The options of `profile add` in their groups: what is accepted and what its help says. */
const groups: Readonly<Record<string, readonly Form[]>> = {
	'Backends:': [
		...backendNames.map(backend => ({ flags: `--${backend}-url <url>`, about: aboutUrl(backend) })),
		{
			flags: '--data-source <backend=name>',
			about: "one of Grafana's, where its default is not meant",
			isList: true,
		},
	],
	'Authorization of the backends above, of one kind:': [
		{ flags: '--bearer', about: 'a bearer token', isSecret: true },
		{ flags: '--basic-user <user>', about: 'basic authorization' },
		{ flags: '--basic-password', about: 'its password', isSecret: true },
		{ flags: '--oauth2-token-url <url>', about: 'OAuth2 client credentials: where tokens are asked for' },
		{ flags: '--oauth2-client-id <id>', about: 'who asks' },
		{ flags: '--oauth2-client-secret', about: 'the secret of who asks', isSecret: true },
		{ flags: '--oauth2-scope <scope>', about: 'what for', isList: true },
		{ flags: '--oauth2-parameter <name=value>', about: 'a further parameter, as audience', isList: true },
		{ flags: '--oauth2-client-in <place>', about: 'who asks stands in the header or body of the request' },
		{ flags: '--sigv4', about: "Amazon's signatures, with what the AWS environment says" },
		{ flags: '--sigv4-region <region>', about: 'that of the URL when absent' },
		{ flags: '--sigv4-service <name>', about: 'aps when absent' },
		{ flags: '--sigv4-profile <name>', about: 'a profile of the shared AWS files' },
		{ flags: '--sigv4-access-key', about: 'the ID of a key, in place of these', isSecret: true },
		{ flags: '--sigv4-secret-key', about: 'its secret half', isSecret: true },
		{ flags: '--sigv4-session-token', about: 'the session of a temporary key', isSecret: true },
	],
	'Sent with every request to them:': [
		{ flags: '--tenant <id>', about: 'as X-Scope-OrgID, to Jaeger as x-tenant', isList: true },
		{ flags: '--header <name: value>', about: 'a header that is no secret', isList: true },
		{ flags: '--header', about: 'a header: name and source', isList: true, isSecret: true },
	],
	'The way to them:': [
		{ flags: '--tls-ca <file>', about: 'the authorities that are trusted, PEM' },
		{ flags: '--tls-cert <file>', about: 'the certificate that is shown, PEM' },
		{ flags: '--tls-key <file>', about: 'its key, PEM' },
		{ flags: '--tls-passphrase', about: 'what opens the key', isSecret: true },
		{ flags: '--tls-server-name <name>', about: 'whose certificate it must be' },
		{ flags: '--tls-skip-verify', about: 'believe whoever answers; marked in red' },
		{ flags: '--proxy <url>', about: 'http, https or socks5; none: not that of the environment' },
		{ flags: '--socket <path>', about: 'a unix socket in place of the host of the URL' },
		{ flags: '--tunnel <host>', about: 'ssh -L through that host' },
	],
	'The profile:': [
		{ flags: '--label <word>', about: 'what the header of the screen calls it' },
		{ flags: '--colour <name>', about: `the colour of that word: ${profileColours.join(', ')}` },
		{ flags: '--since <length>', about: 'how far back a place looks when it is not told' },
		{ flags: '--read-unasked <bytes>', about: 'logs that a question may read unasked; 10GB when absent' },
		{ flags: '--author <name>', about: 'in whose name silences are made' },
		{ flags: '--read-only', about: 'nothing is silenced through it, as when absent' },
		{ flags: '--no-read-only', about: 'alerts may be silenced through it' },
		{ flags: '--redact-emails', about: 'e-mail addresses are masked as secrets are' },
		{ flags: '--no-redact-emails', about: 'they stay, as when absent' },
	],
	'The file:': [{ flags: '--even-broken', about: 'begin a new one where it is damaged; the old one is kept beside' }],
	'Secrets:': [
		{ flags: '--command-lifetime <length>', about: 'what commands print is used that long; 5m when absent' },
	],
};

/** How one backend is reached: what is accepted besides its URL. */
export const connectionForms: readonly Form[] = Object.entries(groups)
	.filter(([title]) => title !== 'Backends:' && title !== 'The profile:')
	.flatMap(([, forms]) => forms);

const sourcesText = `
SOURCE is where a secret comes from, which is never written here:
  env       the name of an environment variable
  file      the path of a file
  command   a line for the shell, which prints it
  keychain  service/account, of the keychain of this system
These may be given more than once:
  ${Object.values(groups)
		.flat()
		.filter(({ isList }) => isList)
		.map(({ flags, isSecret }) => `${flags.split(' ')[0]}${isSecret ? '-SOURCE' : ''}`)
		.join(', ')
		.replace(/(.{40,72}) /g, '$1\n  ')}
`;

/** Adds `add` with its options to a command. */
export function defineAdd(command: Command): Command {
	const add = command
		.command('add <name>')
		.description('save a profile, add backends to one, or change what else it says')
		.configureHelp({ visibleOptions: () => groupedHelp(groups), minWidthToWrap: 30 })
		.addHelpText('after', sourcesText);
	for (const form of Object.values(groups).flat()) for (const option of optionsOf(form)) add.addOption(option);
	return add;
}

/** What commander accepts of a form. */
export function optionsOf({ flags, about, isList, isSecret }: Form): readonly Option[] {
	const all = isSecret ? secretSources.map(source => `${flags}-${source} <${source}>`) : [flags];
	return all.map(each => {
		const option = new Option(each, about);
		return isList ? option.argParser((value: string, before: readonly string[] = []) => [...before, value]) : option;
	});
}

/** What the help shows of them: the sources of a secret as one. */
export const groupedHelp = (groups: Readonly<Record<string, readonly Form[]>>): Option[] =>
	Object.entries(groups).flatMap(([group, forms]) =>
		forms.map(({ flags, about, isSecret }) =>
			new Option(isSecret ? `${flags}-SOURCE <value>` : flags, about).helpGroup(group),
		),
	);
